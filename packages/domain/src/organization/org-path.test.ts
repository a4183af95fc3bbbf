import { describe, expect, it } from 'vitest'
import { isWithin, MINISTRY_PATH, ORG_LEVELS, rangeOf, regionPath, schoolPath } from './org-path.ts'

describe('路径', () => {
  it.each([
    ['440000', '44', '省'],
    ['440200', '4402', '地市'],
    ['440202', '440202', '区县'],
    ['442000', '4420', '不设区的地市,不是省'],
    ['441900', '4419', '不设区的地市'],
    ['110000', '11', '直辖市'],
    ['110101', '110101', '直辖市的区'],
    ['500100', '5001', '重庆市辖区'],
    ['441000', '4410', '末三位为零'],
    ['440210', '440210', '末一位为零'],
  ])('%s → %s(%s)', (code, path) => {
    expect(regionPath(code)).toBe(path)
  })

  it.each([
    ['440202', '440202:2144000001'],
    ['4402', '4402:2144000001'],
    ['44', '44:2144000001'],
  ])('学校挂在 %s 下', (authority, path) => {
    expect(schoolPath(authority, '2144000001')).toBe(path)
  })

  it('五级,部在最上', () => {
    expect(ORG_LEVELS).toEqual(['ministry', 'province', 'city', 'county', 'school'])
    expect(MINISTRY_PATH).toBe('')
  })
})

describe('QRY-001 数据范围', () => {
  const tree = buildTree()
  const paths = [...tree.keys()]

  it('任意两个机构:范围包含当且仅当是上级或本身', () => {
    expect(paths.length).toBeGreaterThan(200)
    let within = 0
    for (const above of paths) {
      const range = rangeOf(above)
      for (const below of paths) {
        const expected = isAncestor(tree, above, below)
        if (isWithin(range, below) !== expected)
          expect.fail(`${below} within ${above || 'ministry'}: ${!expected}, the tree says ${expected}`)
        if (expected) within++
      }
    }
    // Every organisation lies within itself, the ministry and its province at least.
    expect(within).toBeGreaterThan(paths.length * 2)
  })

  it.each<[string, string, boolean, string]>([
    ['4402', '440202', true, '地市看区县'],
    ['4402', '4402:2144000001', true, '地市看直属校'],
    ['4402', '440202:2144000001', true, '地市看区县的学校'],
    ['4402', '440302', false, '不看邻市的区县'],
    ['4403', '44020', false, '不定长的路径落不进邻市'],
    ['440202', '44020', false, '比本身短的路径不在其下'],
    ['44', '44:2144000001', true, '省看省直属校'],
    ['44', '45', false, '不看邻省'],
    ['44', '4', false, '不看更短的路径'],
    ['4402', '44', false, '不看上级'],
    ['4409', '44:2144000001', false, '最后一个地市看不到省直属校'],
    ['4499', '44:2144000001', false, '编号 99 的地市看不到省直属校'],
    ['440299', '4402:2144000001', false, '编号 99 的区县看不到地市直属校'],
    ['440209', '440210', false, '进位后的邻区'],
    ['440202:2144000001', '440202:2144000002', false, '学校看不到邻校'],
    ['440202:2144000009', '440202:2144000010', false, '进位后的邻校'],
    ['440202:2144000001', '440202', false, '学校看不到主管'],
    ['', '', true, '部看部'],
    ['', '99:9999999999', true, '部看全国'],
    ['44', '', false, '省看不到部'],
  ])('%j 看 %j → %s(%s)', (above, below, expected) => {
    expect(isWithin(rangeOf(above), below)).toBe(expected)
  })
})

/** Children to parent, over numbers chosen to stand next to one another in order. */
function buildTree(): Map<string, string | undefined> {
  const tree = new Map<string, string | undefined>([[MINISTRY_PATH, undefined]])
  const add = (path: string, parent: string) => tree.set(path, parent)
  const addSchools = (authority: string) => {
    for (const code of ['2144000001', '2144000002', '2144000009', '2144000010', '3499999999', '5100000000'])
      add(schoolPath(authority, code), authority)
  }
  for (const province of ['11', '43', '44', '45', '50']) {
    add(province, MINISTRY_PATH)
    addSchools(province)
    if (province === '11') {
      for (const county of ['110101', '110109', '110110']) {
        add(county, province)
        addSchools(county)
      }
      continue
    }
    for (const city of ['01', '02', '09', '10', '20', '99']) {
      add(province + city, province)
      addSchools(province + city)
      for (const county of ['01', '02', '09', '10', '99']) {
        add(province + city + county, province + city)
        if (county === '99' || city === '02') addSchools(province + city + county)
      }
    }
  }
  return tree
}

function isAncestor(tree: ReadonlyMap<string, string | undefined>, above: string, below: string): boolean {
  for (let at: string | undefined = below; at !== undefined; at = tree.get(at)) if (at === above) return true
  return false
}
