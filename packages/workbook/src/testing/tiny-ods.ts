import { type TinyEntry, tinyZip } from './tiny-zip.ts'

export type TinyOds = {
  /** What stands inside the one <table:table>. */
  readonly rows?: string
  /** What stands inside <office:automatic-styles>. */
  readonly styles?: string
  /** What follows the table. */
  readonly after?: string
  /** Replaces the whole content.xml. */
  readonly content?: string
  readonly more?: readonly TinyEntry[]
}

/** A minimal OpenDocument spreadsheet of one sheet. For tests. */
export function tinyOds({ rows = '', styles = '', after = '', content, more = [] }: TinyOds): Uint8Array {
  return tinyZip([
    { name: 'mimetype', data: 'application/vnd.oasis.opendocument.spreadsheet', stored: true },
    { name: 'content.xml', data: content ?? odsContent(rows, styles, after) },
    ...more,
  ])
}

export function odsContent(rows: string, styles = '', after = ''): string {
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content><office:automatic-styles>${styles}</office:automatic-styles>` +
    `<office:body><office:spreadsheet><table:table table:name="S">${rows}</table:table>${after}</office:spreadsheet></office:body></office:document-content>`
  )
}
