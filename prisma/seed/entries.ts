import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import type { Stage } from '@xueji/domain/organization/school-kind'
import type { RegistrationCategory } from '@xueji/domain/rooms/registration/registration.review'
import { REGISTRATION_ENTRIES } from '@xueji/domain/rooms/registration/registration.review'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { buildIdentityNumber } from './children.ts'

/** The grade a child of another grade is filed for. */
export type GradeWish = {
  readonly name: string
  readonly stage: Stage
  readonly entryYear: number
  readonly classNumber?: string
}

const FAMILY_NAMES = ['Baker', 'Carter', 'Fischer', 'Novak', 'Rossi', 'Silva', 'Suzuki', 'Tanaka', 'Weber', 'Young']
const GIVEN_NAMES = ['Alex', 'Bruno', 'Clara', 'Daniel', 'Emma', 'Felix', 'Hana', 'Luca', 'Mina', 'Noah']

/** The same invented child as another of the six entries asks for it (fields 1.10): other documents, fewer fields, the grade it is filed for. */
export function asEntry(category: RegistrationCategory, child: StudentValues, grade?: GradeWish): StudentValues {
  const { identityClass } = REGISTRATION_ENTRIES[category]
  const placed: StudentValues = grade
    ? {
        ...child,
        gradeName: grade.name,
        enrolledMonth: `${grade.entryYear}09`,
        enrolMode: grade.stage === 3 ? '21' : '11',
        ...(grade.classNumber ? { classNumber: grade.classNumber } : {}),
      }
    : child
  if (identityClass === 'overseas') return asOverseas(placed)
  return identityClass === 'undocumented' ? asUndocumented(placed) : placed
}

/** Year in which a child of this grade was of the age to enter first grade. */
export const firstGradeYear = ({ stage, entryYear }: Pick<GradeWish, 'stage' | 'entryYear'>): number =>
  entryYear - [0, 6, 9][stage - 1]!

function asOverseas(child: StudentValues): StudentValues {
  const {
    householdType: _type,
    householdPlaceCode: _place,
    isLeftBehind: _left,
    isRuralLeftBehind: _rural,
    isMigrant: _migrant,
    isMigrantWorkerChild: _worker,
    ...rest
  } = child
  // Two digits of the number pick the name: repeatable, and no two children in a row alike.
  const digits = child.identityNumber!
  const name = `${GIVEN_NAMES[Number(digits[16])]} ${FAMILY_NAMES[Number(digits[15])]}`
  return {
    ...rest,
    name,
    englishName: name,
    nationality: 'USA',
    identityType: 'A',
    identityNumber: `E${digits.slice(8, 17)}`,
    overseasType: '51',
  }
}

function asUndocumented(child: StudentValues): StudentValues {
  const { schoolCode: _code, identityNumber: number, ...rest } = child
  const region = number!.slice(0, 6)
  const [first, ...others] = child.guardians ?? []
  const father = buildIdentityNumber(region, '1988-05-12' as PlainDate, Number(number!.slice(14, 17)) | 1)
  return {
    ...rest,
    identityType: 'Z',
    guardians: [{ ...first, identityType: '1', identityNumber: father }, ...others],
  }
}
