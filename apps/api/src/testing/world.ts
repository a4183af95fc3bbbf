import { buildAccounts, passwordHash } from '@xueji/db/seed/accounts'
import { buildBureaus, buildGrade, buildSchool, type OrgSeed } from '@xueji/db/seed/organizations'
import { createTestDatabase, type TestDatabase } from '@xueji/db/testing/test-database'
import type { Actor, Role } from '@xueji/domain/access/roles'
import type { OrgLevel } from '@xueji/domain/organization/org-path'
import { schoolYearOf } from '@xueji/domain/student/school-year'
import { createClock } from '../platform/clock.ts'

/** Password of every test account; hashed once per process. */
export const TEST_PASSWORD = 'Testing-1234'
const STORED = passwordHash(TEST_PASSWORD)

/** A small country: Guangdong and Shandong with their bureaus, schools of every place in the tree, the people who work there. */
export type World = {
  readonly database: TestDatabase
  readonly entryYear: number
  /** Organisations by a short name: province, city, county, sibling, otherProvince, school, schoolB, schoolC, cityDirect, provinceDirect, farSchool, vocational, farVocational. */
  readonly org: Readonly<Record<string, OrgSeed>>
  readonly actor: (username: string) => Actor
  readonly classNumbers: readonly string[]
}

/** Accounts of every role at every level, by user name. */
const PEOPLE: readonly (readonly [string, string, readonly Role[]])[] = [
  ['registrar', 'school', ['schoolRegistrar']],
  ['leader', 'school', ['schoolLeader']],
  ['teacher', 'school', ['homeroomTeacher']],
  ['clerk', 'school', ['newcomerClerk']],
  ['schoolAdmin', 'school', ['systemAdministrator']],
  ['registrarB', 'schoolB', ['schoolRegistrar']],
  ['leaderB', 'schoolB', ['schoolLeader']],
  ['registrarC', 'schoolC', ['schoolRegistrar']],
  ['leaderC', 'schoolC', ['schoolLeader']],
  ['registrarCity', 'cityDirect', ['schoolRegistrar']],
  ['leaderCity', 'cityDirect', ['schoolLeader']],
  ['adminCity', 'cityDirect', ['systemAdministrator']],
  ['registrarProvince', 'provinceDirect', ['schoolRegistrar']],
  ['leaderProvince', 'provinceDirect', ['schoolLeader']],
  ['registrarVocational', 'vocational', ['vocationalRegistrar']],
  ['registrarVocationalFar', 'farVocational', ['vocationalRegistrar']],
  ['registrarFar', 'farSchool', ['schoolRegistrar']],
  ['leaderFar', 'farSchool', ['schoolLeader']],
  ['county', 'county', ['countyRegistrar']],
  ['county2', 'county', ['countyRegistrar']],
  ['sibling', 'sibling', ['countyRegistrar']],
  ['city', 'city', ['cityRegistrar']],
  ['province', 'province', ['provinceRegistrar']],
  ['otherProvince', 'otherProvince', ['provinceRegistrar']],
  ['farCounty', 'farCounty', ['countyRegistrar']],
  ['ministry', 'ministry', ['ministryRegistrar']],
  ['countyAdmin', 'county', ['systemAdministrator']],
  ['provinceAdmin', 'province', ['systemAdministrator']],
  ['data', 'province', ['dataAdministrator']],
]

/** Builds the country in a database of its own. */
export async function buildWorld(postgresUrl: string): Promise<World> {
  const database = await createTestDatabase(postgresUrl)
  const { client } = database
  const bureaus = await buildBureaus(client, ['44', '37'])
  const at = (code: string): OrgSeed => bureaus.get(code)!
  const entryYear = schoolYearOf(createClock().today())
  const primary = { schoolType: '211', years: { primary: 6 } }
  const org: Record<string, OrgSeed> = {
    ministry: at('000000'),
    province: at('440000'),
    city: at('440200'),
    county: at('440203'),
    sibling: at('440204'),
    otherProvince: at('370000'),
    farCounty: at('370102'),
    school: await buildSchool(client, {
      name: '武江第一小学',
      schoolCode: '2144000001',
      authority: at('440203'),
      ...primary,
    }),
    schoolB: await buildSchool(client, {
      name: '武江第二小学',
      schoolCode: '2144000002',
      authority: at('440203'),
      ...primary,
    }),
    schoolC: await buildSchool(client, {
      name: '浈江小学',
      schoolCode: '2144000003',
      authority: at('440204'),
      ...primary,
    }),
    cityDirect: await buildSchool(client, {
      name: '韶关实验小学',
      schoolCode: '2144000004',
      authority: at('440200'),
      regionCode: '440203',
      ...primary,
    }),
    provinceDirect: await buildSchool(client, {
      name: '广东省直属小学',
      schoolCode: '2144000005',
      authority: at('440000'),
      regionCode: '440104',
      ...primary,
    }),
    vocational: await buildSchool(client, {
      name: '韶关职业技术学校',
      schoolCode: '3644000001',
      authority: at('440200'),
      regionCode: '440203',
      schoolType: '361',
    }),
    farVocational: await buildSchool(client, {
      name: '历下职业中专',
      schoolCode: '3637000001',
      authority: at('370102'),
      schoolType: '361',
    }),
    farSchool: await buildSchool(client, {
      name: '历下小学',
      schoolCode: '2137000001',
      authority: at('370102'),
      ...primary,
    }),
  }
  let classNumbers: string[] = []
  for (const key of ['school', 'schoolB', 'schoolC', 'cityDirect', 'provinceDirect', 'farSchool'])
    classNumbers = (await buildGrade(client, org[key]!, 1, entryYear, 2)).classNumbers
  const wishes = PEOPLE.map(([username, place, roles]) => ({
    username,
    displayName: `${username}甲`,
    org: org[place]!,
    roles,
  }))
  const ids = await buildAccounts(client, wishes, await STORED, { isDemo: false, mustChange: false })
  // Tests of what comes after need no roster first; PRE-017 itself is tested with its default (rooms/registration/preschool-list.db.test.ts).
  await client.query(`insert into setting (key, org_path, value) values ('register.requirePreschoolList', '', 'false')`)
  return {
    database,
    entryYear,
    org,
    classNumbers,
    actor: (username) => {
      const wish = wishes.find((one) => one.username === username)
      if (!wish) throw new Error(`no account ${username}`)
      const { id, name, path, level } = wish.org
      return {
        accountId: ids.get(username)!,
        displayName: wish.displayName,
        roles: wish.roles,
        orgId: id,
        orgName: name,
        orgPath: path,
        orgLevel: level as OrgLevel,
      }
    },
  }
}

/** Names of all accounts with role and place, for the authorisation matrix. */
export const WORLD_PEOPLE = PEOPLE
