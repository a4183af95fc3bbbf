import { checkCharacter } from '../identity/identity-number.ts'
import type { PlainDate } from '../kernel/plain-date.ts'
import type { RegistrationFacts } from '../rooms/registration/registration.rules.ts'
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

/** The facts under which `buildValidChild` has no issue: school 2144000001 of 440202, newcomers of 2026, seen on 5 September 2026. */
export const buildRegistrationFacts = (changed: Partial<RegistrationFacts> = {}): RegistrationFacts => ({
  today: '2026-09-05' as PlainDate,
  schoolCode: '2144000001',
  entryYear: 2026,
  entryAge: 6,
  countyCodes: new Set(['440202', '440203']),
  classNumbers: new Set(['2026101', '2026102']),
  campusNumbers: new Set(['01']),
  isPrivateSchool: false,
  holders: new Map(),
  ...changed,
})
