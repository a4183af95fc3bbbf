import { type IdentityHolder, identityKey } from '@xueji/domain/duplicates/holder'
import { isWithin, rangeOf } from '@xueji/domain/organization/org-path'
import type { Executor, Transaction } from '../platform/db.ts'

/** A claim to be taken when an item is filed. */
export type ClaimRequest = {
  readonly itemId: string
  readonly identityType: string
  readonly identityNumber: string
  readonly orgPath: string
}

type HolderRow = {
  identity_type: string
  identity_number: string
  org_path: string
  org_name: string
  province_name: string
}

/** Live holders of a staged batch's numbers, by `identityKey`: the national duplicate check, one join with keys sorted first (DUP-003). `askerPath` decides how much of the holder is told (DUP-007). */
export async function findHoldersOfBatch(
  db: Executor,
  batchId: string,
  askerPath: string,
): Promise<Map<string, IdentityHolder>> {
  const rows = await db.query<HolderRow>(
    `with asked as materialized (
       select distinct values->>'identityNumber' as number, values->>'identityType' as type from import_row
       where batch_id = $1 and not dropped and values->>'identityNumber' is not null order by 1
     )
     ${HOLDER_SQL}`,
    [batchId],
  )
  return holdersOf(rows, askerPath)
}

/** Live holders of some numbers, by `identityKey`, apart from the items named. */
export async function findHolders(
  db: Executor,
  identities: readonly { identityType: string; identityNumber: string }[],
  exceptItemIds: readonly string[],
  askerPath: string,
): Promise<Map<string, IdentityHolder>> {
  const rows = await db.query<HolderRow>(
    `with asked as (select distinct number, type from unnest($1::text[], $2::text[]) as a (number, type))
     ${HOLDER_SQL} where claim.item_id is null or claim.item_id <> all ($3::uuid[])`,
    [identities.map((one) => one.identityNumber), identities.map((one) => one.identityType), exceptItemIds],
  )
  return holdersOf(rows, askerPath)
}

const HOLDER_SQL = `
  select claim.identity_type, claim.identity_number, claim.org_path, coalesce(o.name, '') as org_name, coalesce(p.name, '') as province_name
  from asked join identity_claim claim
    on claim.identity_number = asked.number and claim.identity_type = asked.type and claim.released_at is null
  left join organization o on o.path = claim.org_path
  left join organization p on p.path = left(claim.org_path, 2) and p.level = 'province'`

/** Within one's own province the school is named, beyond it the province only (DUP-007). */
export function describeHolder(
  holderPath: string,
  orgName: string,
  provinceName: string,
  askerPath: string,
): IdentityHolder {
  const sameProvince = isWithin(rangeOf(askerPath.slice(0, 2)), holderPath)
  return {
    where: sameProvince ? orgName || provinceName : provinceName || '其他省份',
    sameSchool: holderPath === askerPath,
  }
}

function holdersOf(rows: readonly HolderRow[], askerPath: string): Map<string, IdentityHolder> {
  return new Map(
    rows.map((row) => [
      identityKey(row.identity_type, row.identity_number),
      describeHolder(row.org_path, row.org_name, row.province_name, askerPath),
    ]),
  )
}

/** The bare numbers of holders found. */
export const numbersOf = (holders: ReadonlyMap<string, IdentityHolder>): readonly string[] =>
  [...holders.keys()].map((key) => key.slice(key.indexOf(':') + 1))

/** Claims every number of a staged batch at once, in one order; returns how many were won. Fewer than asked means somebody was quicker (DUP-008). */
export async function claimForBatch(tx: Transaction, batchId: string, at: string): Promise<number> {
  const rows = await tx.query(
    `insert into identity_claim (id, identity_type, identity_number, org_path, item_id, claimed_at)
     select new_id(), values->>'identityType', values->>'identityNumber', org_path, id, $2 from import_row
     where batch_id = $1 and not dropped and values->>'identityNumber' is not null order by values->>'identityNumber'
     on conflict (identity_number, identity_type) where released_at is null do nothing returning 1`,
    [batchId, at],
  )
  return rows.length
}

/** Claims numbers for corrected items; returns the ids of the items that won theirs. */
export async function claimIdentities(
  tx: Transaction,
  requests: readonly ClaimRequest[],
  at: string,
): Promise<Set<string>> {
  const rows = await tx.query<{ item_id: string }>(
    `insert into identity_claim (id, identity_type, identity_number, org_path, item_id, claimed_at)
     select new_id(), "identityType", "identityNumber", "orgPath", "itemId", $2
     from jsonb_to_recordset($1::jsonb) as r ("itemId" uuid, "identityType" text, "identityNumber" text, "orgPath" text) order by "identityNumber"
     on conflict (identity_number, identity_type) where released_at is null do nothing returning item_id`,
    [JSON.stringify(requests), at],
  )
  return new Set(rows.map((row) => row.item_id))
}

/** Gives numbers back when items end unregistered. */
export async function releaseClaims(tx: Transaction, itemIds: readonly string[], at: string): Promise<void> {
  await tx.query(
    'update identity_claim set released_at = $2 where item_id = any($1::uuid[]) and released_at is null and student_id is null',
    [itemIds, at],
  )
}
