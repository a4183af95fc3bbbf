import type { CorrectionRequest } from '@xueji/contracts/pipeline/import.api'
import type { CorrectionAct } from './correction-log.ts'
import { comparedOf } from './row-stage.ts'
import { liveFaults, type StagedRecord } from './staged-rows.ts'

/** What is wanted of one row: cells by key, and whether it is left out, where that is asked. */
export type RowEdit = { readonly cells: ReadonlyMap<string, string>; readonly dropped?: boolean }

/** A request by rows. Of two values for one cell the later holds, as in a pasted block; a row both dropped and restored is restored. */
export function editsOf({
  cells,
  drop,
  restore,
}: Pick<CorrectionRequest, 'cells' | 'drop' | 'restore'>): ReadonlyMap<number, RowEdit> {
  const edits = new Map<number, { cells: Map<string, string>; dropped?: boolean }>()
  const of = (rowNumber: number): { cells: Map<string, string>; dropped?: boolean } => {
    const edit = edits.get(rowNumber) ?? { cells: new Map() }
    edits.set(rowNumber, edit)
    return edit
  }
  for (const { rowNumber, field, value } of cells) of(rowNumber).cells.set(field, value)
  for (const rowNumber of drop) of(rowNumber).dropped = true
  for (const rowNumber of restore) of(rowNumber).dropped = false
  return edits
}

/** The edits that take recorded corrections back. */
export const reversalOf = (acts: readonly CorrectionAct[]): ReadonlyMap<number, RowEdit> =>
  editsOf({
    cells: acts.flatMap(({ rowNumber, field, before }) =>
      field === null ? [] : [{ rowNumber, field, value: before }],
    ),
    drop: acts.filter(({ act }) => act === 'restore').map(({ rowNumber }) => rowNumber),
    restore: acts.filter(({ act }) => act === 'drop').map(({ rowNumber }) => rowNumber),
  })

/**
 * The row as edited, not yet checked again, and what is to be recorded of it; nothing is recorded of what was so already. A cell in which the reader
 * found a fault counts as changed even by its own text: the registrar has confirmed it.
 */
export function editRow(
  row: StagedRecord,
  edit: RowEdit,
): { readonly row: StagedRecord; readonly acts: CorrectionAct[] } {
  const cells: Record<string, string> = { ...row.cells }
  const corrected = new Set(row.corrected)
  const faults = liveFaults(row)
  const acts: CorrectionAct[] = []
  for (const [field, typed] of edit.cells) {
    // The database keeps no NUL, and no cell means one.
    const after = typed.replaceAll('\0', '')
    const before = Object.hasOwn(cells, field) ? cells[field]! : ''
    if (before === after && !Object.hasOwn(faults, field)) continue
    if (after === '') delete cells[field]
    else cells[field] = after
    corrected.add(field)
    acts.push({ rowNumber: row.rowNumber, field, act: 'edit', before, after })
  }
  const dropped = edit.dropped ?? row.dropped
  if (dropped !== row.dropped)
    acts.push({ rowNumber: row.rowNumber, field: null, act: dropped ? 'drop' : 'restore', before: '', after: '' })
  return { row: { ...row, cells, dropped, corrected: [...corrected].sort() }, acts }
}

/** Must the rows of the file be compared again? Only when a value they are compared by has changed, or who takes part. */
export const needsComparison = (before: StagedRecord, after: StagedRecord): boolean =>
  before.dropped !== after.dropped ||
  JSON.stringify(comparedOf(before.values)) !== JSON.stringify(comparedOf(after.values))
