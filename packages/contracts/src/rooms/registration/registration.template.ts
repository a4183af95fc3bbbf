import type { RegistrationCategory } from '@xueji/domain/rooms/registration/registration.review'
import { REGISTRATION_ENTRIES } from '@xueji/domain/rooms/registration/registration.review'
import type { RoomTemplate } from '../../template/template.ts'
import { type EntryShape, entryColumns, memberColumns } from './registration.columns.ts'

// The second-generation template for residents, columns 1–49 (fields 0, 1.1–1.6).
const RESIDENT_KEYS =
  `schoolCode name gender birthDate birthPlaceCode nativePlace ethnicity nationality identityType identityNumber overseasType
  healthStatus politicalStatus householdType householdPlaceCode campusNumber classNumber enrolledMonth enrolMode boardingMode currentAddress
  mailAddress homeAddress phone postcode isOnlyChild hadPreschool isLeftBehind isRuralLeftBehind isDisabled needsAid getsBoardingSubsidy isOrphan
  isMartyrChild isMigrant isMigrantWorkerChild schoolDistance commuteMode needsSchoolBus formerName identityValidPeriod bloodType specialty
  auxiliaryNumber seatNumber studentSource email homepage hasPurchasedPlace`.split(/\s+/)

// fields 1.10, with 籍贯 of 1.1 beside 出生地: no household, no 留守, no 随迁.
const OVERSEAS_KEYS =
  `schoolCode name englishName gender birthDate nationality identityType identityNumber overseasType healthStatus campusNumber
  classNumber enrolledMonth enrolMode boardingMode currentAddress mailAddress homeAddress phone postcode hadPreschool isDisabled birthPlaceCode
  nativePlace ethnicity politicalStatus isOnlyChild isOrphan needsAid getsBoardingSubsidy isMartyrChild schoolDistance commuteMode needsSchoolBus
  namePinyin formerName identityValidPeriod bloodType specialty auxiliaryNumber seatNumber studentSource email homepage hasPurchasedPlace`.split(
    /\s+/,
  )

// As residents, without what the system fills in and without a document's number and term (fields 1.1, 1.2).
const NOT_OF_UNDOCUMENTED: ReadonlySet<string> = new Set(['schoolCode', 'identityNumber', 'identityValidPeriod'])

function keysOf({ identityClass, newcomer }: EntryShape): readonly string[] {
  const keys =
    identityClass === 'overseas'
      ? OVERSEAS_KEYS
      : RESIDENT_KEYS.filter((key) => identityClass === 'resident' || !NOT_OF_UNDOCUMENTED.has(key))
  // Who does not enter first grade says which grade, right before the class of it.
  return newcomer ? keys : keys.flatMap((key) => (key === 'classNumber' ? ['gradeName', key] : [key]))
}

const MEMBERS: Readonly<Record<EntryShape['identityClass'], string>> = {
  resident: '两名家庭成员中至少一人“是否监护人”为“是”。',
  overseas: '家庭成员至少填写一人，第二人可以不填；至少一人“是否监护人”为“是”。',
  undocumented: '家庭成员至少填写一人，其中至少一人身份证件类型为居民身份证；至少一人“是否监护人”为“是”。',
}

const notesOf = (entry: EntryShape): readonly string[] => [
  '红字列必须填写，黑字列选填；有下拉列表的列请从列表中选择。',
  '所有单元格都是文本格式，请勿改为数字或日期格式；从别处复制时请“选择性粘贴—数值”。',
  '第 2 行是示例，不会导入，可以保留或删除；不要改动表头，列的次序可以调整，多余的列不会导入。',
  '一份文件中只要有一名学生未通过校验，整份都不会导入；系统会逐行逐列列出全部问题。',
  MEMBERS[entry.identityClass],
  ...(entry.newcomer
    ? []
    : ['“年级”填本校已建立的年级；当年小学一年级新生请使用小学新生注册的模板。班号须属于所填年级。']),
]

function templateOf(category: RegistrationCategory): RoomTemplate {
  const entry = REGISTRATION_ENTRIES[category]
  return {
    id: category,
    title: entry.name,
    sheetName: '学籍注册',
    columns: [...entryColumns(entry, keysOf(entry)), ...memberColumns(entry)],
    notes: notesOf(entry),
  }
}

/**
 * The fields of the six entries (REG-001, fields 1.10): one definition each for template, import, form and API. Those without an import have no file,
 * but the same columns are their form.
 */
export const REGISTRATION_TEMPLATES: Readonly<Record<RegistrationCategory, RoomTemplate>> = {
  R11: templateOf('R11'),
  R12: templateOf('R12'),
  R13: templateOf('R13'),
  R21: templateOf('R21'),
  R22: templateOf('R22'),
  R23: templateOf('R23'),
}

/** The template of a category as it came over the wire; undefined for one that is none. */
export const findTemplate = (category: string): RoomTemplate | undefined =>
  Object.hasOwn(REGISTRATION_TEMPLATES, category) ? REGISTRATION_TEMPLATES[category as RegistrationCategory] : undefined

/** The 73 columns for primary newcomers with a resident identity card, in the order of the second-generation template (fields.md 0, 1.1–1.7). */
export const RESIDENT_NEWCOMER_TEMPLATE: RoomTemplate = REGISTRATION_TEMPLATES.R11
