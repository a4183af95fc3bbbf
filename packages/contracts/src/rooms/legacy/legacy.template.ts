import type { RoomTemplate, TemplateColumn } from '../../template/template.ts'
import { guardianColumns, studentColumn } from '../../template/template.ts'

const place = (
  key: string,
  header: string,
  example: string,
  more: Partial<TemplateColumn> & Pick<TemplateColumn, 'kind' | 'required' | 'note'>,
): TemplateColumn => ({ key, header, example, width: Math.max(14, header.length * 2 + 2), ...more })

// Who has died or was struck off holds no number (DUP-003); who has moved on is loaded where he is now.
const STATUSES = ['ZX', 'XX', 'YSCX', 'CX', 'CJ', 'SZ', 'TX', 'KC', 'QTLX', 'QZZ', 'BY', 'JY', 'YY'] as const

/** What old records know besides: as the registration template has it, but nothing of it is asked for (fields 1.1–1.6). */
const KNOWN =
  `englishName birthPlaceCode nativePlace ethnicity nationality overseasType healthStatus politicalStatus householdType householdPlaceCode
  formerName identityValidPeriod bloodType specialty campusNumber enrolledMonth enrolMode boardingMode auxiliaryNumber seatNumber studentSource
  currentAddress mailAddress homeAddress phone postcode email homepage isOnlyChild hadPreschool isLeftBehind isRuralLeftBehind isDisabled needsAid
  getsBoardingSubsidy isOrphan isMartyrChild isMigrant isMigrantWorkerChild hasPurchasedPlace schoolDistance commuteMode needsSchoolBus namePinyin`.split(
    /\s+/,
  )

const EXAMPLES: Readonly<Record<string, string>> = { nationality: '中国', ethnicity: '汉族', overseasType: '否' }

/** Students of old as they come by file, of any number of schools at once: eight columns must be filled, the others may (存量学籍导入). */
export const LEGACY_TEMPLATE: RoomTemplate = {
  id: 'L01',
  title: '存量学籍',
  sheetName: '存量学籍',
  columns: [
    place('schoolCode', '学校标识码', '', {
      kind: 'digits',
      required: true,
      max: 10,
      note: '10 位，须是本单位辖区内的学校',
    }),
    place('gradeName', '年级', '小学2024级', {
      kind: 'text',
      required: true,
      max: 40,
      aliases: ['年级名称'],
      note: '该校已建立的年级名称',
    }),
    studentColumn('classNumber', false, '', { note: '7 位班号，须是该校该年级已建立的班；未分班的留空' }),
    place('studentNumber', '学籍号', '', {
      kind: 'identityNumber',
      required: false,
      max: 19,
      aliases: ['全国学籍号'],
      width: 24,
      note: '19 位，G、L 或 J 开头；有效且无人占用的沿用，其余另行分配',
    }),
    place('studyStatus', '就读状态', '在校', {
      kind: 'code',
      codes: 'STATUS',
      allow: STATUSES,
      required: false,
      aliases: ['学生状态'],
      note: '不填为“在校”',
    }),
    studentColumn('name', true, '张小明', { latin: true, aliases: ['学生姓名'], note: '户籍或证件登记的姓名' }),
    studentColumn('gender', true, '男'),
    studentColumn('birthDate', true, '20170315', { note: 'YYYYMMDD' }),
    studentColumn('identityType', true, '居民身份证', { aliases: ['证件类型'], width: 26 }),
    // The check itself asks for it, except where the type is 其他.
    studentColumn('identityNumber', false, '示例（本行不会导入）', {
      aliases: ['身份证号', '身份证件号码', '身份证号码'],
      note: '身份证件类型为“其他”时留空，其余必填；有错误或与他人重复的照常导入，生成问题学籍',
    }),
    ...KNOWN.map((key) => studentColumn(key, false, EXAMPLES[key] ?? '')),
    ...guardianColumns(0, new Set(), {}),
    ...guardianColumns(1, new Set(), {}),
  ],
  notes: [
    '由省级数据管理员、区县教育部门学籍管理员导入已在校的学生，可一次导入多所学校，可用 .xlsx 或 .csv；每行以学校标识码指明学校。',
    '身份证件号有错误，或与文件内、全国其他学生重复的，照常导入并生成历史问题学籍，由学校在问题学籍处理中办理。',
    '无身份证件学生姓名、性别、出生日期与其他无证件学生都相同的，同样生成历史问题学籍。',
    '不能成为学生的行（没有姓名、学校不在辖区、代码填错等）不导入，在导入结果中逐行列出；其余照常导入。',
    '同一份文件可以重复导入：已导入的学生不会重复建立，只更新有变化的非关键信息，空单元格表示不修改。',
  ],
}
