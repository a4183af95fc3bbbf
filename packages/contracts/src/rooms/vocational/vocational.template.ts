import type { RoomTemplate, TemplateColumn } from '../../template/template.ts'
import { studentColumn } from '../../template/template.ts'

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
  columns: [
    STUDENT_NUMBER,
    studentColumn('name', true, '张小明', { latin: true, aliases: ['学生姓名'], note: '户籍或证件登记的姓名' }),
    studentColumn('gender', true, '男', { note: '居民身份证须与证件号一致' }),
    studentColumn('birthDate', true, '20110315', { note: 'YYYYMMDD，居民身份证须与证件号一致' }),
    studentColumn('identityType', true, '居民身份证', { width: 26 }),
    // The check itself asks for it, except where the type is 其他.
    studentColumn('identityNumber', false, '示例，请删除本行', {
      header: '身份证件号码',
      aliases: ['身份证件号', '身份证号', '身份证号码'],
      note: '身份证件类型为“其他”时留空，其余必填',
    }),
  ],
  notes: [
    '红字列必须填写；学籍号可以留空；身份证件号码除身份证件类型为“其他”外也必须填写。',
    '所有单元格都是文本格式，请勿改为数字或日期格式；从别处复制时请“选择性粘贴—数值”。',
    '第 2 行是示例，不会导入，可以保留或删除；不要改动表头。',
    '一份文件中只要有一名学生未通过校验，整份都不会导入。',
    '同一身份证件号在本校名单中只能录入一次。',
  ],
}
