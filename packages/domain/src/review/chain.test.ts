import { describe, expect, it } from 'vitest'
import type { OrgLevel } from '../organization/org-path.ts'
import type { ChainNode, ChainOrg, SchoolPosition } from './chain.ts'
import { joinChains, resolveChain } from './chain.ts'
import type { WorkflowStep } from './workflow-rule.ts'

const org = (path: string, level: OrgLevel, name = path): ChainOrg => ({ id: `id-${path}`, path, name, level })
const PROVINCE = org('44', 'province', '省教育厅')
const CITY = org('4402', 'city', '市教育局')
const COUNTY = org('440202', 'county', '武江区教育局')
const OTHER_COUNTY = org('440203', 'county', '浈江区教育局')

const A: SchoolPosition = at(COUNTY, '2144000001', CITY)
const B: SchoolPosition = at(COUNTY, '2144000002', CITY)
const C: SchoolPosition = at(OTHER_COUNTY, '2144000003', CITY)
const E: SchoolPosition = at(CITY, '3444000001', CITY)
const F: SchoolPosition = at(PROVINCE, '2144000009')
const BEIJING: SchoolPosition = {
  school: org('110101:2111000001', 'school'),
  authority: org('110101', 'county'),
  province: org('11', 'province'),
}

const TO_AUTHORITY: WorkflowStep[] = ['school', 'authority']
const TO_PROVINCE: WorkflowStep[] = ['school', 'authority', 'city', 'province']

const marks = (chain: readonly ChainNode[]) =>
  chain.map(({ act, orgPath }) => (act === 'escalate' ? `${orgPath}↑` : orgPath))

describe('F-002、WF-005 环节换成具体单位', () => {
  it.each<[string, WorkflowStep[], SchoolPosition, string[]]>([
    ['区县校,到主管', TO_AUTHORITY, A, ['440202:2144000001', '440202']],
    ['区县校,到省级', TO_PROVINCE, A, ['440202:2144000001', '440202', '4402', '44']],
    ['地市直属校:主管就是地市,只出现一次', TO_PROVINCE, E, ['4402:3444000001', '4402', '44']],
    ['地市直属校,到主管', TO_AUTHORITY, E, ['4402:3444000001', '4402']],
    ['E2E-07 省直属校:只有学校→省级', TO_PROVINCE, F, ['44:2144000009', '44']],
    ['省直属校即使知道所在地市,也不向下', TO_PROVINCE, { ...F, city: CITY }, ['44:2144000009', '44']],
    ['直辖市没有地市一级', TO_PROVINCE, BEIJING, ['110101:2111000001', '110101', '11']],
    ['只主管(辍学返校)', ['authority'], A, ['440202']],
    ['学校、主管、省级(北京问题学籍)', ['school', 'authority', 'province'], A, ['440202:2144000001', '440202', '44']],
    ['只有学校', ['school'], A, ['440202:2144000001']],
    ['F-006 空链', [], A, []],
  ])('%s', (_title, steps, position, expected) => {
    const chain = resolveChain(steps, position)
    expect(marks(chain)).toEqual(expected)
    expect(chain.every((node) => node.act === 'review')).toBe(true)
  })

  it('REG-027 注册:学校审核之后由同一学校上报', () => {
    expect(marks(resolveChain(TO_AUTHORITY, A, true))).toEqual(['440202:2144000001', '440202:2144000001↑', '440202'])
    expect(marks(resolveChain(TO_PROVINCE, A, true))).toEqual([
      '440202:2144000001',
      '440202:2144000001↑',
      '440202',
      '4402',
      '44',
    ])
    expect(marks(resolveChain(['authority'], A, true))).toEqual(['440202'])
  })

  it('F-004 快照里有单位的标识、路径、名称与级别', () => {
    expect(resolveChain(TO_AUTHORITY, A)).toStrictEqual([
      {
        act: 'review',
        orgId: 'id-440202:2144000001',
        orgPath: '440202:2144000001',
        orgName: '2144000001',
        level: 'school',
      },
      { act: 'review', orgId: 'id-440202', orgPath: '440202', orgName: '武江区教育局', level: 'county' },
    ])
  })
})

describe('F-003 双边业务首尾相接,重复的单位只留最后一次', () => {
  const join = (first: SchoolPosition, second: SchoolPosition, steps = TO_AUTHORITY) =>
    marks(joinChains(resolveChain(steps, first), resolveChain(steps, second)))

  it('E2E-19 A→B 省内转学(同主管):XL(B)→XL(A)→440202', () => {
    expect(join(B, A)).toEqual(['440202:2144000002', '440202:2144000001', '440202'])
  })

  it('E2E-20 A→C 跨区县:XL(C)→440203→XL(A)→440202', () => {
    expect(join(C, A)).toEqual(['440203:2144000003', '440203', '440202:2144000001', '440202'])
  })

  it('跨区县、双方都加地市:共同的地市只在最后', () => {
    expect(join(C, A, ['school', 'authority', 'city'])).toEqual([
      '440203:2144000003',
      '440203',
      '440202:2144000001',
      '440202',
      '4402',
    ])
  })

  it('一方为地市直属、一方省直属:各自主管', () => {
    expect(join(E, A)).toEqual(['4402:3444000001', '4402', '440202:2144000001', '440202'])
    expect(join(F, A)).toEqual(['44:2144000009', '44', '440202:2144000001', '440202'])
  })

  it('E2E-26 高中录取同一主管的毕业生:只一步', () => {
    expect(join(E, E, ['authority'])).toEqual(['4402'])
  })

  it('E2E-25 初中录取跨区县毕业生:440203→440202', () => {
    expect(join(C, A, ['authority'])).toEqual(['440203', '440202'])
  })

  it('一侧为空链时就是另一侧;审核与上报不互相抵消', () => {
    const own = resolveChain(TO_AUTHORITY, A)
    expect(joinChains([], own)).toEqual(own)
    expect(joinChains(own, [])).toEqual(own)
    const escalating = resolveChain(TO_AUTHORITY, A, true)
    expect(marks(joinChains(escalating, resolveChain(['school'], A)))).toEqual([
      '440202:2144000001↑',
      '440202',
      '440202:2144000001',
    ])
  })
})

function at(authority: ChainOrg, schoolCode: string, city?: ChainOrg): SchoolPosition {
  const school: ChainOrg = {
    id: `id-${authority.path}:${schoolCode}`,
    path: `${authority.path}:${schoolCode}`,
    name: schoolCode,
    level: 'school',
  }
  return { school, authority, province: PROVINCE, ...(city ? { city } : {}) }
}
