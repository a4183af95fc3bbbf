import type { CauseKind, LikelyCause } from '@xueji/domain/rooms/problem/problem-cause'
import type { Handling } from '@xueji/domain/rooms/problem/problem-group'

/** 问题学籍类型 (codes 3.4). */
export const PROBLEM_TYPES: Readonly<Record<1 | 2 | 3, string>> = {
  1: '身份证件号错误',
  2: '身份证件号重复',
  3: '姓名性别出生日期重复',
}

/** 处理方式 (codes 3.4). */
export const HANDLING_WORDS: Readonly<Record<Handling, string>> = { amend: '变更', attest: '佐证', remove: '删除' }

/** 错误类型 as stored, and whether the group is cross-province, in words (codes 3.4). */
export function faultText(fault: string, isCrossProvince: boolean): string {
  if (fault === 'checkCharacter') return '校验位错误'
  if (fault === 'notFound') return '公安部校验不通过：身份证号不存在'
  if (fault === 'nameMismatch') return '公安部校验不通过：身份证号与姓名不匹配'
  return isCrossProvince ? '跨省重复' : '省内重复'
}

/** 可能原因 in two sentences: what it looks like, and how one knows. */
export const CAUSE_WORDS: Readonly<Record<CauseKind, { title: string; reason: string }>> = {
  oneDigit: {
    title: '证件号可能错了一位',
    reason: '现号码的校验位或出生日期、性别与学籍不符；只改一位，且校验位、出生日期、性别都相符的号码只有这一个',
  },
  swappedDigits: {
    title: '证件号可能有相邻两位颠倒',
    reason: '现号码的校验位或出生日期、性别与学籍不符；把相邻两位对调后，校验位、出生日期、性别都相符',
  },
  checkCharacter: { title: '证件号校验位不正确', reason: '按国家标准计算的校验位与末位不符，号码中至少有一位填错' },
  sameChild: {
    title: '可能是同一名学生在两处建籍',
    reason: '姓名（或读音）、出生日期相同，且有相同的家庭成员证件号或电话',
  },
  twins: { title: '可能是双胞胎共用了一个证件号', reason: '出生日期相同、姓名不同，且有相同的家庭成员证件号或电话' },
  homophone: { title: '姓名可能是同音字', reason: '双方姓名的读音相同而字不同' },
  otherBirthDate: {
    title: '证件号可能是别人的',
    reason: '证件号本身无误，但其中的出生日期或性别与本学籍不符',
  },
  namePinyin: { title: '姓名可能写错了字', reason: '学籍中的姓名拼音与姓名的读音不同' },
  nameMismatch: { title: '证件号与姓名不是同一人', reason: '公安部人口库中有此号码，但姓名不同' },
  notFound: {
    title: '证件号在公安部人口库中不存在',
    reason: '号码的校验位正确，但人口库中没有此人，请对照户口簿逐位核对',
  },
  sameIdentity: {
    title: '无身份证件学生三要素相同',
    reason: '姓名、性别、出生日期都相同，可能是同一名学生，也可能只是重名',
  },
  sharedNumber: { title: '两名学生使用同一证件号', reason: '姓名、家庭成员都不相同，至少一方的证件号有误' },
}

/** A hint in words. */
export const wordCause = ({ kind, studentIds, suggestion }: LikelyCause) => ({
  kind,
  title: CAUSE_WORDS[kind].title,
  reason: CAUSE_WORDS[kind].reason,
  studentIds: [...studentIds],
  suggestion: suggestion ?? null,
})

/** 过程记录: titles of a group's timeline. */
export const PROBLEM_EVENT_WORDS: Readonly<Record<string, string>> = {
  open: '产生问题学籍',
  join: '另有学生与本组相同，加入本组',
  file: '提交处理',
  amend: '变更终审通过',
  attest: '佐证终审通过',
  remove: '删除终审通过',
  release: '自动佐证，不再是问题学籍',
  unlock: '对方已佐证，解除锁定，请处理',
  arbitrate: '仲裁',
  win: '仲裁通过，不再是问题学籍',
  lose: '仲裁不通过，退回学校，只可变更或删除',
  end: '本组处理结束',
}
