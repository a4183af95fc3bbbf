import { describe, expect, it } from 'vitest'
import type { WorkflowFault, WorkflowRule, WorkflowStep } from './workflow-rule.ts'
import { describeSteps, findWorkflowFault, findWorkflowRule, scopePathOf, WORKFLOW_STEPS } from './workflow-rule.ts'

const SCHOOL: WorkflowStep = 'school'
const AUTHORITY: WorkflowStep = 'authority'
const CITY: WorkflowStep = 'city'
const PROVINCE: WorkflowStep = 'province'

describe('WF-002 右起为先', () => {
  it.each<[WorkflowStep[], string]>([
    [[SCHOOL, AUTHORITY], '<-主管教育局<-学校'],
    [[SCHOOL, AUTHORITY, CITY, PROVINCE], '<-省级<-地市<-主管教育局<-学校'],
    [[AUTHORITY], '<-主管教育局'],
    [[SCHOOL, AUTHORITY, PROVINCE], '<-省级<-主管教育局<-学校'],
    [[], '-'],
  ])('%j 写作 %s', (steps, expected) => {
    const before = [...steps]
    expect(describeSteps(steps)).toBe(expected)
    expect(steps).toEqual(before)
  })
})

describe('可否配置', () => {
  it('WF-003 环节自下而上四种', () => {
    expect(WORKFLOW_STEPS).toEqual([SCHOOL, AUTHORITY, CITY, PROVINCE])
  })

  it.each<[string, number, WorkflowStep[], WorkflowFault | undefined]>([
    ['WF-003 缺省链', 1, [SCHOOL, AUTHORITY], undefined],
    ['WF-003 只学校审核', 8, [SCHOOL], undefined],
    ['WF-003 加地市', 20, [SCHOOL, AUTHORITY, CITY], undefined],
    ['WF-003 越过地市到省级仍是向上', 8, [SCHOOL, AUTHORITY, PROVINCE], undefined],
    ['WF-003 不从学校起', 8, [AUTHORITY], 'workflow.mustStartAtSchool'],
    ['WF-003 从省级起', 8, [PROVINCE], 'workflow.mustStartAtSchool'],
    ['WF-003 一般业务不可为空链', 8, [], 'workflow.mustStartAtSchool'],
    ['WF-003 向下', 8, [SCHOOL, CITY, AUTHORITY], 'workflow.notUpward'],
    ['WF-003 学校不在最先', 8, [AUTHORITY, SCHOOL], 'workflow.notUpward'],
    ['WF-003 同一环节两次', 8, [SCHOOL, AUTHORITY, AUTHORITY], 'workflow.notUpward'],
    ['WF-003 小学毕业可为空链', 21, [], undefined],
    ['WF-003 小学结业可为空链', 22, [], undefined],
    ['WF-003 初中毕业可为空链', 23, [], undefined],
    ['WF-003 初中结业可为空链', 25, [], undefined],
    ['WF-003 初中毕业也可配审核', 23, [SCHOOL, AUTHORITY], undefined],
    ['WF-003 初中毕业有环节时仍须从学校起', 23, [AUTHORITY], 'workflow.mustStartAtSchool'],
    ['WF-003 高中毕业不可为空链', 27, [], 'workflow.mustStartAtSchool'],
    ['WF-003 肄业不可为空链', 39, [], 'workflow.mustStartAtSchool'],
    ['WF-003 辍学返校可从主管起', 24, [AUTHORITY], undefined],
    ['WF-003 辍学返校可从主管起再到省', 24, [AUTHORITY, PROVINCE], undefined],
    ['WF-003 辍学返校也可从学校起', 24, [SCHOOL, AUTHORITY], undefined],
    ['WF-003 辍学返校不可从地市起', 24, [CITY], 'workflow.mustStartAtSchool'],
    ['WF-003 误操作删除不可从省级起', 43, [PROVINCE], 'workflow.mustStartAtSchool'],
    ['WF-003 辍学返校不可为空链', 24, [], 'workflow.mustStartAtSchool'],
    ['WF-003 小学招生录取可从主管起', 31, [AUTHORITY], undefined],
    ['WF-003 初中招生录取可从主管起', 32, [AUTHORITY], undefined],
    ['WF-003 高中招生录取可从主管起', 33, [AUTHORITY], undefined],
    ['WF-003 误操作删除可从主管起', 43, [AUTHORITY], undefined],
    ['E2E-31 WF-006 无身份证件小学新生去掉省级', 4, [SCHOOL, AUTHORITY, CITY], 'workflow.mustReachProvince'],
    ['WF-006 无身份证件非小学新生去掉省级', 6, [SCHOOL, AUTHORITY], 'workflow.mustReachProvince'],
    ['WF-006 问题学籍变更(无身份证件号)', 37, [SCHOOL, AUTHORITY], 'workflow.mustReachProvince'],
    ['WF-006 跨省问题学籍变更(无身份证件号)', 42, [SCHOOL, AUTHORITY], 'workflow.mustReachProvince'],
    ['WF-006 空链也不含省级', 4, [], 'workflow.mustReachProvince'],
    ['WF-006 含省级、去掉地市可以', 4, [SCHOOL, AUTHORITY, PROVINCE], undefined],
    ['WF-006 学校直接到省级可以', 6, [SCHOOL, PROVINCE], undefined],
    ['WF-006 含省级仍须从学校起', 6, [AUTHORITY, PROVINCE], 'workflow.mustStartAtSchool'],
    ['业务类别 0', 0, [SCHOOL], 'workflow.unknownBusiness'],
    ['业务类别 46', 46, [SCHOOL], 'workflow.unknownBusiness'],
    ['业务类别 45', 45, [SCHOOL], undefined],
    ['业务类别不是整数', 1.5, [SCHOOL], 'workflow.unknownBusiness'],
  ])('%s', (_title, business, steps, expected) => {
    expect(findWorkflowFault(business, steps)).toBe(expected)
  })

  it('WF-003 任意业务 × 任意环节子集与次序:可配者必向上、每环节一次、至多四步', () => {
    const sequences = permutationsOfSubsets(WORKFLOW_STEPS)
    expect(sequences).toHaveLength(65)
    for (let business = 1; business <= 45; business++)
      for (const steps of sequences) {
        if (findWorkflowFault(business, steps)) continue
        const ranks = steps.map((step) => WORKFLOW_STEPS.indexOf(step))
        expect(ranks).toEqual([...ranks].sort())
        if (steps.length > 0) expect(ranks[0]!).toBeLessThanOrEqual(1)
      }
  })
})

describe('WF-004 作用范围越小越优先', () => {
  const rule = (scopePath: string, more: Partial<WorkflowRule> = {}): WorkflowRule => ({
    business: 8,
    schoolKind: 'ordinary',
    stage: 1,
    scopePath,
    steps: [SCHOOL],
    ...more,
  })
  const country = rule('')
  const province = rule('44')
  const city = rule('4402')
  const county = rule('440202')
  const all = [country, province, city, county]

  it.each<[string, WorkflowRule[], string, WorkflowRule | undefined]>([
    ['区县的学校取区县', all, '440202:2144000001', county],
    ['邻区县的学校取地市', all, '440203:2144000001', city],
    ['地市直属校取地市', all, '4402:2144000001', city],
    ['邻市的学校取省', all, '440302:2144000001', province],
    ['省直属校取省', all, '44:2144000001', province],
    ['外省的学校取全国', all, '370102:2137000001', country],
    ['次序不论', [county, city, country, province], '440202:2144000001', county],
    ['没有全国配置的外省', [province, city], '370102:2137000001', undefined],
    ['没有配置', [], '440202:2144000001', undefined],
    ['业务不同', [rule('', { business: 9 })], '440202:2144000001', undefined],
    ['办学类型不同', [rule('', { schoolKind: 'special' })], '440202:2144000001', undefined],
    ['教育阶段不同', [rule('', { stage: 2 })], '440202:2144000001', undefined],
    [
      '更小范围但不相干的配置不作数',
      [country, rule('440202', { stage: 3 }), rule('440202', { business: 1 })],
      '440202:2144000001',
      country,
    ],
  ])('%s', (_title, rules, schoolPath, expected) => {
    expect(findWorkflowRule(rules, 8, 'ordinary', 1, schoolPath)).toBe(expected)
  })

  it.each([
    ['', ''],
    ['440000', '44'],
    ['440200', '4402'],
    ['440202', '440202'],
  ])('区划 %j 的作用范围是 %j', (regionCode, expected) => {
    expect(scopePathOf(regionCode)).toBe(expected)
  })
})

function permutationsOfSubsets<T>(items: readonly T[]): T[][] {
  const found: T[][] = [[]]
  const extend = (prefix: T[]): void => {
    for (const item of items)
      if (!prefix.includes(item)) {
        found.push([...prefix, item])
        extend([...prefix, item])
      }
  }
  extend([])
  return found
}
