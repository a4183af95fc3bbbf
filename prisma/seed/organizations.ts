import { randomUUID } from 'node:crypto'
import { className, classNumber, gradeName } from '@xueji/domain/organization/class-number'
import { regionPath, schoolPath } from '@xueji/domain/organization/org-path'
import type { Stage } from '@xueji/domain/organization/school-kind'
import type { SeedClient } from './client.ts'
import { initialsOf, listRegions, type RegionSeed } from './regions.ts'

/** An organisation as builders hand it on. */
export type OrgSeed = { id: string; name: string; path: string; level: string; code: string; regionCode: string }

/** A school to be built. */
export type SchoolWish = {
  readonly name: string
  readonly schoolCode: string
  readonly schoolType: string
  readonly authority: OrgSeed
  /** County of its address; the authority's own for county schools. */
  readonly regionCode?: string
  readonly founderType?: string
  readonly years?: { readonly primary?: number; readonly junior?: number; readonly senior?: number }
}

/** The ministry, every province, and the bureaus of the cities and counties of the provinces named (two-digit codes). Returns them by region code. */
export async function buildBureaus(client: SeedClient, provinces: readonly string[]): Promise<Map<string, OrgSeed>> {
  const ministry: OrgSeed = {
    id: randomUUID(),
    name: '教育部',
    path: '',
    level: 'ministry',
    code: '000000',
    regionCode: '110101',
  }
  const all = new Map<string, OrgSeed>([['000000', ministry]])
  const rows: (OrgSeed & { parentId: string | null })[] = [{ ...ministry, parentId: null }]
  const regions = listRegions()
  const provinceNames = new Map(
    regions.filter((region) => region.level === 'province').map((region) => [region.code.slice(0, 2), region.name]),
  )
  for (const region of regions) {
    if (region.level !== 'province' && !provinces.includes(region.code.slice(0, 2))) continue
    // Municipalities and 省直辖 have no bureau between province and county.
    if (region.level === 'city' && isNominalCity(region)) continue
    const parent = all.get(region.parentCode) ?? all.get(`${region.code.slice(0, 2)}0000`) ?? ministry
    const org = {
      id: randomUUID(),
      name: bureauName(region, provinceNames.get(region.code.slice(0, 2)) ?? ''),
      path: regionPath(region.code),
      level: region.level,
      code: region.code,
      regionCode: region.code,
    }
    all.set(region.code, org)
    rows.push({ ...org, parentId: parent.id })
  }
  await insertOrganizations(client, rows)
  return all
}

/** A school with its organisation row. */
export async function buildSchool(client: SeedClient, wish: SchoolWish): Promise<OrgSeed> {
  const org: OrgSeed = {
    id: randomUUID(),
    name: wish.name,
    path: schoolPath(wish.authority.path, wish.schoolCode),
    level: 'school',
    code: wish.schoolCode,
    regionCode: wish.regionCode ?? wish.authority.regionCode,
  }
  await insertOrganizations(client, [{ ...org, parentId: wish.authority.id, authorityId: wish.authority.id }])
  await client.query(
    `insert into school (organization_id, school_code, school_type, founder_type, urban_rural, primary_years, junior_years, senior_years)
     values ($1, $2, $3, $4, '121', $5, $6, $7)`,
    [
      org.id,
      wish.schoolCode,
      wish.schoolType,
      wish.founderType ?? '06',
      wish.years?.primary ?? null,
      wish.years?.junior ?? null,
      wish.years?.senior ?? null,
    ],
  )
  return org
}

/** A grade of a school with so many classes; returns its id and class numbers. */
export async function buildGrade(
  client: SeedClient,
  school: OrgSeed,
  stage: Stage,
  entryYear: number,
  classes: number,
): Promise<{ id: string; classNumbers: string[] }> {
  const id = randomUUID()
  await client.query(
    'insert into grade (id, school_id, org_path, stage, entry_year, name) values ($1, $2, $3, $4, $5, $6)',
    [id, school.id, school.path, stage, entryYear, gradeName(stage, entryYear)],
  )
  const rows = Array.from({ length: classes }, (_, index) => ({
    id: randomUUID(),
    number: classNumber(entryYear, stage, index + 1),
    name: className(stage, entryYear, index + 1),
  }))
  await client.query(
    `insert into school_class (id, grade_id, school_id, org_path, class_number, name, class_type)
     select id, $2, $3, $4, number, name, $5 from jsonb_to_recordset($1::jsonb) as c (id uuid, number text, name text)`,
    [JSON.stringify(rows), id, school.id, school.path, ['10', '20', '40'][stage - 1]],
  )
  return { id, classNumbers: rows.map((row) => row.number) }
}

async function insertOrganizations(
  client: SeedClient,
  rows: readonly (OrgSeed & { parentId: string | null; authorityId?: string })[],
): Promise<void> {
  await client.query(
    `insert into organization (id, level, code, name, path, parent_id, authority_id, region_code, pinyin_initials)
     select id, level, code, name, path, "parentId", "authorityId", "regionCode", initials from jsonb_to_recordset($1::jsonb)
       as o (id uuid, level text, code text, name text, path text, "parentId" uuid, "authorityId" uuid, "regionCode" text, initials text)`,
    [JSON.stringify(rows.map((row) => ({ ...row, initials: initialsOf(row.name) })))],
  )
}

const isNominalCity = (region: RegionSeed): boolean =>
  ['11', '12', '31', '50'].includes(region.code.slice(0, 2)) ||
  region.name.startsWith('省直辖') ||
  region.name.startsWith('自治区直辖')

/** 广东省教育厅 · 北京市教育委员会 · 韶关市教育局 · 韶关市武江区教育局. */
function bureauName(region: RegionSeed, provinceName: string): string {
  if (region.level === 'province')
    return region.name.endsWith('市') ? `${region.name}教育委员会` : `${region.name}教育厅`
  return `${region.fullName.slice(provinceName.length)}教育局`
}
