import { codeTable } from '../../codes/code-tables.ts'

/** A child as 采集表 prints it: texts by field key, grade and class by name, regions by full name. */
export type CollectedChild = {
  readonly values: Readonly<Record<string, string>>
  readonly gradeName: string
  readonly className: string
  readonly placeName: (code: string) => string
}

/** One of the 37 items of 采集表 (2022 修订, fields.md 1.11). */
export type CollectionItem = {
  readonly number: number
  readonly label: string
  /** ★ 必采. */
  readonly required: boolean
  readonly text: (child: CollectedChild) => string
  /** What may be ticked on a blank form; absent where one writes. */
  readonly ticks?: readonly string[]
}

/** A part of the form: its title, and its items in the order of the paper. */
export type CollectionSection = { readonly title: string; readonly items: readonly CollectionItem[] }

type Text = CollectionItem['text']

const YES_NO = ['是', '否']
const written =
  (key: string): Text =>
  (child) =>
    child.values[key] ?? ''
const named =
  (key: string, table: string): Text =>
  (child) =>
    codeTable(table).label(child.values[key])
const place =
  (key: string): Text =>
  (child) =>
    child.values[key] ? child.placeName(child.values[key]) : ''
const item = (
  number: number,
  label: string,
  required: boolean,
  text: Text,
  ticks?: readonly string[],
): CollectionItem => ({ number, label, required, text, ...(ticks ? { ticks } : {}) })

// 住校 is what makes a boarder (fields.md 1.3).
const isBoarder: Text = ({ values }) => (values.boardingMode ? (values.boardingMode === '2' ? '是' : '否') : '')

/** The nine items of family member 1 or 2: 18–26, 27–35. */
function memberItems(index: 0 | 1): readonly CollectionItem[] {
  const first = 18 + index * 9
  const of = (field: string): string => `guardians.${index}.${field}`
  return [
    item(first, '姓名', true, written(of('name'))),
    item(first + 1, '关系', true, named(of('relation'), 'RELATION')),
    item(first + 2, '是否监护人', true, named(of('isGuardian'), 'YESNO'), YES_NO),
    item(first + 3, '民族', false, named(of('ethnicity'), 'ETHNIC')),
    item(first + 4, '身份证件类型', true, named(of('identityType'), 'IDTYPE_GUARDIAN')),
    item(first + 5, '身份证号', true, written(of('identityNumber'))),
    item(first + 6, '工作单位', false, written(of('workUnit'))),
    item(first + 7, '户口所在地具体地址', true, place(of('householdPlaceCode'))),
    item(first + 8, '联系电话', true, written(of('phone'))),
  ]
}

/** Title of the form, and its second line. */
export const COLLECTION_TITLE = ['全国中小学生学籍信息管理系统学生基本信息采集表', '（2022年修订版）'] as const

/** 采集表 of 2022, all 37 items (fields.md 1.11). */
export const COLLECTION_TABLE: readonly CollectionSection[] = [
  {
    title: '学生个人基础信息',
    items: [
      item(1, '姓名', true, written('name')),
      item(2, '曾用名', false, written('formerName')),
      item(3, '性别', true, named('gender', 'GENDER'), ['男', '女']),
      item(4, '国籍/地区', true, named('nationality', 'COUNTRY')),
      item(5, '港澳台侨外', true, named('overseasType', 'HMT')),
      item(6, '民族', true, named('ethnicity', 'ETHNIC')),
      item(7, '身份证件类型', true, named('identityType', 'IDTYPE')),
      item(8, '身份证件号', true, written('identityNumber')),
      item(9, '出生日期', true, written('birthDate')),
      item(10, '现居住详细地址', true, written('currentAddress')),
      item(11, '户口所在地具体地址', true, place('householdPlaceCode')),
      item(12, '年级', true, (child) => child.gradeName),
      item(13, '班级', true, (child) => child.className),
      item(14, '政治面貌', true, named('politicalStatus', 'POLITICAL')),
      item(15, '是否寄宿生', true, isBoarder, YES_NO),
      item(16, '是否残疾人', true, named('isDisabled', 'YESNO'), YES_NO),
      item(17, '是否农村留守儿童', true, named('isRuralLeftBehind', 'YESNO'), YES_NO),
    ],
  },
  { title: '学生家庭成员或监护人信息一', items: memberItems(0) },
  { title: '学生家庭成员或监护人信息二', items: memberItems(1) },
  {
    title: '特殊教育学生信息（第16项选“是”的填报）',
    // Kept by 特教学生信息管理, not by registration: the school writes them in.
    items: [item(36, '残疾类型', false, () => ''), item(37, '特教学生就读类型', false, () => '')],
  },
]

/** How to fill a blank form: the names that are chosen from (S1: 选项数据填写名称). */
export const COLLECTION_NOTES: readonly string[] = [
  '带★为必采信息项；选项请填写名称，方框请打“√”。姓名、身份证件号、户口所在地须与户口簿一致，地址填写到门牌号。',
  `身份证件类型：${namesOf('IDTYPE_GUARDIAN')}（户口簿只用于家庭成员；学生持户口簿的填“居民身份证”）。`,
  `政治面貌：${namesOf('POLITICAL')}。关系：${namesOf('RELATION')}。港澳台侨外：非港澳台侨外的填“否”。`,
  '残疾类型：视力残疾、听力残疾、言语残疾、肢体残疾、智力残疾、精神残疾、多重残疾。特教学生就读类型：普通学校特教班就读、普通学校随班就读、特教学校就读、送教上门。',
]

function namesOf(table: string): string {
  return codeTable(table)
    .entries.map((entry) => entry.name)
    .join('、')
}

/** The texts of all 37 items in the order of their numbers. */
export const collectedTexts = (child: CollectedChild): string[] =>
  COLLECTION_TABLE.flatMap((section) => section.items.map((one) => one.text(child)))
