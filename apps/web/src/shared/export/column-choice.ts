import type { ExportColumn } from '@xueji/contracts/pipeline/export.api'

/** Columns of one group. */
export type ColumnGroup = { readonly title: string; readonly columns: readonly ExportColumn[] }

/** Columns by group in their order, narrowed to those whose header or group holds the text. */
export function groupColumns(columns: readonly ExportColumn[], search: string): readonly ColumnGroup[] {
  const text = search.trim()
  const groups = new Map<string, ExportColumn[]>()
  for (const column of columns) {
    if (!column.header.includes(text) && !column.group.includes(text)) continue
    groups.set(column.group, [...(groups.get(column.group) ?? []), column])
  }
  return [...groups].map(([title, own]) => ({ title, columns: own }))
}

/** The choice after some columns were turned on or off; it stays in the order of the catalogue. */
export const toggleColumns = (
  columns: readonly ExportColumn[],
  chosen: readonly string[],
  keys: readonly string[],
  on: boolean,
): readonly string[] => columns.map(({ key }) => key).filter((key) => (keys.includes(key) ? on : chosen.includes(key)))

/** A number of bytes as people read it: `812 KB`, `3.4 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))} KB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
