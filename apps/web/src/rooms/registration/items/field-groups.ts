import { FIELD_GROUP_TITLES, groupKeyOf } from '@xueji/contracts/template/field-groups'
import type { RoomTemplate, TemplateColumn } from '@xueji/contracts/template/template'
import type { FieldGroup } from '@xueji/domain/student/field-catalogue'

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

const MARKS: readonly (readonly [FieldGroup, string])[] = [
  ['basic', '基础信息'],
  ['auxiliary', '辅助信息'],
  ['enrolment', '学籍信息'],
  ['contact', '联系信息'],
  ['extended', '扩展信息'],
  ['commute', '上下学'],
]

/** The columns of a template by group (menu §2.2 names the groups); groups without columns fall away. */
export function columnGroups(template: RoomTemplate): readonly ColumnGroup[] {
  const students = MARKS.map(([key, mark]) => ({
    key,
    title: FIELD_GROUP_TITLES[key],
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
