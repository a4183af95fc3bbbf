import { findHeader, type HeaderMatch } from '@xueji/workbook/read/header'
import type { ReadOptions, RowBatch } from '@xueji/workbook/read/read-rows'
import type { Row } from '@xueji/workbook/read/row'
import type { RosterColumn } from './roster-protocol.ts'

const HEADER_ROWS = 20
/** Below this share of the columns it is another template rather than ours with columns missing. */
const OUR_TEMPLATE = 0.6

/** The sheet a roster stands on, and where its columns are. */
export type RosterSheet<Sheet> = { readonly sheet: Sheet; readonly match: HeaderMatch }

/** The sheet whose header fits best, hidden ones last; or why none does. */
export async function chooseSheet<Sheet extends { readonly hidden: boolean }>(
  sheets: readonly Sheet[],
  columns: readonly RosterColumn[],
  rowsOf: (sheet: Sheet, options: ReadOptions) => AsyncIterable<RowBatch>,
): Promise<RosterSheet<Sheet> | { code: string; detail?: string }> {
  const names = columns.flatMap((column) => [column.header, ...column.aliases])
  let best: RosterSheet<Sheet> | undefined
  for (const sheet of [...sheets].sort((a, b) => Number(a.hidden) - Number(b.hidden))) {
    const first: Row[] = []
    for await (const batch of rowsOf(sheet, { batchRows: HEADER_ROWS })) {
      if (!batch.ok) return batch.refusal
      first.push(...batch.rows)
      if (first.length >= HEADER_ROWS) break
    }
    const match = findHeader(first, names)
    if (match && match.columns.size > (best?.match.columns.size ?? 0)) best = { sheet, match }
  }
  if (!best) return { code: 'headerMissing' }
  const { match } = best
  const placed = columns.filter((column) => placeOf(match, column) !== undefined)
  if (placed.length < columns.length * OUR_TEMPLATE)
    return { code: 'otherTemplate', detail: `只找到 ${placed.length} 列，应有 ${columns.length} 列` }
  const twice = columns.filter(
    (column) => [column.header, ...column.aliases].filter((name) => match.columns.has(name)).length > 1,
  )
  if (match.duplicated.length > 0 || twice.length > 0)
    return {
      code: 'columnsDuplicated',
      detail: [...match.duplicated, ...twice.map((column) => column.header)].join('、'),
    }
  const missing = columns.filter((column) => column.required && placeOf(match, column) === undefined)
  if (missing.length > 0) return { code: 'columnsMissing', detail: missing.map((column) => column.header).join('、') }
  return best
}

/** Where a column of the template stands in the sheet, from 0. */
export function placeOf(match: HeaderMatch, column: RosterColumn): number | undefined {
  for (const name of [column.header, ...column.aliases]) {
    const place = match.columns.get(name)
    if (place !== undefined) return place
  }
  return undefined
}
