/** How a field is written, checked, shown and stored. */
export type FieldKind =
  | 'text'
  | 'personName'
  | 'latinName'
  | 'pinyin'
  | 'code'
  | 'yesNo'
  | 'date'
  | 'yearMonth'
  | 'region'
  | 'identityNumber'
  | 'phone'
  | 'postcode'
  | 'email'
  | 'decimal'
  | 'validPeriod'
  | 'digits'

/** One field of the student record (fields.md 1.1–1.7). */
export type Field = {
  readonly key: string
  /** 中文名, as it heads the template column. */
  readonly label: string
  readonly kind: FieldKind
  /** Longest text, in characters. */
  readonly max?: number
  /** Name of the code table, for `code`. */
  readonly codes?: string
  readonly group: FieldGroup
  /** 关键(受控)字段: changes only through their own business (KEY-001). */
  readonly controlled?: boolean
}

/** Groups of the forms and of the collection table. */
export type FieldGroup = 'basic' | 'auxiliary' | 'enrolment' | 'contact' | 'extended' | 'commute'

type Keyed<K extends string> = Field & { readonly key: K }

const inGroup =
  (group: FieldGroup) =>
  <K extends string>(key: K, label: string, kind: FieldKind, more: Partial<Field> = {}): Keyed<K> => ({
    ...more,
    key,
    label,
    kind,
    group,
  })

const basic = inGroup('basic')
const auxiliary = inGroup('auxiliary')
const enrolment = inGroup('enrolment')
const contact = inGroup('contact')
const commute = inGroup('commute')
const extended = inGroup('extended')
const yesNo = <K extends string>(key: K, label: string): Keyed<K> => extended(key, label, 'yesNo')

/** Every field of a student that a template, a form or the record holds, guardians apart. Keys are the glossary's. */
export const STUDENT_FIELDS = [
  basic('name', '姓名', 'personName', { max: 50, controlled: true }),
  basic('englishName', '英文姓名', 'latinName', { max: 100 }),
  basic('gender', '性别', 'code', { codes: 'GENDER', controlled: true }),
  basic('birthDate', '出生日期', 'date', { controlled: true }),
  basic('birthPlaceCode', '出生地', 'region'),
  basic('nativePlace', '籍贯', 'text', { max: 100 }),
  basic('ethnicity', '民族', 'code', { codes: 'ETHNIC' }),
  basic('nationality', '国籍/地区', 'code', { codes: 'COUNTRY', controlled: true }),
  basic('identityType', '身份证件类型', 'code', { codes: 'IDTYPE', controlled: true }),
  basic('identityNumber', '身份证件号', 'identityNumber', { max: 30, controlled: true }),
  basic('overseasType', '港澳台侨外', 'code', { codes: 'HMT' }),
  basic('healthStatus', '健康状况', 'code', { codes: 'HEALTH' }),
  basic('politicalStatus', '政治面貌', 'code', { codes: 'POLITICAL' }),
  auxiliary('namePinyin', '姓名拼音', 'pinyin', { max: 100 }),
  auxiliary('householdType', '户口性质', 'code', { codes: 'HUKOU' }),
  auxiliary('householdPlaceCode', '户口所在地', 'region'),
  auxiliary('formerName', '曾用名', 'text', { max: 50 }),
  auxiliary('identityValidPeriod', '身份证件有效期', 'validPeriod', { max: 21 }),
  auxiliary('bloodType', '血型', 'code', { codes: 'BLOOD' }),
  auxiliary('specialty', '特长', 'text', { max: 100 }),
  enrolment('campusNumber', '校区号', 'digits', { max: 4 }),
  enrolment('classNumber', '班号', 'digits', { max: 7, controlled: true }),
  enrolment('enrolledMonth', '入学年月', 'yearMonth'),
  enrolment('enrolMode', '入学方式', 'code', { codes: 'ENROLL' }),
  enrolment('boardingMode', '就读方式', 'code', { codes: 'BOARD' }),
  enrolment('auxiliaryNumber', '学籍辅号', 'text', { max: 30 }),
  enrolment('seatNumber', '班内学号', 'text', { max: 10 }),
  enrolment('studentSource', '学生来源', 'code', { codes: 'SOURCE' }),
  contact('currentAddress', '现住址', 'text', { max: 200 }),
  contact('mailAddress', '通信地址', 'text', { max: 200 }),
  contact('homeAddress', '家庭地址', 'text', { max: 200 }),
  contact('phone', '联系电话', 'phone', { max: 30 }),
  contact('postcode', '邮政编码', 'postcode', { max: 6 }),
  contact('email', '电子信箱', 'email', { max: 60 }),
  contact('homepage', '主页地址', 'text', { max: 100 }),
  yesNo('isOnlyChild', '是否独生子女'),
  yesNo('hadPreschool', '是否受过学前教育'),
  yesNo('isLeftBehind', '是否留守儿童'),
  yesNo('isRuralLeftBehind', '是否农村留守儿童'),
  yesNo('isDisabled', '是否残疾人'),
  yesNo('needsAid', '是否需要申请资助'),
  yesNo('getsBoardingSubsidy', '是否享受一补'),
  yesNo('isOrphan', '是否孤儿'),
  yesNo('isMartyrChild', '是否烈士或优抚子女'),
  yesNo('isMigrant', '是否随迁子女'),
  yesNo('isMigrantWorkerChild', '是否进城务工人员随迁子女'),
  yesNo('hasPurchasedPlace', '是否由政府购买学位'),
  commute('schoolDistance', '上下学距离(公里)', 'decimal'),
  commute('commuteMode', '上下学交通方式', 'code', { codes: 'COMMUTE' }),
  commute('needsSchoolBus', '是否需要乘坐校车', 'yesNo'),
] as const satisfies readonly Field[]

/** Fields of one family member or guardian, in template order (fields.md 1.7, 2013# 49–60). */
export const GUARDIAN_FIELDS = [
  { key: 'name', label: '姓名', kind: 'personName', max: 50 },
  { key: 'relation', label: '关系', kind: 'code', codes: 'RELATION' },
  { key: 'relationNote', label: '关系说明', kind: 'text', max: 50 },
  { key: 'ethnicity', label: '民族', kind: 'code', codes: 'ETHNIC' },
  { key: 'workUnit', label: '工作单位', kind: 'text', max: 100 },
  { key: 'currentAddress', label: '现住址', kind: 'text', max: 200 },
  { key: 'householdPlaceCode', label: '户口所在地', kind: 'region' },
  { key: 'phone', label: '联系电话', kind: 'phone', max: 30 },
  { key: 'isGuardian', label: '是否监护人', kind: 'yesNo' },
  { key: 'identityType', label: '身份证件类型', kind: 'code', codes: 'IDTYPE_GUARDIAN' },
  { key: 'identityNumber', label: '身份证件号', kind: 'identityNumber', max: 30 },
  { key: 'jobTitle', label: '职务', kind: 'text', max: 50 },
] as const satisfies readonly Omit<Field, 'group'>[]

/** Key of a student field. */
export type StudentFieldKey = (typeof STUDENT_FIELDS)[number]['key']

/** Key of a guardian field. */
export type GuardianFieldKey = (typeof GUARDIAN_FIELDS)[number]['key']

/** One guardian as typed values: codes, 'YYYY-MM-DD', '1'/'0'; absent when empty. */
export type GuardianValues = Partial<Record<GuardianFieldKey, string>>

/** A student as typed values; the payload of a registration and the source of the record. */
export type StudentValues = Partial<Record<StudentFieldKey, string>> & {
  readonly schoolCode?: string
  /** 年级 as the school names it, for those who choose one (REG-015); the record refers to the grade itself. */
  readonly gradeName?: string
  /** 学籍号 and 就读状态 as a load of old records brings them; a registration has neither. */
  readonly studentNumber?: string
  readonly studyStatus?: string
  readonly guardians?: readonly GuardianValues[]
}
