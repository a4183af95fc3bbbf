import { describe, expect, it } from 'vitest'
import type { ChainNode } from './chain.ts'
import type { ReviewStatus } from './machine.ts'
import { REVIEW_STATUSES } from './machine.ts'
import { reviewStatusText, STATUSES_OF_A_STEP } from './status-text.ts'

const node = (act: ChainNode['act'], level: ChainNode['level'], orgName: string): ChainNode => ({
  act,
  level,
  orgName,
  orgId: orgName,
  orgPath: orgName,
})
const CHAIN = [
  node('review', 'school', '甲小学'),
  node('escalate', 'school', '甲小学'),
  node('review', 'county', '武江区教育局'),
  node('review', 'province', '省教育厅'),
]

describe('注册状态文字(codes 3.3)', () => {
  it.each<[ReviewStatus, number, string, string]>([
    ['checking', 0, '待查重认证', 'D1'],
    ['duplicate', 0, '查重不通过', 'D1 待系统结束'],
    ['open', 0, '待学校审核', 'D2'],
    ['open', 1, '待上报', 'D3'],
    ['open', 2, '待武江区教育局审核', 'D4'],
    ['open', 3, '待省教育厅审核', 'D4'],
    ['effective', 3, '注册完成', 'D5'],
    ['returned', 0, '学校审核不通过', 'D8'],
    ['returned', 2, '武江区教育局审核不通过', 'D7'],
    ['returned', 3, '省教育厅审核不通过', 'D7'],
    ['rejected', 2, '武江区教育局审核不通过', '语义 B'],
    ['refused', 0, '学校审核不通过', '语义 C'],
    ['ended', 0, '查重不通过已结束', 'D9'],
    ['removed', 0, '已删除', '退回后删除'],
  ])('%s 第 %i 步 → %s(%s)', (status, step, expected) => {
    expect(reviewStatusText({ status, chain: CHAIN, step }, '注册完成')).toBe(expected)
  })

  it.each(REVIEW_STATUSES)('%s 的文字是否用到环节,与 STATUSES_OF_A_STEP 一致', (status) => {
    const texts = [CHAIN, []].map((chain) => reviewStatusText({ status, chain, step: 2 }, '完成'))
    expect(texts[0] !== texts[1]).toBe(STATUSES_OF_A_STEP.includes(status))
  })

  it('完成的说法由各业务自定;链外也有文字', () => {
    expect(reviewStatusText({ status: 'effective', chain: [], step: 0 }, '已生效')).toBe('已生效')
    expect(reviewStatusText({ status: 'open', chain: [], step: 0 }, '')).toBe('待审核')
    for (const status of REVIEW_STATUSES)
      expect(reviewStatusText({ status, chain: [], step: 0 }, '完成')).not.toMatch(/undefined|^$/)
  })
})
