import { type Opened, type OpenOptions, openWorkbook } from '../read/open-workbook.ts'
import { readRows } from '../read/read-rows.ts'
import type { Refusal } from '../read/refusal.ts'
import type { Row } from '../read/row.ts'
import type { WorkbookSource } from '../read/source.ts'
import { type TinyEntry, tinyZip } from './tiny-zip.ts'

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

export type TinyParts = {
  /** What stands inside <sheetData>, or with `sheet` the whole part. */
  readonly rows?: string
  readonly sheet?: string | Uint8Array
  /** What stands inside <sst>. */
  readonly strings?: string
  /** Number format ids by style index, and custom codes by id. */
  readonly formats?: readonly number[]
  readonly codes?: Readonly<Record<number, string>>
  readonly workbook?: string
  readonly workbookRels?: string
  readonly more?: readonly TinyEntry[]
}

/** The files of a minimal workbook with one sheet, any of them replaceable. For tests. */
export function tinyParts(parts: TinyParts): TinyEntry[] {
  const { rows = '', strings, formats, codes = {} } = parts
  const relations = [relation(1, 'worksheet', 'worksheets/sheet1.xml')]
  if (strings !== undefined) relations.push(relation(2, 'sharedStrings', 'sharedStrings.xml'))
  if (formats !== undefined) relations.push(relation(3, 'styles', 'styles.xml'))
  const entries: TinyEntry[] = [
    { name: '_rels/.rels', data: relationships([relation(1, 'officeDocument', 'xl/workbook.xml')]) },
    { name: 'xl/workbook.xml', data: parts.workbook ?? workbookXml() },
    { name: 'xl/_rels/workbook.xml.rels', data: parts.workbookRels ?? relationships(relations) },
    { name: 'xl/worksheets/sheet1.xml', data: parts.sheet ?? sheetXml(rows) },
  ]
  if (strings !== undefined)
    entries.push({ name: 'xl/sharedStrings.xml', data: `<sst xmlns="${MAIN}">${strings}</sst>` })
  if (formats !== undefined) entries.push({ name: 'xl/styles.xml', data: stylesXml(formats, codes) })
  return [...entries, ...(parts.more ?? [])]
}

export function tinyWorkbook(parts: TinyParts): Uint8Array {
  return tinyZip(tinyParts(parts))
}

export function sheetXml(rows: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`
}

export function workbookXml(sheets = '<sheet name="S" sheetId="1" r:id="rId1"/>', properties = ''): string {
  return `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}">${properties}<sheets>${sheets}</sheets></workbook>`
}

export function relationships(list: readonly string[]): string {
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list.join('')}</Relationships>`
}

export function relation(id: number, kind: string, target: string): string {
  return `<Relationship Id="rId${id}" Type="${RELATIONS}/${kind}" Target="${target}"/>`
}

function stylesXml(formats: readonly number[], codes: Readonly<Record<number, string>>): string {
  const custom = Object.entries(codes).map(([id, code]) => `<numFmt numFmtId="${id}" formatCode="${code}"/>`)
  const cells = formats.map((id) => `<xf numFmtId="${id}"/>`)
  return (
    `<styleSheet xmlns="${MAIN}"><numFmts>${custom.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>` +
    `<cellXfs>${cells.join('')}</cellXfs></styleSheet>`
  )
}

/** Opens a workbook that must be good. */
export async function mustOpen(source: WorkbookSource, options?: OpenOptions): Promise<Opened & { ok: true }> {
  const opened = await openWorkbook(source, options)
  if (!opened.ok) throw new Error(`refused: ${JSON.stringify(opened.refusal)}`)
  return opened
}

/** Every row of one sheet of a workbook that must be good. */
export async function allRows(source: WorkbookSource, sheetIndex = 0, options?: OpenOptions): Promise<Row[]> {
  const rows: Row[] = []
  for await (const batch of readRows((await mustOpen(source, options)).sheets[sheetIndex]!)) {
    if (!batch.ok) throw new Error(`refused: ${JSON.stringify(batch.refusal)}`)
    rows.push(...batch.rows)
  }
  return rows
}

/** The refusal met while opening the workbook or reading any of its sheets; undefined when all is read. */
export async function refusalOfFile(source: WorkbookSource, options?: OpenOptions): Promise<Refusal | undefined> {
  const opened = await openWorkbook(source, options)
  if (!opened.ok) return opened.refusal
  for (const sheet of opened.sheets) {
    for await (const batch of readRows(sheet)) if (!batch.ok) return batch.refusal
  }
  return undefined
}
