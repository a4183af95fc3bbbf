import { VOCATIONAL_TEMPLATE } from '@xueji/contracts/rooms/vocational/vocational.template'
import { buildAccounts, passwordHash } from '@xueji/db/seed/accounts'
import { buildGrade, buildSchool, type OrgSeed } from '@xueji/db/seed/organizations'
import { buildChildren, rosterRow } from '@xueji/db/seed/roster'
import type { Role } from '@xueji/domain/access/roles'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { nodeCodec } from '@xueji/workbook/node/node-codec'
import { writeWorkbook } from '@xueji/workbook/write/workbook-stream'
import type { Person } from './http.ts'
import { fiveFields } from './preschool.ts'
import { TEST_PASSWORD, type World } from './world.ts'

/** Values as they come in 中职调档名单. */
export type VocationalChild = StudentValues & { readonly studentNumber?: string }

/** A workbook of 中职调档名单 (six columns). */
export function vocationalFile(children: readonly VocationalChild[]): Promise<Uint8Array> {
  const columns = VOCATIONAL_TEMPLATE.columns.map((column) => ({ header: column.header, text: true }))
  const rows = children.map((child) => rosterRow(VOCATIONAL_TEMPLATE, child))
  return writeWorkbook(
    { sheets: [{ kind: 'table', name: VOCATIONAL_TEMPLATE.sheetName, columns, rows }] },
    { codec: nodeCodec },
  )
}

/** The six fields as 新增, 修改 and the service take them. */
export const sixFields = (child: VocationalChild) => ({
  studentNumber: child.studentNumber ?? '',
  ...fiveFields(child),
})

/** 新增: the line entered, or the refusal. */
export async function addVocationalLine(person: Person, child: VocationalChild) {
  const { status, body } = await person.post('/api/rooms/vocational/lines', sixFields(child))
  return status === 200 ? { line: body } : { error: body.error }
}

/** A school with senior grades and the first and last of junior school, in the county of the world's vocational school, with its people. */
export async function buildSenior(world: World): Promise<OrgSeed> {
  const { client } = world.database
  const senior = await buildSchool(client, {
    name: '韶关完全中学',
    schoolCode: '3444000001',
    authority: world.org.county!,
    schoolType: '341',
    years: { junior: 3, senior: 3 },
  })
  await buildGrade(client, senior, 2, world.entryYear - 2, 1)
  await buildGrade(client, senior, 2, world.entryYear, 1)
  await buildGrade(client, senior, 3, world.entryYear, 1)
  const person = (username: string, role: Role) => ({ username, displayName: username, org: senior, roles: [role] })
  await buildAccounts(
    client,
    [person('seniorRegistrar', 'schoolRegistrar'), person('seniorLeader', 'schoolLeader')],
    await passwordHash(TEST_PASSWORD),
    { isDemo: false, mustChange: false },
  )
  return senior
}

let seed = 4_000

/** Children old enough for a vocational school, different at each call. */
export const teenagers = (world: World, count: number): StudentValues[] =>
  buildChildren(count, seed++, {
    regionCode: '440229',
    regionName: '某县',
    schoolCode: '0',
    entryYear: world.entryYear - 9,
  })
