import type { RoomTemplate, TemplateColumn } from '../../template/template.ts'
import { guardianColumns, studentColumn } from '../../template/template.ts'

const place = (
  key: string,
  header: string,
  kind: 'text' | 'region',
  example: string,
  note: string,
): TemplateColumn => ({
  key,
  header,
  required: true,
  kind,
  max: 100,
  width: kind === 'text' ? 26 : 18,
  example,
  note,
})

/** Columns of an archive that no student record has. */
export const ARCHIVE_PLACE_COLUMNS = [
  place('kindergartenName', '幼儿园名称', 'text', '某某幼儿园', '与幼儿园公章一致'),
  place('kindergartenRegion', '幼儿园所属区县', 'region', '440203000000', '12 位行政区划代码，前 6 位为区县'),
] as const

/** What an archive knows besides the five fields; each key is a field of the student record and fills it beforehand (PRE-013). */
const PROFILE = [
  'nationality',
  'overseasType',
  'ethnicity',
  'birthPlaceCode',
  'nativePlace',
  'healthStatus',
  'householdType',
  'householdPlaceCode',
  'bloodType',
  'currentAddress',
  'phone',
  'isOnlyChild',
  'isLeftBehind',
  'isDisabled',
  'isOrphan',
] as const

/** Shared archives of the preschool system as they come by file: five fields, kindergarten, and what else is known (issue 学前接续). */
export const PRESCHOOL_ARCHIVE_TEMPLATE: RoomTemplate = {
  id: 'A01',
  title: '学前档案共享数据',
  sheetName: '学前档案',
  columns: [
    studentColumn('name', true, '张小明', { latin: true, aliases: ['学生姓名', '幼儿姓名'] }),
    studentColumn('gender', true, '男'),
    studentColumn('birthDate', true, '20200315', { note: 'YYYYMMDD' }),
    studentColumn('identityType', true, '居民身份证', { width: 26 }),
    studentColumn('identityNumber', false, '示例，请删除本行', {
      header: '身份证件号码',
      aliases: ['身份证件号', '身份证号', '身份证号码'],
      note: '身份证件类型为“其他”时留空，其余必填',
    }),
    ...ARCHIVE_PLACE_COLUMNS,
    ...PROFILE.map((key) => studentColumn(key, false, '')),
    ...guardianColumns(0, new Set(), {}),
    ...guardianColumns(1, new Set(), {}),
  ],
  notes: [
    '由教育部、省级数据管理员导入学前教育管理信息系统共享的幼儿档案，可用 .xlsx 或 .csv。',
    '按身份证件类型和号码识别同一幼儿：已有的更新，没有的新增；无证件幼儿按姓名、性别、出生日期和幼儿园识别。',
    '未通过校验的行不导入，在导入结果中逐行列出；其余照常导入。',
  ],
}
