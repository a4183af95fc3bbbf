import { checkCharacter } from '../identity/identity-number.ts'
import type { PlainDate } from '../kernel/plain-date.ts'
import type { RegistrationFacts, RegistrationGrade } from '../rooms/registration/registration.facts.ts'
import { REGISTRATION_ENTRIES } from '../rooms/registration/registration.review.ts'
import type { GuardianValues, StudentValues } from '../student/field-catalogue.ts'

/** A resident identity number that is right in every digit: county, 'YYYYMMDD', three-digit sequence (odd = boy). */
export function identityNumberOf(regionCode: string, compactBirth: string, sequence: string): string {
  const body = regionCode + compactBirth + sequence
  return body + checkCharacter(body)
}

/** A boy of 440202, six years old, without a single fault; the values a test changes are its point. */
export function buildValidChild(changed: Partial<StudentValues> = {}): StudentValues {
  return {
    schoolCode: '2144000001',
    name: '测试甲',
    gender: '1',
    birthDate: '2020-03-15',
    birthPlaceCode: '440202000000',
    nativePlace: '广东省韶关市武江区',
    ethnicity: '01',
    nationality: 'CHN',
    identityType: '1',
    identityNumber: identityNumberOf('440202', '20200315', '001'),
    overseasType: '00',
    healthStatus: '10',
    politicalStatus: '13',
    householdType: '2',
    householdPlaceCode: '440202000000',
    campusNumber: '01',
    classNumber: '2026101',
    enrolledMonth: '202609',
    enrolMode: '11',
    boardingMode: '1',
    isLeftBehind: '0',
    isRuralLeftBehind: '0',
    isMigrant: '0',
    isMigrantWorkerChild: '0',
    hasPurchasedPlace: '0',
    guardians: [buildGuardian(), buildGuardian({ name: '测试丙', relation: '52', isGuardian: '0' })],
    ...changed,
  }
}

/** A father and guardian without a fault. */
export const buildGuardian = (changed: GuardianValues = {}): GuardianValues => ({
  name: '测试乙',
  relation: '51',
  currentAddress: '某某路 1 号',
  householdPlaceCode: '440202000000',
  phone: '19900000000',
  isGuardian: '1',
  ...changed,
})

const FIRST_GRADE: RegistrationGrade = {
  name: '小学2026级',
  stage: 1,
  entryYear: 2026,
  classNumbers: new Set(['2026101', '2026102']),
}

/** What a passport holder of the same school says otherwise than `buildValidChild`; valid at the entries R12 and, with a grade, R22. */
export const OVERSEAS: Partial<StudentValues> = {
  name: 'Alex Tester',
  nationality: 'USA',
  identityType: 'A',
  identityNumber: 'E12345678',
  overseasType: '51',
  householdType: undefined,
  householdPlaceCode: undefined,
  isLeftBehind: undefined,
  isRuralLeftBehind: undefined,
  isMigrant: undefined,
  isMigrantWorkerChild: undefined,
}

/** The same of a child without document, whose father has a resident card (REG-017); valid at R13 and, with a grade, R23. */
export const UNDOCUMENTED: Partial<StudentValues> = {
  schoolCode: undefined,
  identityType: 'Z',
  identityNumber: undefined,
  guardians: [buildGuardian({ identityType: '1', identityNumber: identityNumberOf('440202', '19900101', '011') })],
}

/** Grades of a school that has every stage, newcomers' first grade apart. */
export const OTHER_GRADES: readonly RegistrationGrade[] = [
  { name: '小学2024级', stage: 1, entryYear: 2024, classNumbers: new Set(['2024101']) },
  { name: '初中2026级', stage: 2, entryYear: 2026, classNumbers: new Set(['2026201']) },
  { name: '高中2025级', stage: 3, entryYear: 2025, classNumbers: new Set(['2025301']) },
]

/** The facts under which `buildValidChild` has no issue: school 2144000001 of 440202, newcomers of 2026, seen on 5 September 2026. */
export const buildRegistrationFacts = (changed: Partial<RegistrationFacts> = {}): RegistrationFacts => ({
  today: '2026-09-05' as PlainDate,
  schoolCode: '2144000001',
  entry: REGISTRATION_ENTRIES.R11,
  entryYear: 2026,
  entryAge: 6,
  countyCodes: new Set(['440202', '440203']),
  grades: [FIRST_GRADE],
  campusNumbers: new Set(['01']),
  isPrivateSchool: false,
  holders: new Map(),
  ...changed,
})
