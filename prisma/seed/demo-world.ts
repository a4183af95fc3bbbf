import type { Role } from '@xueji/domain/access/roles'
import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import { isVocational } from '@xueji/domain/organization/school-kind'
import { schoolYearOf } from '@xueji/domain/student/school-year'
import { type AccountWish, buildAccounts, passwordHash } from './accounts.ts'
import type { SeedClient } from './client.ts'
import { buildDemoPreschool } from './demo-preschool.ts'
import { buildDemoProblems } from './demo-problems.ts'
import { buildDemoVocational } from './demo-vocational.ts'
import { buildBureaus, buildGrade, buildSchool, type OrgSeed, type SchoolWish } from './organizations.ts'
import { buildRegions } from './regions.ts'
import { buildWorkflow } from './workflow.ts'

/** Provinces whose cities and counties are loaded: 广东, 山东, 北京. */
const FULL_PROVINCES = ['44', '37', '11']

/** A demo school: its short name in user names, how it hangs in the tree and what it runs. */
type DemoSchool = {
  readonly key: string
  readonly authorityCode: string
  readonly regionCode?: string
  readonly stages: readonly (1 | 2 | 3)[]
} & Omit<SchoolWish, 'authority'>

/** Schools of every kind that changes behaviour. */
export const DEMO_SCHOOLS: readonly DemoSchool[] = [
  {
    key: 'sunshine',
    name: '韶关市武江区阳光小学',
    schoolCode: '2144100001',
    schoolType: '211',
    authorityCode: '440203',
    stages: [1],
    years: { primary: 6 },
  },
  {
    key: 'virtue',
    name: '韶关市武江区明德小学',
    schoolCode: '2144100002',
    schoolType: '211',
    authorityCode: '440203',
    stages: [1],
    years: { primary: 6 },
  },
  {
    key: 'harbour',
    name: '韶关市武江区新港小学',
    schoolCode: '2144100003',
    schoolType: '211',
    authorityCode: '440203',
    stages: [1],
    years: { primary: 6 },
  },
  {
    key: 'riverside',
    name: '韶关市浈江区滨江小学',
    schoolCode: '2144100004',
    schoolType: '211',
    authorityCode: '440204',
    stages: [1],
    years: { primary: 6 },
  },
  {
    key: 'nineyear',
    name: '韶关市曲江区育才学校',
    schoolCode: '3144100005',
    schoolType: '312',
    authorityCode: '440205',
    stages: [1, 2],
    years: { primary: 6, junior: 3 },
  },
  {
    key: 'secondary',
    name: '韶关市第二中学',
    schoolCode: '3444100006',
    schoolType: '341',
    authorityCode: '440200',
    regionCode: '440204',
    stages: [2, 3],
    years: { junior: 3, senior: 3 },
  },
  {
    key: 'twelveyear',
    name: '韶关市博雅学校',
    schoolCode: '3444100007',
    schoolType: '345',
    authorityCode: '440200',
    regionCode: '440203',
    founderType: '12',
    stages: [1, 2, 3],
    years: { primary: 6, junior: 3, senior: 3 },
  },
  {
    key: 'special',
    name: '韶关市启智学校',
    schoolCode: '5144100008',
    schoolType: '514',
    authorityCode: '440200',
    regionCode: '440203',
    founderType: '04',
    stages: [1, 2],
    years: { primary: 6, junior: 3 },
  },
  {
    key: 'citydirect',
    name: '韶关市实验小学',
    schoolCode: '2144100009',
    schoolType: '211',
    authorityCode: '440200',
    regionCode: '440203',
    founderType: '04',
    stages: [1],
    years: { primary: 6 },
  },
  {
    key: 'provincedirect',
    name: '广东省附属实验学校',
    schoolCode: '3144100010',
    schoolType: '312',
    authorityCode: '440000',
    regionCode: '440106',
    founderType: '02',
    stages: [1, 2],
    years: { primary: 6, junior: 3 },
  },
  {
    key: 'lakeside',
    name: '济南市历下区明湖小学',
    schoolCode: '2137100011',
    schoolType: '211',
    authorityCode: '370102',
    stages: [1],
    years: { primary: 5 },
  },
  {
    key: 'oldtown',
    name: '北京市东城区府学小学',
    schoolCode: '2111100012',
    schoolType: '211',
    authorityCode: '110101',
    stages: [1],
    years: { primary: 6 },
  },
  {
    key: 'bay',
    name: '深圳市罗湖区海湾小学',
    schoolCode: '2144100013',
    schoolType: '211',
    authorityCode: '440303',
    stages: [1],
    years: { primary: 6 },
  },
  {
    key: 'craft',
    name: '韶关市第一职业技术学校',
    schoolCode: '3644100014',
    schoolType: '361',
    authorityCode: '440200',
    regionCode: '440203',
    founderType: '04',
    stages: [],
  },
]

/** Bureaus with demo accounts, by region code. */
const DEMO_BUREAUS: readonly (readonly [string, string, Role])[] = [
  ['county440203', '440203', 'countyRegistrar'],
  ['county440204', '440204', 'countyRegistrar'],
  ['county440205', '440205', 'countyRegistrar'],
  ['city4402', '440200', 'cityRegistrar'],
  ['county440303', '440303', 'countyRegistrar'],
  ['province44', '440000', 'provinceRegistrar'],
  ['county370102', '370102', 'countyRegistrar'],
  ['province37', '370000', 'provinceRegistrar'],
  ['county110101', '110101', 'countyRegistrar'],
  ['ministry', '000000', 'ministryRegistrar'],
]

const DEMO_ADMINISTRATORS = [
  ['admin440203', '440203'],
  ['admin44', '440000'],
  ['admin', '000000'],
] as const

const DEMO_DATA_KEEPERS = [
  ['data44', '440000'],
  ['data', '000000'],
] as const

const SURNAMES = ['陈', '林', '黄', '周', '吴', '郑', '何', '许', '谢', '邓', '梁', '曾']

/**
 * Regions, workflow, organisations, grades and classes of this school year, accounts, shared preschool archives and a roster, the problem records that old
 * children brought along, and the list of a vocational school. Every other child comes in by the front door.
 */
export async function buildDemoWorld(client: SeedClient, today: PlainDate, password: string): Promise<void> {
  await buildRegions(client)
  await buildWorkflow(client)
  const bureaus = await buildBureaus(client, FULL_PROVINCES)
  const entryYear = schoolYearOf(today)
  const people: AccountWish[][] = []
  const schools = new Map<string, OrgSeed>()
  for (const [index, { key, authorityCode, stages, ...wish }] of DEMO_SCHOOLS.entries()) {
    const school = await buildSchool(client, { ...wish, authority: bureaus.get(authorityCode)! })
    for (const stage of stages)
      for (let back = 0; back < 3; back++) await buildGrade(client, school, stage, entryYear - back, 4)
    schools.set(key, school)
    people.push(schoolPeople(key, school, SURNAMES[index % SURNAMES.length]!, wish.schoolType))
  }
  const officials: AccountWish[] = [
    ...DEMO_BUREAUS.map(([username, code, role], index) => ({
      username,
      displayName: `${SURNAMES[index % SURNAMES.length]}审核`,
      org: bureaus.get(code)!,
      roles: [role],
    })),
    ...DEMO_ADMINISTRATORS.map(([username, code]) => ({
      username,
      displayName: '系统管理员',
      org: bureaus.get(code)!,
      roles: ['systemAdministrator' as const],
    })),
    ...DEMO_DATA_KEEPERS.map(([username, code]) => ({
      username,
      displayName: '数据管理员',
      org: bureaus.get(code)!,
      roles: ['dataAdministrator' as const],
    })),
  ]
  // The tour's school first, then those above it, then the other schools: the sign-in page lists them in this order.
  const wishes = [...people[0]!, ...officials, ...people.slice(1).flat()]
  const ids = await buildAccounts(client, wishes, await passwordHash(password), { isDemo: true, mustChange: false })
  await buildDemoPreschool(client, schools.get('sunshine')!, ids.get('sunshine.registrar')!, entryYear)
  await buildDemoProblems(client, schools)
  await buildDemoVocational(client, schools, ids.get('craft.registrar')!, entryYear)
}

function schoolPeople(key: string, org: OrgSeed, surname: string, schoolType: string): AccountWish[] {
  // Vocational schools keep their records in another system: here they have 中职接续 alone.
  if (isVocational({ schoolType }))
    return [{ username: `${key}.registrar`, displayName: `${surname}老师`, org, roles: ['vocationalRegistrar'] }]
  return [
    { username: `${key}.registrar`, displayName: `${surname}老师`, org, roles: ['schoolRegistrar'] },
    { username: `${key}.leader`, displayName: `${surname}校长`, org, roles: ['schoolLeader'] },
    { username: `${key}.newcomer`, displayName: `${surname}助理`, org, roles: ['newcomerClerk'] },
  ]
}
