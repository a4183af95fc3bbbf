import { cellTable, cellText } from '@xueji/contracts/template/cell-text'
import type { TemplateColumn } from '@xueji/contracts/template/template'
import type { CellPutter } from '@xueji/workbook/write/spec'
import type { SentText } from '../platform/sent-rows.ts'
import type { ExportRows } from './export-list.ts'
import { JsonSpans } from './json-spans.ts'

type Field = Pick<TemplateColumn, 'key' | 'kind' | 'codes'>

/** A column of an export of items: told by what the item says of itself, or a field of what it was filed with. */
export type ItemColumn<Item> =
  | { readonly own: (item: Item) => string; readonly filed?: undefined }
  | { readonly own?: undefined; readonly filed: Field }

/** An item as it was read: what it was filed with is JSON as it was sent, null or left out when no column asks for it. */
type ReadItem = { readonly payload: SentText | null }

const NOTHING_FILED: SentText = { bytes: new Uint8Array(), from: 0, to: 0 }
const encoder = new TextEncoder()

/**
 * Prepares the rows of an export of items. What was filed is put into the file from the JSON it was sent as: a hundred thousand children of seventy
 * fields are seven million strings that nobody makes (decision 0022). Only the names of codes are put in their places. Rows are to be gone through once;
 * each is put before the next is asked for.
 */
export function itemRows<Item extends ReadItem>(
  columns: readonly ItemColumn<Item>[],
): (items: readonly Item[]) => ExportRows {
  const spans = new JsonSpans(columns.map(({ filed }) => filed?.key))
  const putters = columns.map((column, at): ((cells: CellPutter, item: Item, filed: SentText) => void) => {
    if (column.own) return (cells, item) => cells.text(at, column.own(item))
    const put = fieldPutter(column.filed, at, spans)
    return (cells, _item, { bytes }) => put(cells, bytes)
  })
  return (items) => ({
    length: items.length,
    *[Symbol.iterator]() {
      for (const item of items)
        yield {
          put: (cells: CellPutter): void => {
            const filed = item.payload ?? NOTHING_FILED
            spans.find(filed.bytes, filed.from, filed.to)
            for (const put of putters) put(cells, item, filed)
          },
        }
    },
  })
}

/** Puts one field of what was filed as the template writes it. */
function fieldPutter(column: Field, slot: number, spans: JsonSpans): (cells: CellPutter, json: Uint8Array) => void {
  const table = cellTable(column)
  const names = new Map(
    (table?.entries ?? []).map(({ code }) => {
      const utf8 = encoder.encode(code)
      return [packed(utf8, 0, utf8.length), encoder.encode(table!.label(code))]
    }),
  )
  names.delete(LONG)
  return (cells, json) => {
    const [from, to] = [spans.from[slot]!, spans.to[slot]!]
    if (to === 0) return
    if (!table && spans.isPlain(slot)) return cells.utf8(slot, json, from, to)
    const name = table && names.get(packed(json, from, to))
    if (name) cells.utf8(slot, name, 0, name.length)
    else cells.text(slot, cellText(column, spans.text(slot)))
  }
}

/** Bytes that fit into one number without loss; codes of nearly all tables are no longer. */
const SHORT = 6
/** What longer texts are packed to. */
const LONG = -1

/** A short text as a number; texts of different lengths never meet, for none holds NUL. */
function packed(utf8: Uint8Array, from: number, to: number): number {
  if (to - from > SHORT) return LONG
  let key = 0
  for (let at = from; at < to; at++) key = key * 0x100 + utf8[at]!
  return key
}
