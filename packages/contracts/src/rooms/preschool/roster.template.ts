import { LINE_NOTES, lineColumns } from '../../continuation/line.template.ts'
import type { RoomTemplate } from '../../template/template.ts'

/** The five columns of 学前调档名单 (PRE-001, fields.md 2.1); the number stays empty for children without a document. */
export const PRESCHOOL_ROSTER_TEMPLATE: RoomTemplate = {
  id: 'P01',
  title: '学前调档名单',
  sheetName: '学前调档学生信息',
  columns: lineColumns('20200315'),
  notes: [
    '红字列必须填写；身份证件号码除身份证件类型为“其他”外也必须填写。',
    ...LINE_NOTES,
    '同一身份证件号只能录入一次，范围是全部学校的名单和已有学籍的学生。',
  ],
}
