import { type FieldGroup, STUDENT_FIELDS } from '@xueji/domain/student/field-catalogue'

/** Titles of the groups of the collection table, in its order (menu §2.2). */
export const FIELD_GROUP_TITLES: Readonly<Record<FieldGroup, string>> = {
  basic: '学生个人基础信息',
  auxiliary: '学生个人辅助信息',
  enrolment: '学生学籍基本信息',
  contact: '学生个人联系信息',
  extended: '学生个人扩展信息',
  commute: '学生上下学交通方式',
}

const groupOfKey = new Map<string, FieldGroup>(STUDENT_FIELDS.map((field) => [field.key, field.group]))

/** Key of the group a column stands in, `guardians.0` for the first family member; the school's own code opens the enrolment group. */
export function groupKeyOf(columnKey: string): string {
  if (columnKey.startsWith('guardians.')) return columnKey.slice(0, 11)
  return groupOfKey.get(columnKey) ?? 'enrolment'
}

/** Title of the group a column stands in. */
export function groupTitleOf(columnKey: string): string {
  const key = groupKeyOf(columnKey)
  if (key.startsWith('guardians.')) return `家庭成员${Number(key.slice(10)) + 1}`
  return FIELD_GROUP_TITLES[key as FieldGroup]
}
