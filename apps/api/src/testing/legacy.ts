import { LEGACY_TEMPLATE } from '@xueji/contracts/rooms/legacy/legacy.template'
import { buildIdentityNumber } from '@xueji/db/seed/children'
import { rosterRow } from '@xueji/db/seed/roster'
import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import { gradeName } from '@xueji/domain/organization/class-number'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import type { Person, TestApp } from './http.ts'
import { uploadTo } from './preschool.ts'
import { rosterFile } from './roster-file.ts'
import type { World } from './world.ts'

const HEADERS = LEGACY_TEMPLATE.columns.map((column) => column.header)
const lines = (children: readonly StudentValues[]): string[][] =>
  children.map((child) => rosterRow(LEGACY_TEMPLATE, child))

/** The birth date of children of old records unless one is given. */
export const LEGACY_BIRTH = '2019-05-06' as PlainDate

/** A resident's number with that birth date; of a boy where the sequence is odd. */
export const legacyNumber = (sequence: number): string => buildIdentityNumber('440203', LEGACY_BIRTH, sequence)

/** A number that is wrong in its last place. */
export const spoilt = (right: string): string => right.slice(0, 17) + (right[17] === '0' ? '1' : '0')

/** A boy in the first grade of a school as old records have him: what must be filled in. */
export const legacyChild = (
  world: World,
  school: string,
  name: string,
  identityNumber: string | null,
  more: Partial<StudentValues> = {},
): StudentValues => ({
  schoolCode: world.org[school]!.code,
  gradeName: gradeName(1, world.entryYear),
  name,
  gender: '1',
  birthDate: LEGACY_BIRTH,
  identityType: identityNumber ? '1' : 'Z',
  ...(identityNumber ? { identityNumber } : {}),
  ...more,
})

/** A workbook of 存量学籍. */
export const legacyFile = (children: readonly StudentValues[]): Promise<Uint8Array> =>
  rosterFile(children, undefined, LEGACY_TEMPLATE)

/** The same as comma-separated text. */
export const legacyCsv = (children: readonly StudentValues[]): string =>
  [HEADERS, ...lines(children)].map((line) => line.map((text) => `"${text}"`).join(',')).join('\n')

/** Loads children as somebody, as a workbook or as comma-separated text, and returns the batch as its page shows it. */
export async function loadChildren(
  test: TestApp,
  person: Person,
  children: readonly StudentValues[],
  kind: 'xlsx' | 'csv' = 'xlsx',
) {
  const file =
    kind === 'xlsx'
      ? await legacyFile(children)
      : [{ name: 'file', filename: '存量学籍.csv', content: legacyCsv(children) }]
  return (await uploadTo(test, person, 'legacy', 'L01', file)).batch
}
