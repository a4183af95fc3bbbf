import type { RoomTemplate, TemplateColumn } from '../../template/template.ts'
import { EXAMPLE_MARK, guardianColumns, studentColumn } from '../../template/template.ts'

const RED = true
const BLACK = false

const REQUIRED_OF_GUARDIAN = new Set([
  'name',
  'relation',
  'currentAddress',
  'householdPlaceCode',
  'phone',
  'isGuardian',
])

const REGION_NOTE = '12 位行政区划代码：前 6 位为县（区）代码，后 6 位填 0'

const SCHOOL_CODE: TemplateColumn = {
  key: 'schoolCode',
  header: '学校标识码',
  required: RED,
  kind: 'digits',
  max: 10,
  width: 14,
  example: '',
  note: '10 位，必须是本校标识码',
}

/** The 73 columns for primary newcomers with a resident identity card, in the order of the second-generation template (fields.md 0, 1.1–1.7). */
export const RESIDENT_NEWCOMER_TEMPLATE: RoomTemplate = {
  id: 'R11',
  title: '居民身份证小学新生注册',
  sheetName: '学籍注册',
  columns: [
    SCHOOL_CODE,
    studentColumn('name', RED, '张小明', { aliases: ['学生姓名'], note: '户籍登记姓名，不含空格' }),
    studentColumn('gender', RED, '男', { note: '须与身份证件号一致' }),
    studentColumn('birthDate', RED, '20200315', { note: 'YYYYMMDD，须与身份证件号一致' }),
    studentColumn('birthPlaceCode', RED, '440202000000', {
      aliases: ['出生地行政区划代码', '出生地代码'],
      note: REGION_NOTE,
    }),
    studentColumn('nativePlace', RED, '广东省韶关市', { note: '填至区/县级' }),
    studentColumn('ethnicity', RED, '汉族'),
    studentColumn('nationality', RED, '中国', { note: '居民身份证学生填“中国”' }),
    studentColumn('identityType', RED, '居民身份证', {
      aliases: ['证件类型'],
      allow: ['1', '6', '7', '8', '9', 'A', 'Z'],
    }),
    studentColumn('identityNumber', RED, `${EXAMPLE_MARK}（本行不会导入）`, {
      aliases: ['身份证号', '身份证件号码', '身份证号码'],
      note: '18 位，文本格式；末位 X 大写',
    }),
    studentColumn('overseasType', RED, '否', { aliases: ['港澳台侨'] }),
    studentColumn('healthStatus', RED, '健康或良好'),
    studentColumn('politicalStatus', BLACK, '群众'),
    studentColumn('householdType', RED, '非农业户口'),
    studentColumn('householdPlaceCode', RED, '440202000000', {
      aliases: ['户口所在地行政区划', '户口所在地行政区划代码'],
      note: REGION_NOTE,
    }),
    studentColumn('campusNumber', BLACK, '', { note: '没有分校区的留空' }),
    studentColumn('classNumber', BLACK, '', { note: '7 位班号，例如 2026101；未分班的留空' }),
    studentColumn('enrolledMonth', RED, '202609', { note: 'YYYYMM' }),
    studentColumn('enrolMode', RED, '就近入学', { allow: ['11', '12'] }),
    studentColumn('boardingMode', RED, '走读'),
    studentColumn('currentAddress', RED, '某某路 1 号 101 室', { note: '具体到村庄、街区门牌号' }),
    studentColumn('mailAddress', RED, '某某路 1 号 101 室'),
    studentColumn('homeAddress', RED, '某某路 1 号 101 室'),
    studentColumn('phone', RED, '13800000000', { note: '手机或带区号的固定电话' }),
    studentColumn('postcode', RED, '512000'),
    studentColumn('isOnlyChild', RED, '否'),
    studentColumn('hadPreschool', RED, '是'),
    studentColumn('isLeftBehind', RED, '否'),
    studentColumn('isRuralLeftBehind', RED, '否'),
    studentColumn('isDisabled', RED, '否'),
    studentColumn('needsAid', RED, '否'),
    studentColumn('getsBoardingSubsidy', RED, '否'),
    studentColumn('isOrphan', RED, '否'),
    studentColumn('isMartyrChild', RED, '否'),
    studentColumn('isMigrant', RED, '否'),
    studentColumn('isMigrantWorkerChild', RED, '否'),
    studentColumn('schoolDistance', RED, '1.5', { aliases: ['上下学距离'], note: '公里，最多一位小数' }),
    studentColumn('commuteMode', RED, '步行'),
    studentColumn('needsSchoolBus', RED, '否'),
    studentColumn('formerName', BLACK, ''),
    studentColumn('identityValidPeriod', BLACK, '', { note: '例如 2020.06.01-2025.06.01' }),
    studentColumn('bloodType', BLACK, ''),
    studentColumn('specialty', BLACK, ''),
    studentColumn('auxiliaryNumber', BLACK, '', { note: '省内编号，校内唯一' }),
    studentColumn('seatNumber', BLACK, '', { note: '班内唯一' }),
    studentColumn('studentSource', BLACK, '正常入学'),
    studentColumn('email', BLACK, ''),
    studentColumn('homepage', BLACK, ''),
    studentColumn('hasPurchasedPlace', BLACK, '', { note: '公办学校只能填“否”或留空' }),
    ...guardianColumns(0, REQUIRED_OF_GUARDIAN, {
      name: '张大明',
      relation: '父亲',
      currentAddress: '某某路 1 号 101 室',
      householdPlaceCode: '440202000000',
      phone: '13800000000',
      isGuardian: '是',
    }),
    ...guardianColumns(1, REQUIRED_OF_GUARDIAN, {
      name: '李小红',
      relation: '母亲',
      currentAddress: '某某路 1 号 101 室',
      householdPlaceCode: '440202000000',
      phone: '13800000001',
      isGuardian: '否',
    }),
  ],
  notes: [
    '红字列必须填写，黑字列选填；有下拉列表的列请从列表中选择。',
    '所有单元格都是文本格式，请勿改为数字或日期格式；从别处复制时请“选择性粘贴—数值”。',
    '第 2 行是示例，不会导入，可以保留或删除；不要改动表头，列的次序可以调整，多余的列不会导入。',
    '一份文件中只要有一名学生未通过校验，整份都不会导入；系统会逐行逐列列出全部问题。',
    '两名家庭成员中至少一人“是否监护人”为“是”。',
  ],
}
