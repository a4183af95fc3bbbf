import { checkCharacter } from '@xueji/domain/identity/identity-number'
import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import { plainDate } from '@xueji/domain/kernel/plain-date'
import type { GuardianValues, StudentValues } from '@xueji/domain/student/field-catalogue'
import type { Chance } from './random.ts'

const SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高梁郑谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余叶杜苏魏程吕丁沈任姚卢傅钟姜崔谭陆汪范廖'
const GIVEN =
  '子梓浩宇轩涵怡欣雨思佳诗琪嘉俊杰晨阳博文睿哲铭泽熙彤婷雅静可昊天乐瑶悦安然明辉志远书航语桐心妍一诺沐辰若曦景行知许清越以宁'
const STREETS = ['解放路', '人民路', '建设路', '新华路', '和平路', '文化路', '学府路', '滨江路', '工业路', '朝阳路']

/** Sequence codes that the identity sandbox answers in a special way (DUP-009); two each, even = girl, odd = boy. */
export const STEERED = {
  duplicate: [990, 991],
  notFound: [980, 981],
  nameMismatch: [970, 971],
  hangs: [962, 963],
  flaky: [950, 951],
} as const

/** What a made child may be asked to be. */
export type ChildWish = {
  /** 6-digit county in which the number was issued. */
  readonly regionCode: string
  readonly regionName: string
  readonly schoolCode: string
  /** Year of entry into first grade: the child is six or seven by its 31 August. */
  readonly entryYear: number
  readonly outcome?: keyof typeof STEERED
  readonly classNumber?: string
}

/** An invented 18-character number: county + birth date + sequence + check character. Sequences 001–899 are plain, higher ones are steered. */
export function buildIdentityNumber(regionCode: string, birth: PlainDate, sequence: number): string {
  const body = regionCode + birth.replaceAll('-', '') + String(sequence).padStart(3, '0')
  return body + checkCharacter(body)
}

/** An invented child with two parents, valid in every field of the newcomers' template unless wished otherwise. */
export function buildChild(chance: Chance, wish: ChildWish): StudentValues {
  const boy = chance.next() < 0.52
  const birth = buildBirthDate(chance, wish.entryYear)
  const steered = wish.outcome ? STEERED[wish.outcome][boy ? 1 : 0] : undefined
  const sequence = steered ?? chance.between(0, 449) * 2 + (boy ? 1 : 2)
  const surname = chance.pick([...SURNAMES])
  const address = `${wish.regionName}${chance.pick(STREETS)}${chance.between(1, 300)}号${chance.between(1, 30)}0${chance.between(1, 6)}室`
  const place = `${wish.regionCode}000000`
  return {
    schoolCode: wish.schoolCode,
    name: surname + givenName(chance),
    gender: boy ? '1' : '2',
    birthDate: birth,
    birthPlaceCode: place,
    nativePlace: wish.regionName,
    ethnicity: chance.next() < 0.94 ? '01' : chance.pick(['03', '08', '11', '15']),
    nationality: 'CHN',
    identityType: '1',
    identityNumber: buildIdentityNumber(wish.regionCode, birth, sequence),
    overseasType: '00',
    healthStatus: '10',
    politicalStatus: '13',
    householdType: chance.next() < 0.4 ? '1' : '2',
    householdPlaceCode: place,
    ...(wish.classNumber ? { classNumber: wish.classNumber } : {}),
    enrolledMonth: `${wish.entryYear}09`,
    enrolMode: '11',
    boardingMode: '1',
    currentAddress: address,
    mailAddress: address,
    homeAddress: address,
    phone: phoneNumber(chance),
    postcode: '512000',
    isOnlyChild: chance.next() < 0.4 ? '1' : '0',
    hadPreschool: '1',
    ...Object.fromEntries(PLAIN_NO.map((key) => [key, '0'])),
    schoolDistance: (chance.between(2, 60) / 10).toFixed(1).replace(/\.0$/, ''),
    commuteMode: chance.pick(['1', '2', '3', '4']),
    needsSchoolBus: '0',
    studentSource: '1',
    guardians: [
      buildParent(chance, surname, '51', address, place, '1'),
      buildParent(chance, chance.pick([...SURNAMES]), '52', address, place, '0'),
    ],
  }
}

const PLAIN_NO = [
  'isLeftBehind',
  'isRuralLeftBehind',
  'isDisabled',
  'needsAid',
  'getsBoardingSubsidy',
  'isOrphan',
  'isMartyrChild',
  'isMigrant',
  'isMigrantWorkerChild',
  'hasPurchasedPlace',
] as const

/** Six completed years on 31 August of the entry year: born in the twelve months before that day six years earlier. */
function buildBirthDate(chance: Chance, entryYear: number): PlainDate {
  const month = chance.between(1, 12)
  return plainDate(month >= 9 ? entryYear - 7 : entryYear - 6, month, chance.between(1, 28))!
}

function buildParent(
  chance: Chance,
  surname: string,
  relation: string,
  currentAddress: string,
  householdPlaceCode: string,
  isGuardian: string,
): GuardianValues {
  return {
    name: surname + givenName(chance),
    relation,
    ethnicity: '01',
    currentAddress,
    householdPlaceCode,
    phone: phoneNumber(chance),
    isGuardian,
  }
}

const givenName = (chance: Chance): string =>
  Array.from({ length: chance.next() < 0.25 ? 1 : 2 }, () => chance.pick([...GIVEN])).join('')

// 199 0000 is no number range in use: nobody is rung up by a demo.
const phoneNumber = (chance: Chance): string => `1990000${String(chance.between(0, 9999)).padStart(4, '0')}`
