import { describe, expect, it } from 'vitest'
import { commonSuperiors, isCrossProvince } from './problem-arbiter.ts'
import { actingOrder } from './problem-order.ts'

describe('PROB-003、flows §4.1 后注册或后变更者先处理', () => {
  const arrival = (studentId: string, registeredAt: string, identityChangedAt: string | null = null) => ({
    studentId,
    registeredAt,
    identityChangedAt,
  })
  it.each([
    ['后注册者先', [arrival('1', '2024-09-01'), arrival('2', '2025-09-01')], ['2', '1']],
    ['后变更者先', [arrival('1', '2024-09-01', '2026-01-01'), arrival('2', '2025-09-01')], ['1', '2']],
    ['取两者大者', [arrival('1', '2024-09-01', '2023-01-01'), arrival('2', '2024-01-01')], ['1', '2']],
    [
      '同时者，学籍表中后者先',
      [arrival('1', '2024-09-01'), arrival('2', '2024-09-01'), arrival('3', '2024-09-01')],
      ['3', '2', '1'],
    ],
  ])('%s', (_title, arrivals, expected) => {
    expect(actingOrder(arrivals)).toEqual(expected)
    expect(actingOrder([...arrivals].reverse())).toEqual(expected)
  })
})

describe('PROB-017、flows §4.3 仲裁单位', () => {
  it.each([
    ['同一学校', ['440202:1', '440202:1'], '440202'],
    ['同一主管', ['440202:1', '440202:2'], '440202'],
    ['同地市不同区县', ['440202:1', '440203:2'], '4402'],
    ['区县与地市直属', ['440202:1', '4402:2'], '4402'],
    ['同省不同地市', ['440202:1', '440302:2'], '44'],
    ['一方为省直属', ['440202:1', '44:2'], '44'],
    ['不同省', ['440202:1', '370102:2'], ''],
    ['多于两方取全部', ['440202:1', '440202:2', '440203:3'], '4402'],
  ])('%s', (_title, paths, expected) => {
    expect(commonSuperiors(paths)[0]).toBe(expected)
    expect(commonSuperiors([...paths].reverse())[0]).toBe(expected)
  })

  it('直辖市区县之间没有地市一级：候选依次向上，部级最后', () => {
    expect(commonSuperiors(['110101:1', '110102:2'])).toEqual(['1101', '11', ''])
  })

  it('PROB-002 组内成员跨省即跨省', () => {
    expect(isCrossProvince(['440202:1', '440302:2'])).toBe(false)
    expect(isCrossProvince(['440202:1', '44:2', '370102:3'])).toBe(true)
  })
})
