import { describe, expect, it } from 'vitest'
import type { Stage } from '../organization/school-kind.ts'
import { defaultWorkflow } from './default-workflow.ts'
import { describeSteps, findWorkflowFault, findWorkflowRule } from './workflow-rule.ts'

const TO_AUTHORITY = '<-主管教育局<-学校'
const TO_PROVINCE = '<-省级<-地市<-主管教育局<-学校'
const AUTHORITY = '<-主管教育局'
const ALL: Stage[] = [1, 2, 3]

/** flows §14 as it is printed there: number, name, stages, chain. */
const SPECIFIED: [number, string, Stage[], string][] = [
  [1, '居民身份证小学新生注册', [1], TO_AUTHORITY],
  [2, '居民身份证非小学新生注册', ALL, TO_AUTHORITY],
  [3, '港澳台和外籍小学新生注册', [1], TO_AUTHORITY],
  [4, '无身份证件小学新生注册', [1], TO_PROVINCE],
  [5, '港澳台和外籍非小学新生注册', ALL, TO_AUTHORITY],
  [6, '无身份证件非小学新生注册', ALL, TO_PROVINCE],
  [7, '学籍申诉', ALL, TO_AUTHORITY],
  [8, '学籍变更', ALL, TO_AUTHORITY],
  [9, '恢复入学资格', ALL, TO_AUTHORITY],
  [10, '休学', ALL, TO_AUTHORITY],
  [11, '复学', ALL, TO_AUTHORITY],
  [12, '留级', ALL, TO_AUTHORITY],
  [13, '跳级', ALL, TO_AUTHORITY],
  [14, '开除', ALL, TO_AUTHORITY],
  [15, '退学', ALL, TO_AUTHORITY],
  [16, '死亡', ALL, TO_AUTHORITY],
  [17, '失踪', ALL, TO_AUTHORITY],
  [18, '出境', ALL, TO_AUTHORITY],
  [19, '入境复学', ALL, TO_AUTHORITY],
  [20, '省内转学', ALL, TO_AUTHORITY],
  [21, '小学毕业', [1], '-'],
  [22, '小学结业', [1], '-'],
  [23, '初中毕业', [2], '-'],
  [24, '辍学(返校)', ALL, AUTHORITY],
  [25, '初中结业', [2], '-'],
  [26, '去中职就读', ALL, TO_AUTHORITY],
  [27, '高中毕业', [3], TO_AUTHORITY],
  [28, '高中结业', [3], TO_AUTHORITY],
  [29, '省内转学(转出)', ALL, TO_AUTHORITY],
  [30, '升级转学', ALL, TO_AUTHORITY],
  [31, '小学招生录取', [1], AUTHORITY],
  [32, '初中招生录取', [2], AUTHORITY],
  [33, '高中招生录取', [3], AUTHORITY],
  [34, '问题学籍变更', ALL, TO_AUTHORITY],
  [35, '问题学籍佐证', ALL, TO_AUTHORITY],
  [36, '问题学籍删除', ALL, TO_AUTHORITY],
  [37, '问题学籍变更(无身份证件号)', ALL, TO_PROVINCE],
  [38, '跨省问题学籍变更', ALL, TO_AUTHORITY],
  [39, '肄业', ALL, TO_AUTHORITY],
  [40, '跨省问题学籍佐证', ALL, TO_AUTHORITY],
  [41, '跨省问题学籍删除', ALL, TO_AUTHORITY],
  [42, '跨省问题学籍变更(无身份证件号)', ALL, TO_PROVINCE],
  [43, '学籍删除(误操作)', ALL, AUTHORITY],
  [44, '跨省转学', ALL, TO_AUTHORITY],
  [45, '毕业后跨省就学', ALL, TO_AUTHORITY],
]

describe('缺省流程配置(WF-010、E2E-35)', () => {
  const rules = defaultWorkflow('44')

  it('E2E-35 共 333 条,没有重复,都属所给范围', () => {
    expect(rules).toHaveLength(333)
    const keys = rules.map(({ business, schoolKind, stage }) => `${business}:${schoolKind}:${stage}`)
    expect(new Set(keys).size).toBe(333)
    expect(new Set(rules.map((rule) => rule.scopePath))).toEqual(new Set(['44']))
    expect(new Set(defaultWorkflow('').map((rule) => rule.scopePath))).toEqual(new Set(['']))
  })

  it.each(SPECIFIED)('flows §14 #%i %s:阶段 %j,链 %s', (business, _name, stages, chain) => {
    const own = rules.filter((rule) => rule.business === business)
    expect(own).toHaveLength(stages.length * 3)
    for (const schoolKind of ['ordinary', 'special', 'reform'] as const) {
      const ofKind = own.filter((rule) => rule.schoolKind === schoolKind)
      expect(ofKind.map((rule) => rule.stage)).toEqual(stages)
      for (const rule of ofKind) expect(describeSteps(rule.steps)).toBe(chain)
    }
  })

  it('WF-003、WF-006 每一条缺省链自己也可配置', () => {
    const faults = rules.filter((rule) => findWorkflowFault(rule.business, rule.steps))
    expect(faults).toEqual([])
  })

  it('学校按业务、办学类型、阶段找得到唯一一条', () => {
    const found = findWorkflowRule(rules, 4, 'special', 1, '440202:5144000001')
    expect(found).toMatchObject({ business: 4, schoolKind: 'special', stage: 1 })
    expect(findWorkflowRule(rules, 1, 'ordinary', 2, '440202:2144000001')).toBeUndefined()
  })
})
