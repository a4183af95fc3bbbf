import { flatten } from '../../packages/contracts/src/template/row-schema.ts'
import { gradeName } from '../../packages/domain/src/organization/class-number.ts'
import type { Stage } from '../../packages/domain/src/organization/school-kind.ts'
import type { RegistrationCategory } from '../../packages/domain/src/rooms/registration/registration.review.ts'
import { REGISTRATION_ENTRIES } from '../../packages/domain/src/rooms/registration/registration.review.ts'
import type { StudentValues } from '../../packages/domain/src/student/field-catalogue.ts'
import { DEMO_SCHOOLS } from '../../prisma/seed/demo-world.ts'
import { asEntry, firstGradeYear } from '../../prisma/seed/entries.ts'
import { buildChildren } from '../../prisma/seed/roster.ts'
import type { ApiPerson } from './demo-activity.ts'
import { drawnPage } from './drawn-page.ts'

const ROOM = '/api/rooms/registration'

/** Invented children of a demo school at one of the six entries; those of other grades in the grade that entered `back` years before this one. */
export function entryChildren(
  category: RegistrationCategory,
  wish: {
    readonly key: string
    readonly count: number
    readonly seed: number
    readonly regionCode: string
    readonly schoolYear: number
    readonly stage?: Stage
    readonly back?: number
  },
): StudentValues[] {
  const { newcomer } = REGISTRATION_ENTRIES[category]
  const { stage = 1, back = 1, schoolYear } = wish
  const entryYear = schoolYear - back
  const grade = { name: gradeName(stage, entryYear), stage, entryYear, classNumber: `${entryYear}${stage}01` }
  return buildChildren(wish.count, wish.seed, {
    regionCode: wish.regionCode,
    regionName: '广东省韶关市',
    schoolCode: DEMO_SCHOOLS.find((school) => school.key === wish.key)!.schoolCode,
    entryYear: newcomer ? schoolYear : firstGradeYear(grade),
  }).map((child) => asEntry(category, child, newcomer ? undefined : grade))
}

/** Files a child by the form, with a piece of evidence where one is needed. */
export async function fileByForm(
  person: ApiPerson,
  category: RegistrationCategory,
  child: StudentValues,
): Promise<string> {
  const { schoolCode: _, ...values } = flatten(child)
  const evidenceIds =
    REGISTRATION_ENTRIES[category].identityClass === 'undocumented'
      ? [(await person.upload<{ id: string }>('/api/evidence', '在校就读证明.png', drawnPage())).id]
      : []
  const { item } = await person.send<{ item: { id: string } }>('POST', `${ROOM}/items`, {
    category,
    values,
    evidenceIds,
  })
  return item.id
}
