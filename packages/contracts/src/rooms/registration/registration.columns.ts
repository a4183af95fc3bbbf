import { type IdentityClass, type IdentityType, identityClassOf } from '@xueji/domain/identity/identity-type'
import type { RegistrationEntry } from '@xueji/domain/rooms/registration/registration.review'
import { IDTYPE } from '../../codes/student-codes.ts'
import type { TemplateColumn } from '../../template/template.ts'
import { EXAMPLE_MARK, guardianColumns, studentColumn } from '../../template/template.ts'

/** What decides the columns of an entry. */
export type EntryShape = Pick<RegistrationEntry, 'identityClass' | 'newcomer'>

const RED = true
const BLACK = false
const REGION_NOTE = '12 位行政区划代码：前 6 位为县（区）代码，后 6 位填 0'
const ADDRESS = '某某路 1 号 101 室'

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

const GRADE: TemplateColumn = {
  key: 'gradeName',
  header: '年级',
  required: RED,
  kind: 'text',
  max: 40,
  aliases: ['年级名称'],
  width: 16,
  example: '',
  note: '本校年级名称，从下拉列表中选择',
}

/** Columns by key, as this entry has them: what is required, what may be chosen, what the notes say (fields 1.1–1.6, 1.10). */
export function entryColumns(entry: EntryShape, keys: readonly string[]): readonly TemplateColumn[] {
  const columns = columnsOf(entry)
  return keys.map((key) => {
    const column = columns.get(key)
    if (!column) throw new Error(`no column ${key}`)
    return column
  })
}

/** Both family members; the second may be left out where the child has no resident card (fields 1.7, 1.10). */
export function memberColumns({ identityClass }: EntryShape): readonly TemplateColumn[] {
  const needed = ['name', 'relation', 'currentAddress', 'phone', 'isGuardian']
  const first = new Set(identityClass === 'resident' ? [...needed, 'householdPlaceCode'] : needed)
  const second = identityClass === 'resident' ? first : new Set<string>()
  const shared = { currentAddress: ADDRESS, householdPlaceCode: '440202000000' }
  return [
    ...guardianColumns(0, first, {
      ...shared,
      name: '张大明',
      relation: '父亲',
      phone: '13800000000',
      isGuardian: '是',
    }),
    ...guardianColumns(1, second, {
      ...shared,
      name: '李小红',
      relation: '母亲',
      phone: '13800000001',
      isGuardian: '否',
    }),
  ]
}

/** The documents a class of entries is for (REG-005). */
export const identityTypesOf = (identityClass: IdentityClass): readonly string[] =>
  IDTYPE.entries.map(({ code }) => code).filter((code) => identityClassOf(code as IdentityType) === identityClass)

function columnsOf({ identityClass, newcomer }: EntryShape): ReadonlyMap<string, TemplateColumn> {
  const overseas = identityClass === 'overseas'
  const resident = identityClass === 'resident'
  // What only overseas entries leave open.
  const local = !overseas
  const followsNumber = resident ? '须与身份证件号一致' : ''
  const list = [
    SCHOOL_CODE,
    GRADE,
    studentColumn('name', RED, overseas ? 'Alex Tester' : '张小明', {
      aliases: ['学生姓名'],
      note: overseas ? '证件上的姓名，汉字或拉丁字母' : '户籍登记姓名，不含空格',
      ...(overseas ? { latin: true } : {}),
    }),
    studentColumn('englishName', BLACK, '', { note: '护照上的拉丁字母姓名' }),
    studentColumn('gender', RED, '男', followsNumber ? { note: followsNumber } : {}),
    studentColumn('birthDate', RED, newcomer ? '20200315' : '20140315', {
      note: followsNumber ? `YYYYMMDD，${followsNumber}` : 'YYYYMMDD',
    }),
    // On a page 出生地 may be left out (fields 1.1); only residents are asked for it in a file.
    studentColumn('birthPlaceCode', resident, overseas ? '' : '440202000000', {
      aliases: ['出生地行政区划代码', '出生地代码'],
      note: REGION_NOTE,
    }),
    studentColumn('nativePlace', local, overseas ? '' : '广东省韶关市', { note: '填至区/县级' }),
    studentColumn('ethnicity', local, overseas ? '' : '汉族'),
    studentColumn('nationality', RED, overseas ? '美国' : '中国', {
      note: overseas
        ? '中国香港、中国澳门、中国台湾或外国，不能填“中国”'
        : resident
          ? '居民身份证学生填“中国”'
          : '无身份证件学生填“中国”',
    }),
    studentColumn('identityType', RED, overseas ? '护照' : IDTYPE.label(resident ? '1' : 'Z'), {
      aliases: ['证件类型'],
      // Every type can be read, so that the rules can say which entry it belongs to (REG-005).
      allow: IDTYPE.entries.map(({ code }) => code),
      offer: identityTypesOf(identityClass),
    }),
    studentColumn('identityNumber', RED, `${EXAMPLE_MARK}（本行不会导入）`, {
      aliases: ['身份证号', '身份证件号码', '身份证号码'],
      note: resident ? '18 位，文本格式；末位 X 大写' : '文本格式；字母大写，不含空格',
    }),
    studentColumn('overseasType', RED, overseas ? '外国人' : '否', {
      aliases: ['港澳台侨'],
      ...(overseas ? { note: '不能填“否”' } : {}),
    }),
    studentColumn('healthStatus', RED, '健康或良好'),
    studentColumn('politicalStatus', BLACK, '群众'),
    studentColumn('householdType', RED, '非农业户口'),
    studentColumn('householdPlaceCode', RED, '440202000000', {
      aliases: ['户口所在地行政区划', '户口所在地行政区划代码'],
      note: REGION_NOTE,
    }),
    studentColumn('campusNumber', BLACK, '', { note: '没有分校区的留空' }),
    studentColumn('classNumber', BLACK, '', { note: '7 位班号，例如 2026101；未分班的留空' }),
    studentColumn('enrolledMonth', RED, '202609', {
      note: newcomer ? 'YYYYMM' : 'YYYYMM，进入本教育阶段起始年级的年月，须与年级一致',
    }),
    studentColumn('enrolMode', RED, '就近入学', newcomer ? { allow: ['11', '12'] } : {}),
    studentColumn('boardingMode', RED, '走读'),
    studentColumn('currentAddress', RED, ADDRESS, { note: '具体到村庄、街区门牌号' }),
    studentColumn('mailAddress', RED, ADDRESS),
    studentColumn('homeAddress', RED, ADDRESS),
    studentColumn('phone', RED, '13800000000', { note: '手机或带区号的固定电话' }),
    studentColumn('postcode', RED, '512000'),
    studentColumn('isOnlyChild', local, '否'),
    studentColumn('hadPreschool', RED, '是'),
    studentColumn('isLeftBehind', RED, '否'),
    studentColumn('isRuralLeftBehind', RED, '否', newcomer ? {} : { note: '高中只能填“否”' }),
    studentColumn('isDisabled', RED, '否'),
    studentColumn('needsAid', local, '否'),
    studentColumn('getsBoardingSubsidy', local, '否', newcomer ? {} : { note: '高中只能填“否”' }),
    studentColumn('isOrphan', local, '否'),
    studentColumn('isMartyrChild', local, '否'),
    studentColumn('isMigrant', RED, '否'),
    studentColumn('isMigrantWorkerChild', RED, '否', newcomer ? {} : { note: '高中只能填“否”' }),
    studentColumn('schoolDistance', local, '1.5', { aliases: ['上下学距离'], note: '公里，最多一位小数' }),
    studentColumn('commuteMode', local, '步行'),
    studentColumn('needsSchoolBus', local, '否'),
    studentColumn('namePinyin', BLACK, '', { note: '大写字母，例如 SUNJIAYI；不填时按姓名自动生成' }),
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
  ]
  return new Map(list.map((column) => [column.key, column]))
}
