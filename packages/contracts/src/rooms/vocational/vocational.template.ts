import { LINE_NOTES, lineColumns } from '../../continuation/line.template.ts'
import type { RoomTemplate, TemplateColumn } from '../../template/template.ts'

/** 学籍号 as the list may name it; no field of the form of a record, for nobody writes it there. */
const STUDENT_NUMBER: TemplateColumn = {
  key: 'studentNumber',
  header: '学籍号',
  required: false,
  kind: 'identityNumber',
  max: 19,
  width: 24,
  aliases: ['全国学籍号'],
  example: '',
  note: '选填，19 位；填写的须与姓名、身份证件号属于同一学生',
}

/** The six columns of 中职调档名单 (PRE-019, fields.md 2.2). */
export const VOCATIONAL_TEMPLATE: RoomTemplate = {
  id: 'Z01',
  title: '中职调档名单',
  sheetName: '中职调档学生信息',
  columns: [STUDENT_NUMBER, ...lineColumns('20110315')],
  notes: [
    '红字列必须填写；学籍号可以留空；身份证件号码除身份证件类型为“其他”外也必须填写。',
    ...LINE_NOTES,
    '同一身份证件号在本校名单中只能录入一次。',
  ],
}
