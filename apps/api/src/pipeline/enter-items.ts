import type { Stage } from '@xueji/domain/organization/school-kind'
import type { ChainNode } from '@xueji/domain/review/chain'
import type { Transaction } from '../platform/db.ts'
import type { FilingSchool, ItemPlace, Room, RoomEntry } from './room.ts'

/** What rows become items by. */
export type Filing = {
  readonly room: Pick<Room, 'name'>
  readonly entry: RoomEntry
  readonly school: Omit<FilingSchool, 'path'>
  readonly applicantId: string
  readonly place: ItemPlace
  readonly chains: ReadonlyMap<Stage, readonly ChainNode[]>
  readonly at: string
}

/** Rows to be filed, as SQL over one parameter: `id, org_path, values, batch_id, row_number`. */
export type FiledRows = { readonly sql: string; readonly parameter: unknown }

/**
 * Turns checked rows into review items in one statement, whatever their number: an imported roster or a single form. An item keeps its row's id, gets the
 * grade its row names and the chain of that grade's stage. Returns how many there are now.
 */
export async function enterItems(tx: Transaction, rows: FiledRows, filing: Filing): Promise<number> {
  const { room, entry, school, place, chains, at } = filing
  // Without anything to ask the nation about, the first reviewer has it at once (REG-021).
  const checking = entry.identityClass !== 'undocumented'
  const grades = place.grades.map(({ id, name, stage }) => {
    const chain = chains.get(stage) ?? []
    return { id, name, chain, path: checking ? null : chain[0]?.orgPath, act: checking ? null : chain[0]?.act }
  })
  const classes = place.grades.flatMap(({ classIds }) => [...classIds].map(([number, one]) => ({ number, ...one })))
  const entered = await tx.query(
    `insert into review_item (id, room, business, category, org_id, org_path, org_name, payload, chain, status, waiting_path, waiting_act, waiting_since,
       applicant_id, applied_at, import_batch_id, row_number, student_name, gender, birth_date, identity_type, identity_number, grade_id, grade_name,
       class_id, class_name, next_check_at)
     select r.id, $2, $3, $4, $5, r.org_path, $6, r.values, grade.chain, $7, grade.path, grade.act, $8, $9, $8, r.batch_id, r.row_number, r.values->>'name',
       r.values->>'gender', (r.values->>'birthDate')::date, r.values->>'identityType', r.values->>'identityNumber', grade.id, grade.name,
       class.id, class.name, $10
     from (${rows.sql}) as r
     join jsonb_to_recordset($11::jsonb) as grade (id uuid, name text, chain jsonb, path text, act text)
       on grade.name = coalesce($12, r.values->>'gradeName')
     left join jsonb_to_recordset($13::jsonb) as class (number text, id uuid, name text) on class.number = r.values->>'classNumber'
     order by r.row_number returning 1`,
    [
      rows.parameter,
      room.name,
      entry.business,
      entry.category,
      school.id,
      school.name,
      checking ? 'checking' : 'open',
      at,
      filing.applicantId,
      checking ? at : null,
      JSON.stringify(grades),
      place.named ? null : place.grades[0]?.name,
      JSON.stringify(classes),
    ],
  )
  return entered.length
}
