import { PRESCHOOL_ROSTER_TEMPLATE } from '@xueji/contracts/rooms/preschool/roster.template'
import { ARCHIVES, matchPersons } from '../../pipeline/match-persons.ts'
import type { EnteringRoom } from '../../pipeline/room.ts'
import { countStaged } from '../../pipeline/staged-rows.ts'
import { ClaimLost } from '../../pipeline/submit-batch.ts'
import { rosterChecker } from './roster-checker.ts'

/** 学前调档名单: five columns become lines of the school's roster, whole or not at all (PRE-008), matched as they enter (PRE-003). */
export const rosterRoom: EnteringRoom = {
  name: 'preschool',
  title: '学前接续',
  entries: [{ category: 'P01', name: '学前调档名单', importable: true, template: PRESCHOOL_ROSTER_TEMPLATE }],
  filers: ['schoolRegistrar', 'newcomerClerk'],
  readers: ['schoolRegistrar', 'newcomerClerk', 'schoolLeader'],
  mayFileCleanRows: false,
  leavesOutInvalid: false,
  loadChecker: async (db, today) => rosterChecker(db, today),
  enterRows: async (tx, batch, now) => {
    const matches = await matchPersons(tx, ARCHIVES, {
      select: `select id, values->>'name' as name, values->>'gender' as gender, (values->>'birthDate')::date as birth_date,
          values->>'identityType' as identity_type, (values->>'identityNumber') collate "C" as identity_number
        from import_row where batch_id = $1 and not dropped`,
      parameters: [batch.id],
    })
    const entered = await tx.query<{ match: string }>(
      `insert into preschool_roster (id, org_id, org_path, name, gender, birth_date, identity_type, identity_number, match_status, archive_id,
         import_file_name, added_by, added_at)
       select r.id, $2, r.org_path, r.values->>'name', r.values->>'gender', (r.values->>'birthDate')::date, r.values->>'identityType',
         r.values->>'identityNumber', coalesce(m.status, '3'), m."archiveId", $3, $4, $5
       from import_row r left join jsonb_to_recordset($6::jsonb) as m (id uuid, status text, "archiveId" uuid) on m.id = r.id
       where r.batch_id = $1 and not r.dropped order by r.row_number
       on conflict (identity_number, identity_type) where identity_number is not null do nothing returning match_status as match`,
      [
        batch.id,
        batch.orgId,
        batch.fileName,
        batch.filerId,
        now,
        JSON.stringify([...matches].map(([id, match]) => ({ id, ...match }))),
      ],
    )
    // Another school was quicker with a number (PRE-002): the rows are asked about again, and that one is named.
    if (entered.length !== (await countStaged(tx, batch.id))) throw new ClaimLost()
    const count = (status: string): number => entered.filter((line) => line.match === status).length
    return { matched: count('1'), unsure: count('2'), none: count('3') }
  },
}
