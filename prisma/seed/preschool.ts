import { randomBytes } from 'node:crypto'
import { LOCKED_FIELDS } from '@xueji/domain/continuation/five-fields'
import { formatUuid7 } from '@xueji/domain/kernel/ids'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import type { SeedClient } from './client.ts'

/** A kindergarten archives come from. */
export type KindergartenWish = { readonly name: string; readonly region: string }

/** What an archive knows of a child besides the five fields and the kindergarten. */
const PROFILE_KEYS = [
  'nationality',
  'overseasType',
  'ethnicity',
  'birthPlaceCode',
  'nativePlace',
  'healthStatus',
  'householdType',
  'householdPlaceCode',
  'currentAddress',
  'phone',
  'isOnlyChild',
] as const

/** Archives of children as the preschool system would share them, as one set; returns their ids in order. */
export async function buildArchives(
  client: SeedClient,
  children: readonly StudentValues[],
  kindergarten: KindergartenWish,
): Promise<string[]> {
  const ids = children.map((_, index) => newId(index))
  const rows = children.map((child, index) => ({ id: ids[index], ...fiveFields(child), profile: profileOf(child) }))
  await client.query(
    `insert into preschool_archive (id, name, gender, birth_date, identity_type, identity_number, kindergarten_name, kindergarten_region, profile, updated_at)
     select id, name, gender, "birthDate", "identityType", "identityNumber", $2, $3, profile, now()
     from jsonb_to_recordset($1::jsonb) as a (id uuid, name text, gender text, "birthDate" date, "identityType" text, "identityNumber" text, profile jsonb)`,
    [JSON.stringify(rows), kindergarten.name, kindergarten.region],
  )
  return ids
}

/** What the archives say of a child on a roster: the one that is its own, `unsure`, or nothing. */
export type SeededMatch = string | 'unsure' | undefined

/** Puts children on the roster of a school as one set, matched as told; children already on one are passed over. */
export async function buildRosterLines(
  client: SeedClient,
  school: { readonly id: string; readonly path: string },
  addedBy: string,
  children: readonly StudentValues[],
  matches: readonly SeededMatch[] = [],
): Promise<void> {
  const rows = children.map((child, index) => {
    const match = matches[index]
    const archiveId = match === 'unsure' ? undefined : match
    return { id: newId(index), ...fiveFields(child), archiveId, status: archiveId ? '1' : match ? '2' : '3' }
  })
  await client.query(
    `insert into preschool_roster (id, org_id, org_path, name, gender, birth_date, identity_type, identity_number, match_status, archive_id, added_by, added_at)
     select id, $2, $3, name, gender, "birthDate", "identityType", "identityNumber", status, "archiveId", $4, now()
     from jsonb_to_recordset($1::jsonb) as l (id uuid, name text, gender text, "birthDate" date, "identityType" text, "identityNumber" text, status text,
       "archiveId" uuid)
     on conflict (identity_number, identity_type) where identity_number is not null do nothing`,
    [JSON.stringify(rows), school.id, school.path, addedBy],
  )
}

const fiveFields = (child: StudentValues): StudentValues =>
  Object.fromEntries(LOCKED_FIELDS.map((key) => [key, child[key]]))

const profileOf = (child: StudentValues): StudentValues => ({
  ...Object.fromEntries(PROFILE_KEYS.flatMap((key) => (child[key] ? [[key, child[key]]] : []))),
  guardians: child.guardians ?? [],
})

const newId = (counter: number): string => formatUuid7(Date.now(), counter, randomBytes(8))
