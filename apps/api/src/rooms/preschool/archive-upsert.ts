import { ARCHIVE_PLACE_COLUMNS } from '@xueji/contracts/rooms/preschool/archive.template'
import { LOCKED_FIELDS } from '@xueji/domain/continuation/five-fields'
import { countStaged } from '../../pipeline/staged-rows.ts'
import type { Transaction } from '../../platform/db.ts'

/** Values that are columns of the archive; the rest is its profile. */
const OWN_KEYS: readonly string[] = [...LOCKED_FIELDS, ...ARCHIVE_PLACE_COLUMNS.map((column) => column.key)]

const ARCHIVE_ROWS = `select distinct on (v."identityType", v."identityNumber", v.name, v."birthDate", v.gender, v."kindergartenName")
    r.id, v.*, r.values - $2::text[] as profile
  from import_row r, jsonb_to_record(r.values) as v (name text, gender text, "birthDate" date, "identityType" text, "identityNumber" text,
    "kindergartenName" text, "kindergartenRegion" text)
  where r.batch_id = $1 and not r.dropped
  order by v."identityType", v."identityNumber", v.name, v."birthDate", v.gender, v."kindergartenName", r.row_number desc`

const COLUMNS = `id, name, gender, birth_date, identity_type, identity_number, kindergarten_name, kindergarten_region, profile, import_batch_id, updated_at`

const NEWS = `name = excluded.name, gender = excluded.gender, birth_date = excluded.birth_date, kindergarten_name = excluded.kindergarten_name,
  kindergarten_region = excluded.kindergarten_region, profile = excluded.profile, import_batch_id = excluded.import_batch_id, updated_at = excluded.updated_at`

const UNLIKE = `(known.name, known.gender, known.birth_date, known.kindergarten_name, known.kindergarten_region, known.profile)
  is distinct from (excluded.name, excluded.gender, excluded.birth_date, excluded.kindergarten_name, excluded.kindergarten_region, excluded.profile)`

/** One upsert by identity; rows that say nothing new are left alone. `xmax` is zero in a row that was inserted. */
const upsert = (condition: string, key: string): string =>
  `insert into preschool_archive as known (${COLUMNS})
   select id, name, gender, "birthDate", "identityType", "identityNumber", "kindergartenName", "kindergartenRegion", profile, $1, $3
   from (${ARCHIVE_ROWS}) as row where ${condition}
   on conflict ${key} do update set ${NEWS} where ${UNLIKE} returning known.xmax = 0 as created`

const BY_DOCUMENT = upsert(
  '"identityNumber" is not null',
  '(identity_number, identity_type) where identity_number is not null',
)
const BY_CHILD = upsert(
  '"identityNumber" is null',
  '(name, birth_date, gender, kindergarten_name) where identity_number is null',
)

/** Enters the staged archives of a batch in two statements; tells which were written, and how many were asked for. */
export async function upsertArchives(
  tx: Transaction,
  batchId: string,
  now: Date,
): Promise<{ readonly written: readonly { created: boolean }[]; readonly asked: number }> {
  const parameters = [batchId, OWN_KEYS, now]
  const written: { created: boolean }[] = []
  for (const statement of [BY_DOCUMENT, BY_CHILD])
    written.push(...(await tx.query<{ created: boolean }>(statement, parameters)))
  return { written, asked: await countStaged(tx, batchId) }
}
