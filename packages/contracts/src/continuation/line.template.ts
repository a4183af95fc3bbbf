import { studentColumn, type TemplateColumn } from '../template/template.ts'

/** The columns of the five fields in a list of newcomers; `birthDate` is the example's. */
export const lineColumns = (birthDate: string): readonly TemplateColumn[] => [
  studentColumn('name', true, '张小明', { latin: true, aliases: ['学生姓名'], note: '户籍或证件登记的姓名' }),
  studentColumn('gender', true, '男', { note: '居民身份证须与证件号一致' }),
  studentColumn('birthDate', true, birthDate, { note: 'YYYYMMDD，居民身份证须与证件号一致' }),
  studentColumn('identityType', true, '居民身份证', { width: 26 }),
  // The check itself asks for it, except where the type is 其他.
  studentColumn('identityNumber', false, '示例，请删除本行', {
    header: '身份证件号码',
    aliases: ['身份证件号', '身份证号', '身份证号码'],
    note: '身份证件类型为“其他”时留空，其余必填',
  }),
]

/** What the notes of every such list say, between which columns are red and where a number may stand. */
export const LINE_NOTES = [
  '所有单元格都是文本格式，请勿改为数字或日期格式；从别处复制时请“选择性粘贴—数值”。',
  '第 2 行是示例，不会导入，可以保留或删除；不要改动表头。',
  '一份文件中只要有一名学生未通过校验，整份都不会导入。',
] as const
