import type { RoomTemplate, TemplateColumn } from '@xueji/contracts/template/template'
import { type FieldGroup, STUDENT_FIELDS } from '@xueji/domain/student/field-catalogue'

/** A column as forms and drawers name it: inside 家庭成员1 it is 姓名, not 成员1姓名. */
export type GroupedColumn = { readonly column: TemplateColumn; readonly label: string }

/** One group of a form, in the order of the collection table. */
export type ColumnGroup = {
  readonly key: string
  readonly title: string
  /** The two or three characters that fit an anchor. */
  readonly mark: string
  readonly columns: readonly GroupedColumn[]
}

const STUDENT_GROUPS: readonly (readonly [FieldGroup, string, string])[] = [
  ['basic', '学生个人基础信息', '基础信息'],
  ['auxiliary', '学生个人辅助信息', '辅助信息'],
  ['enrolment', '学生学籍基本信息', '学籍信息'],
  ['contact', '学生个人联系信息', '联系信息'],
  ['extended', '学生个人扩展信息', '扩展信息'],
  ['commute', '学生上下学交通方式', '上下学'],
]

const groupOfKey = new Map<string, FieldGroup>(STUDENT_FIELDS.map((field) => [field.key, field.group]))

/** The columns of a template by group (menu §2.2 names the groups); groups without columns fall away. */
export function columnGroups(template: RoomTemplate): readonly ColumnGroup[] {
  const students = STUDENT_GROUPS.map(([key, title, mark]) => ({
    key,
    title,
    mark,
    columns: template.columns
      .filter((column) => groupKeyOf(column.key) === key)
      .map((column) => ({ column, label: column.header })),
  }))
  const members = [0, 1].map((index) => ({
    key: `guardians.${index}`,
    title: `家庭成员${index + 1}`,
    mark: `成员${index + 1}`,
    columns: template.columns
      .filter((column) => groupKeyOf(column.key) === `guardians.${index}`)
      .map((column) => ({ column, label: column.header.replace(/^成员\d/, '') })),
  }))
  return [...students, ...members].filter((group) => group.columns.length > 0)
}

/** Key of the group a column stands in; the school's own code opens the enrolment group. */
export function groupKeyOf(columnKey: string): string {
  if (columnKey.startsWith('guardians.')) return columnKey.slice(0, 11)
  return groupOfKey.get(columnKey) ?? 'enrolment'
}
