import type { RoomTemplate } from '../../template/template.ts'
import { studentColumn } from '../../template/template.ts'

/** The five columns of 学前调档名单 (PRE-001, fields.md 2.1); the number stays empty for children without a document. */
export const PRESCHOOL_ROSTER_TEMPLATE: RoomTemplate = {
  id: 'P01',
  title: '学前调档名单',
  sheetName: '学前调档学生信息',
  columns: [
    studentColumn('name', true, '张小明', { latin: true, aliases: ['学生姓名'], note: '户籍或证件登记的姓名' }),
    studentColumn('gender', true, '男', { note: '居民身份证须与证件号一致' }),
    studentColumn('birthDate', true, '20200315', { note: 'YYYYMMDD，居民身份证须与证件号一致' }),
    studentColumn('identityType', true, '居民身份证', { width: 26 }),
    // The check itself asks for it, except where the type is 其他.
    studentColumn('identityNumber', false, '示例，请删除本行', {
      header: '身份证件号码',
      aliases: ['身份证件号', '身份证号', '身份证号码'],
      note: '身份证件类型为“其他”时留空，其余必填',
    }),
  ],
  notes: [
    '红字列必须填写；身份证件号码除身份证件类型为“其他”外也必须填写。',
    '所有单元格都是文本格式，请勿改为数字或日期格式；从别处复制时请“选择性粘贴—数值”。',
    '第 2 行是示例，不会导入，可以保留或删除；不要改动表头。',
    '一份文件中只要有一名学生未通过校验，整份都不会导入。',
    '同一身份证件号只能录入一次，范围是全部学校的名单和已有学籍的学生。',
  ],
}
