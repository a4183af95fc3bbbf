import type { EnteringBatch } from '../../pipeline/room.ts'
import { countStaged } from '../../pipeline/staged-rows.ts'
import { ClaimLost } from '../../pipeline/submit-batch.ts'
import type { Transaction } from '../../platform/db.ts'
import { matchRecords } from './match-records.ts'
import { askForChildren } from './write-requests.ts'

/** Enters the staged rows of a list as lines, matched with the nation's records, and tells the children's schools. */
export async function enterBatch(
  tx: Transaction,
  batch: EnteringBatch,
  now: Date,
): Promise<Readonly<Record<string, number>>> {
  const matches = await matchRecords(tx, {
    select: `select id, values->>'name' as name, values->>'gender' as gender, (values->>'birthDate')::date as birth_date,
        values->>'identityType' as identity_type, (values->>'identityNumber') collate "C" as identity_number,
        (values->>'studentNumber') collate "C" as student_number
      from import_row where batch_id = $1 and not dropped`,
    parameters: [batch.id],
  })
  const entered = await tx.query<{ id: string; match: string }>(
    `insert into vocational_roster_line (id, org_id, org_path, name, gender, birth_date, identity_type, identity_number, student_number, match_status, student_id,
       import_file_name, added_by, added_at)
     select r.id, $2, r.org_path, r.values->>'name', r.values->>'gender', (r.values->>'birthDate')::date, r.values->>'identityType',
       r.values->>'identityNumber', r.values->>'studentNumber', coalesce(m.status, '3'), m."archiveId", $3, $4, $5
     from import_row r left join jsonb_to_recordset($6::jsonb) as m (id uuid, status text, "archiveId" uuid) on m.id = r.id
     where r.batch_id = $1 and not r.dropped order by r.row_number
     on conflict (org_id, identity_number, identity_type) where identity_number is not null and state <> 'stopped' do nothing
     returning id, match_status as match`,
    [
      batch.id,
      batch.orgId,
      batch.fileName,
      batch.filerId,
      now,
      JSON.stringify([...matches].map(([id, match]) => ({ id, ...match }))),
    ],
  )
  // A colleague was quicker with a number: the rows are asked about again, and that one is named.
  if (entered.length !== (await countStaged(tx, batch.id))) throw new ClaimLost()
  const admitted = await askForChildren(
    tx,
    entered.map(({ id }) => id),
    batch.orgPath,
    now,
  )
  const count = (status: string): number => entered.filter((line) => line.match === status).length
  return { matched: count('1'), unsure: count('2'), none: count('3'), admitted }
}
