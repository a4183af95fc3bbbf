import { cellTable, cellText } from '@xueji/contracts/template/cell-text'
import type { TemplateColumn } from '@xueji/contracts/template/template'
import type { CellPutter } from '@xueji/workbook/write/spec'
import type { ExportRows } from './export-list.ts'
import { JsonSpans } from './json-spans.ts'

type Field = Pick<TemplateColumn, 'key' | 'kind' | 'codes'>

/** A column of an export of items: told by what the item says of itself, or a field of what it was filed with. */
export type ItemColumn<Item> =
  | { readonly own: (item: Item) => string; readonly filed?: undefined }
  | { readonly own?: undefined; readonly filed: Field }

/** An item as it was read: what it was filed with is JSON text, null when no column asks for it. */
type ReadItem = { readonly payload: string | null }

/**
 * Prepares the rows of an export of items. What was filed is put into the file from the JSON text it was read as: a hundred thousand children of seventy
 * fields are seven million strings that nobody makes (decision 0022). Only the names of codes are put in their places. Rows are to be gone through once;
 * each is put before the next is asked for.
 */
export function itemRows<Item extends ReadItem>(
  columns: readonly ItemColumn<Item>[],
): (items: readonly Item[]) => ExportRows {
  const spans = new JsonSpans(columns.map(({ filed }) => filed?.key))
  const putters = columns.map((column, at): ((cells: CellPutter, item: Item) => void) => {
    if (column.own) return (cells, item) => cells.text(at, column.own(item))
    const put = fieldPutter(column.filed, at, spans)
    return (cells, { payload }) => put(cells, payload ?? '')
  })
  return (items) => ({
    length: items.length,
    *[Symbol.iterator]() {
      for (const item of items)
        yield {
          put: (cells: CellPutter): void => {
            spans.find(item.payload ?? '')
            for (const put of putters) put(cells, item)
          },
        }
    },
  })
}

/** Puts one field of what was filed as the template writes it. */
function fieldPutter(column: Field, slot: number, spans: JsonSpans): (cells: CellPutter, json: string) => void {
  const table = cellTable(column)
  const names = new Map(
    (table?.entries ?? [])
      .filter(({ code }) => code.length <= SHORT)
      .map(({ code }) => [packed(code, 0, code.length), table!.label(code)]),
  )
  return (cells, json) => {
    const [from, to] = [spans.from[slot]!, spans.to[slot]!]
    if (to === 0) return
    if (!table && spans.isPlain(slot)) return cells.text(slot, json, from, to)
    const name = table && to - from <= SHORT ? names.get(packed(json, from, to)) : undefined
    cells.text(slot, name ?? cellText(column, spans.text(slot)))
  }
}

/** Characters that fit into one number without loss; codes of nearly all tables are no longer. */
const SHORT = 3

/** A short text as a number; texts of different lengths never meet, for none holds NUL. */
function packed(text: string, from: number, to: number): number {
  let key = 0
  for (let at = from; at < to; at++) key = key * 0x10000 + text.charCodeAt(at)
  return key
}
