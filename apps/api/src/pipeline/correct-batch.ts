import { setImmediate } from 'node:timers/promises'
import type { CorrectionRequest, StagedRow } from '@xueji/contracts/pipeline/import.api'
import type { RoomTemplate } from '@xueji/contracts/template/template'
import { identityKey } from '@xueji/domain/duplicates/holder'
import { passes } from '@xueji/domain/kernel/issue'
import type { Transaction } from '../platform/db.ts'
import type { Platform } from '../platform/platform.ts'
import { refuse } from '../platform/refusal.ts'
import { findHolders } from '../record/identity-claims.ts'
import { auditCommand, type Commander, type LockedBatch, lockBatch, requireCorrectable } from './batch-lock.ts'
import { compareAgain, type IssueChange } from './compare-staged.ts'
import { editRow, editsOf, needsComparison, type RowEdit, reversalOf } from './correct-rows.ts'
import { type CorrectionAct, findCorrectedCells, recordCorrections, takeBackLastStep } from './correction-log.ts'
import { BATCH_COLUMNS, type StoredBatch } from './import-view.ts'
import { findEntry, givenRows, type Room, type RowChecker } from './room.ts'
import { comparedOf, makeRowCheck, type StagedIssue } from './row-stage.ts'
import { presentRows } from './staged-row-view.ts'
import { loadRows, recheckRow, type StagedRecord, withIssues, writeRows } from './staged-rows.ts'

/** Rows checked before others get their turn: the process that does this answers requests. */
const TURN = 250

/** Rows answered besides those asked for; a page that shows more of them reads them again. */
const MOST_NEIGHBOURS = 500

/** What corrections work with. */
export type CorrectionContext = {
  readonly tx: Transaction
  readonly platform: Pick<Platform, 'clock'>
  readonly room: Room
  readonly checker: RowChecker
  readonly by: Commander
}

/** The batch after a correction and the rows it touched. */
export type Corrected = { readonly batch: StoredBatch; readonly rows: readonly StagedRow[] }

/**
 * Corrects cells, leaves rows out and takes them back in, as one step: touched rows are checked again by themselves and against the nation, the rows of
 * the file only where a value they are compared by has changed. The same number of statements for one cell as for a pasted block.
 */
export async function correctBatch(
  context: CorrectionContext,
  id: string,
  request: CorrectionRequest,
): Promise<Corrected> {
  const { tx, room } = context
  const batch = await lockBatch(tx, room, id, request.version)
  requireCorrectable(batch)
  const template = templateOf(room, batch)
  const columns = new Set(template.columns.map((column) => column.key))
  const unknown = request.cells.filter((cell) => !columns.has(cell.field))
  if (unknown.length > 0)
    refuse(
      'import.cellUnknown',
      unknown.slice(0, 20).map(({ field }) => ({ field, message: `没有“${field}”这一列` })),
    )
  const edits = editsOf(request)
  const { changes, acts } = await applyEdits(context, batch, template, edits)
  if (acts.length === 0) return answer(context, batch, template, [...edits.keys()])
  const { clock } = context.platform
  await recordCorrections(tx, { id, orgPath: batch.org_path }, acts, context.by.actor, clock.now(), clock.newId)
  return finish(context, batch, template, changes, 'import.correct', acts)
}

/** Takes the last step back as one; what it had changed is checked again like any correction. */
export async function undoCorrection(context: CorrectionContext, id: string, version: number): Promise<Corrected> {
  const { tx, room } = context
  const batch = await lockBatch(tx, room, id, version)
  requireCorrectable(batch)
  const template = templateOf(room, batch)
  const acts = await takeBackLastStep(tx, id)
  if (acts.length === 0) refuse('import.nothingToUndo')
  const edits = reversalOf(acts)
  const corrected = await findCorrectedCells(tx, id, [...edits.keys()])
  const { changes } = await applyEdits(context, batch, template, edits, corrected)
  return finish(context, batch, template, changes, 'import.correctionUndo', acts)
}

const templateOf = (room: Room, batch: StoredBatch): RoomTemplate =>
  findEntry(room, batch.category)?.template ?? refuse('notFound')

/** A row before and after. */
type RowChange = { readonly before: RowState; readonly after: RowState }
type RowState = Pick<StagedRecord, 'rowNumber' | 'valid' | 'dropped'>

/** Edits rows, checks them again and writes them. `corrected` says which cells still count as corrected when a step is taken back. */
async function applyEdits(
  context: CorrectionContext,
  batch: LockedBatch,
  template: RoomTemplate,
  edits: ReadonlyMap<number, RowEdit>,
  corrected?: ReadonlyMap<number, readonly string[]>,
): Promise<{ changes: readonly RowChange[]; acts: readonly CorrectionAct[] }> {
  const { tx, checker } = context
  const rows = await loadRows(tx, batch.id, [...edits.keys()])
  const known = new Set(rows.map((row) => row.rowNumber))
  const missing = [...edits.keys()].filter((rowNumber) => !known.has(rowNumber))
  if (missing.length > 0)
    refuse(
      'import.cellUnknown',
      missing.slice(0, 20).map((rowNumber) => ({ field: 'rowNumber', message: `没有第 ${rowNumber} 行` })),
    )
  const check = makeRowCheck(template, checker)
  const acts: CorrectionAct[] = []
  const touched: { before: StagedRecord; after: StagedRecord }[] = []
  for (const [index, before] of rows.entries()) {
    if (index % TURN === TURN - 1) await setImmediate()
    const edited = editRow(before, edits.get(before.rowNumber)!)
    if (edited.acts.length === 0 && !corrected) continue
    acts.push(...edited.acts)
    const row = corrected ? { ...edited.row, corrected: corrected.get(before.rowNumber) ?? [] } : edited.row
    touched.push({ before, after: recheckRow(row, check) })
  }
  const moved = touched.filter(({ before, after }) => needsComparison(before, after))
  const asked = await askAgain(context, batch, touched, new Set(moved.map(({ after }) => after.rowNumber)))
  await writeRows(tx, batch.id, asked)
  const inFile =
    moved.length === 0
      ? []
      : await compareAgain(tx, batch.id, checker, [
          ...moved.filter(({ before }) => !before.dropped).map(({ before }) => comparedOf(before.values)),
          ...moved.filter(({ after }) => !after.dropped).map(({ after }) => comparedOf(after.values)),
        ])
  return { changes: changesOf(touched, asked, inFile), acts }
}

/** Puts the layers of the touched rows together: their own issues, what the nation says now, and what still holds of the comparison. */
async function askAgain(
  { tx, checker }: CorrectionContext,
  batch: LockedBatch,
  touched: readonly { after: StagedRecord }[],
  moved: ReadonlySet<number>,
): Promise<StagedRecord[]> {
  const identities = touched.flatMap(({ after: { dropped, values } }) =>
    !dropped && values.identityType && values.identityNumber
      ? [{ identityType: values.identityType, identityNumber: values.identityNumber }]
      : [],
  )
  const holders = await findHolders(tx, identities, [], batch.org_path)
  const kept = touched.flatMap(({ after: { dropped, rowNumber, values } }) =>
    dropped ? [] : [{ row_number: rowNumber, values }],
  )
  const asked = await checker.checkSet?.(givenRows(kept))
  return touched.map(({ after }) => {
    const holder = after.dropped
      ? undefined
      : holders.get(identityKey(after.values.identityType, after.values.identityNumber))
    const held = [
      ...(holder ? (checker.checkHolder?.(after.values, holder) ?? []) : []),
      ...(asked?.get(after.rowNumber) ?? []),
    ]
    return withIssues(after, [
      ...after.issues.filter((issue) => !issue.layer),
      ...(moved.has(after.rowNumber) ? [] : after.issues.filter((issue) => issue.layer === 'file')),
      ...held.map((issue): StagedIssue => ({ ...issue, layer: 'holder' })),
    ])
  })
}

function changesOf(
  touched: readonly { before: StagedRecord }[],
  written: readonly StagedRecord[],
  inFile: readonly IssueChange[],
): RowChange[] {
  const changes = new Map<number, RowChange>()
  touched.forEach(({ before }, index) => {
    changes.set(before.rowNumber, { before, after: written[index]! })
  })
  for (const { rowNumber, before, after } of inFile) {
    const state = (issues: IssueChange['after']): RowState => ({ rowNumber, valid: passes(issues), dropped: false })
    changes.set(rowNumber, { before: changes.get(rowNumber)?.before ?? state(before), after: state(after) })
  }
  return [...changes.values()]
}

/** Carries the batch along with its rows and answers. */
async function finish(
  context: CorrectionContext,
  batch: LockedBatch,
  template: RoomTemplate,
  changes: readonly RowChange[],
  action: string,
  acts: readonly CorrectionAct[],
): Promise<Corrected> {
  const { tx, platform, by } = context
  const gain = (state: (row: RowState) => boolean): number =>
    changes.reduce((sum, { before, after }) => sum + Number(state(after)) - Number(state(before)), 0)
  // Added up, not counted anew: a correction of a large batch costs what one of a small batch does.
  const [now] = await tx.query<StoredBatch>(
    `update import_batch set version = version + 1, touched_at = $5, valid_rows = valid_rows + $2::int, invalid_rows = invalid_rows + $3::int,
       dropped_rows = dropped_rows + $4::int,
       status = case when invalid_rows + $3::int = 0 and valid_rows + $2::int > 0 then 'ready' else 'failed' end
     where id = $1 returning ${BATCH_COLUMNS}`,
    [
      batch.id,
      gain((row) => row.valid && !row.dropped),
      gain((row) => !row.valid && !row.dropped),
      gain((row) => row.dropped),
      platform.clock.now(),
    ],
  )
  const touched = new Set(acts.map((act) => act.rowNumber))
  const neighbours = changes.map(({ after }) => after.rowNumber).filter((rowNumber) => !touched.has(rowNumber))
  const result = await answer(context, now!, template, [...touched, ...neighbours.slice(0, MOST_NEIGHBOURS)])
  const count = (act: CorrectionAct['act']): number => acts.filter((one) => one.act === act).length
  await auditCommand(tx, platform, by, action, batch.id, {
    rows: touched.size,
    cells: count('edit'),
    dropped: count('drop'),
    restored: count('restore'),
    to: now!.status,
  })
  return result
}

async function answer(
  { tx, room }: CorrectionContext,
  batch: StoredBatch,
  template: RoomTemplate,
  rowNumbers: readonly number[],
): Promise<Corrected> {
  const rows = await loadRows(tx, batch.id, rowNumbers)
  return { batch, rows: await presentRows(tx, room, template, batch.id, rows) }
}
