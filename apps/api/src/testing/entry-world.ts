import { asEntry, firstGradeYear, type GradeWish } from '@xueji/db/seed/entries'
import { buildGrade } from '@xueji/db/seed/organizations'
import { buildChildren } from '@xueji/db/seed/roster'
import { gradeName } from '@xueji/domain/organization/class-number'
import type { Stage } from '@xueji/domain/organization/school-kind'
import type { RegistrationCategory } from '@xueji/domain/rooms/registration/registration.review'
import { REGISTRATION_ENTRIES } from '@xueji/domain/rooms/registration/registration.review'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { command, fileChild } from './corridor.ts'
import { addPicture } from './evidence.ts'
import { createTestPlatform, type TestPlatform } from './test-platform.ts'
import { buildWorld, type World } from './world.ts'

type Step = readonly [username: string, command: 'approve' | 'escalate']

/** Through the school, and on from there to the province as children without document go. */
export const SCHOOL_STEPS: readonly Step[] = [
  ['leader', 'approve'],
  ['registrar', 'escalate'],
]
export const STEPS_TO_PROVINCE: readonly Step[] = [
  ...SCHOOL_STEPS,
  ['county', 'approve'],
  ['city', 'approve'],
  ['province', 'approve'],
]

/** The small country with a grade of every stage at the first school, and what tests of the six entries do in it. */
export type EntryWorld = {
  readonly world: World
  readonly platform: TestPlatform
  /** Of stages 1, 2 and 3, none of them the newcomers' one. */
  readonly grades: readonly GradeWish[]
  // biome-ignore lint/suspicious/noExplicitAny: tests look into rows of every shape.
  readonly sql: (text: string, values?: unknown[]) => Promise<any[]>
  /** Children of an entry, each call with other ones, for the grade of a stage. */
  readonly childrenOf: (
    category: RegistrationCategory,
    count: number,
    stage?: Stage,
    school?: string,
  ) => StudentValues[]
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  readonly itemOf: (id: string) => Promise<any>
  /** Files a child by the form, with evidence where it is needed; returns the item's id. */
  readonly filed: (category: RegistrationCategory, child: StudentValues, username?: string) => Promise<string>
  /** Commands by the people named, one after another; returns what was refused. */
  readonly go: (ids: readonly string[], steps: readonly Step[]) => Promise<readonly unknown[]>
  readonly close: () => Promise<void>
}

/** Builds it in a database of its own. */
export async function buildEntryWorld(postgresUrl: string): Promise<EntryWorld> {
  const world = await buildWorld(postgresUrl)
  const platform = createTestPlatform(world.database.url)
  const grades: GradeWish[] = []
  for (const [stage, back] of [
    [1, 2],
    [2, 0],
    [3, 1],
  ] as const) {
    const entryYear = world.entryYear - back
    const { classNumbers } = await buildGrade(world.database.client, world.org.school!, stage, entryYear, 2)
    grades.push({ name: gradeName(stage, entryYear), stage, entryYear, classNumber: classNumbers[0]! })
  }
  const sql: EntryWorld['sql'] = async (text, values = []) => (await world.database.client.query(text, values)).rows
  let seed = 500
  return {
    world,
    platform,
    grades,
    sql,
    childrenOf: (category, count, stage = 1, school = 'school') => {
      const { newcomer } = REGISTRATION_ENTRIES[category]
      const grade = grades.find((one) => one.stage === stage)!
      const wish = {
        regionCode: '440203',
        regionName: '广东省韶关市武江区',
        schoolCode: world.org[school]!.code,
        entryYear: newcomer ? world.entryYear : firstGradeYear(grade),
      }
      return buildChildren(count, seed++, wish).map((child) => asEntry(category, child, newcomer ? undefined : grade))
    },
    itemOf: async (id) =>
      (
        await sql(
          `select category, business, status, grade_name, class_name, identity_type, identity_number, duplicate_status as dup, verification_status as auth, step, round,
             version, student_name, student_number, jsonb_path_query_array(chain, '$[*].orgName') as who, import_batch_id from review_item where id = $1`,
          [id],
        )
      )[0],
    filed: async (category, child, username = 'registrar') => {
      const { identityClass } = REGISTRATION_ENTRIES[category]
      const actor = world.actor(username)
      const evidence = identityClass === 'undocumented' ? [await addPicture(platform, actor)] : []
      const outcome = await fileChild(platform, actor, category, child, evidence)
      if (!('id' in outcome)) throw new Error(JSON.stringify(outcome))
      return outcome.id
    },
    go: async (ids, steps) => {
      const refused: unknown[] = []
      for (const [who, what] of steps)
        refused.push(...(await command(platform, world.actor(who), what, ids)).filter((one) => one.refusal))
      return refused
    },
    close: async () => {
      await platform.close()
      await world.database.drop()
    },
  }
}
