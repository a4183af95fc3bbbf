import type { RegistrationCategory } from '@xueji/domain/rooms/registration/registration.review'
import { REGISTRATION_ENTRIES } from '@xueji/domain/rooms/registration/registration.review'
import { formTemplate, type RoomTemplate } from '../../template/template.ts'
import { identityTypesOf } from './registration.columns.ts'
import { REGISTRATION_TEMPLATES } from './registration.template.ts'

/** The six entries as forms and details have them: the template's columns and 姓名拼音 (fields 1.2). */
export const REGISTRATION_FORMS: Readonly<Record<RegistrationCategory, RoomTemplate>> = {
  R11: formTemplate(REGISTRATION_TEMPLATES.R11),
  R12: formTemplate(REGISTRATION_TEMPLATES.R12),
  R13: formTemplate(REGISTRATION_TEMPLATES.R13),
  R21: formTemplate(REGISTRATION_TEMPLATES.R21),
  R22: formTemplate(REGISTRATION_TEMPLATES.R22),
  R23: formTemplate(REGISTRATION_TEMPLATES.R23),
}

/** The form of a category as it came over the wire; undefined for one that is none. */
export const findForm = (category: string): RoomTemplate | undefined =>
  Object.hasOwn(REGISTRATION_FORMS, category) ? REGISTRATION_FORMS[category as RegistrationCategory] : undefined

/**
 * What an empty form already holds (fields 1.1: 民族 汉族, 国籍 中国, 健康 健康或良好, 政治面貌 群众 in primary school), the one document there is, and for
 * newcomers the month their grade begins.
 */
export function entryDefaults(category: RegistrationCategory, schoolYear: number): Record<string, string> {
  const { identityClass, newcomer } = REGISTRATION_ENTRIES[category]
  const [only, ...more] = identityTypesOf(identityClass)
  return {
    healthStatus: '10',
    ...(only && more.length === 0 ? { identityType: only } : {}),
    ...(identityClass === 'overseas' ? {} : { nationality: 'CHN', ethnicity: '01', overseasType: '00' }),
    ...(newcomer ? { politicalStatus: '13', enrolledMonth: `${schoolYear}09`, enrolMode: '11' } : {}),
  }
}

/** Fields of a form with one possible value: shown, not asked. */
export function fixedFields(category: RegistrationCategory): ReadonlySet<string> {
  const { identityClass } = REGISTRATION_ENTRIES[category]
  const fixed: Readonly<Record<typeof identityClass, readonly string[]>> = {
    resident: ['identityType', 'nationality'],
    overseas: [],
    undocumented: ['identityType', 'nationality', 'overseasType'],
  }
  return new Set(['schoolCode', ...fixed[identityClass]])
}

/** What stays in the form for the next child of the same class; nothing of it is about the child before. */
export const CARRIED_FIELDS: readonly string[] = [
  'gradeName',
  'classNumber',
  'campusNumber',
  'enrolledMonth',
  'enrolMode',
  'boardingMode',
]
