import type { LegacyOutcome } from '@xueji/contracts/rooms/legacy/legacy.api'
import { LOST_NUMBER_CODES, WRONG_NUMBER_CODES } from '@xueji/domain/rooms/legacy/legacy.rules'
import { needNumbers, numberLegacy, type Unnumbered } from '@xueji/domain/rooms/legacy/legacy-numbers'
import type { EnteringBatch } from '../../pipeline/room.ts'
import { countStaged } from '../../pipeline/staged-rows.ts'
import { ClaimLost } from '../../pipeline/submit-batch.ts'
import { chinaDay } from '../../platform/clock.ts'
import type { Transaction } from '../../platform/db.ts'
import { loadSettings } from '../../platform/settings.ts'
import { loadAllotmentFacts } from '../../record/allotment-facts.ts'
import { enterLegacyRows, recogniseLegacyRows } from '../../record/legacy-entries.ts'
import { claimForLoad, lockPersonsOfLoad } from '../../record/legacy-sharing.ts'
import { enrolLegacy, type LegacyStamp, numberEntries, updateLegacy } from '../../record/legacy-write.ts'
import { findConflicts, writeConflicts } from './legacy.conflicts.ts'

/**
 * Makes the staged rows of a load students: who is known is told anew, everybody else enrolled, with the number he brings or another one; whose identity number
 * is wrong, shared or who is called, sexed and born like another child without document becomes 历史问题学籍 (PROB-001, PROB-026, codes 3.4). Statements
 * by the thousands of groups and never by row, one transaction. `ClaimLost` when the nation has moved on since the rows were checked.
 */
export async function loadLegacy(tx: Transaction, batch: EnteringBatch, now: Date): Promise<LegacyOutcome> {
  const stamp: LegacyStamp = { actorId: batch.filerId, at: now.toISOString(), today: chinaDay(now) }
  const codes = { wrongNumber: WRONG_NUMBER_CODES, lostNumber: LOST_NUMBER_CODES }
  const rows = await enterLegacyRows(tx, batch.id, codes)
  if (rows !== (await countStaged(tx, batch.id))) throw new ClaimLost()
  await recogniseLegacyRows(tx, batch.id)
  const kept = await giveNumbers(tx, batch, now)
  await lockPersonsOfLoad(tx, batch.id)
  const found = await tx.nationwide((nation) => findConflicts(nation, batch.id))
  await enrolLegacy(tx, batch.id, stamp)
  const changed = await updateLegacy(tx, batch.id, stamp)
  const claims = await claimForLoad(tx, batch.id, stamp.at)
  if (claims.asked - claims.won !== found.claimed) throw new ClaimLost()
  const groups = await writeConflicts(tx, batch.id, found, stamp.at)
  if (!groups) throw new ClaimLost()
  return {
    created: kept.rows,
    changed,
    unchanged: rows - kept.rows - changed,
    kept: kept.keeping,
    allotted: kept.rows - kept.keeping,
    ...groups,
  }
}

/** Gives the new children their numbers (NUM-002…005, NUM-011); tells how many there are and how many keep theirs. */
async function giveNumbers(
  tx: Transaction,
  batch: EnteringBatch,
  now: Date,
): Promise<{ readonly rows: number; readonly keeping: number }> {
  const settings = await loadSettings(tx, batch.orgPath)
  const rows = await tx.query<Unnumbered>(
    `select e.row_number as "rowNumber", e.wanted_number as "wantedNumber", exists (select from student_number n where n.number = e.wanted_number) as "isTaken",
       case when e.identity_type = 'Z' and $2 then 'J' else 'L' end as letter, e.region_code as "regionCode", r.values->>'birthDate' as "birthDate", r.values->>'gender' as gender
     from legacy_entry e join import_row r on r.batch_id = e.batch_id and r.row_number = e.row_number
     where e.batch_id = $1 and e.result = 'created' order by e.row_number`,
    [batch.id, settings['studentNo.issueJ']],
  )
  const needs = needNumbers(rows).map((need) => ({ ...need, formalNumber: null }))
  const { numbered, exhausted } = numberLegacy(rows, await loadAllotmentFacts(tx, chinaDay(now), needs))
  // Checked with the rows; whoever drew them since has moved the nation on.
  if (exhausted.length > 0) throw new ClaimLost()
  await numberEntries(tx, batch.id, numbered)
  return { rows: rows.length, keeping: numbered.filter(({ keeps }) => keeps).length }
}
