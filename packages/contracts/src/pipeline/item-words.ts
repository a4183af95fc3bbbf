import type { ItemFilter, ItemView } from './review.api.ts'

/** 查重认证状态 as a condition (codes 2.25), in words. */
export const CHECK_WORDS: Readonly<Record<NonNullable<ItemFilter['check']>, string>> = {
  unchecked: '未查重认证',
  running: '查重认证中',
  passed: '查重认证通过',
  duplicate: '查重不通过',
  unverified: '查重通过认证不通过',
  clear: '查重认证通过或无需查重',
}

/** 注册状态 as a condition (codes 3.3), in words and in the order a registration goes through. */
export const STATUS_WORDS: Readonly<Record<NonNullable<ItemFilter['status']>, string>> = {
  checking: '待查重认证',
  schoolReview: '待学校审核',
  escalate: '待上报',
  bureauReview: '待主管部门审核',
  returned: '审核不通过（已退回）',
  duplicate: '查重不通过',
  ended: '查重不通过已结束',
  effective: '注册完成',
  removed: '已删除',
}

/** Lists by what they show, in words. */
export const VIEW_WORDS: Readonly<Record<ItemView, string>> = {
  review: '待本单位审核',
  escalate: '待本单位上报',
  returned: '退回本校待修改',
  all: '全部',
}

/** Groups of entries in words. */
export const GROUP_WORDS: Readonly<Record<NonNullable<ItemFilter['group']>, string>> = {
  newcomer: '小学新生注册',
  other: '非小学新生注册',
}
