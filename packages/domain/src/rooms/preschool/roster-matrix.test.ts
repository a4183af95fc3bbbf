import { describe, expect, it } from 'vitest'
import type { MatchStatus } from '../../continuation/match.ts'
import {
  mayOnRosterLine,
  type RegistrationStatus,
  ROSTER_ACTIONS,
  type RosterAction,
  rosterHindrance,
} from './roster-matrix.ts'

const MATCHES: readonly MatchStatus[] = ['1', '2', '3']
const REGISTRATIONS: readonly RegistrationStatus[] = ['0', '1', '2']
const TYPES = ['1', '6', '7', '8', '9', 'A', 'Z'] as const

/** The table of flows §2 as it is printed: 处理状态 → 修改 删除 确认匹配 补录 调档学生导出, for lines 未完成注册. */
const PRINTED: Readonly<Record<MatchStatus, string>> = { '1': '✗✓✗✓✓', '2': '✓✓✓✗✗', '3': '✓✓✗✗✓' }

const expected = (action: RosterAction, match: MatchStatus, registration: RegistrationStatus, type: string): boolean =>
  registration === '0' &&
  !(type === 'Z' && (action === 'supplement' || action === 'export')) &&
  PRINTED[match][ROSTER_ACTIONS.indexOf(action)] === '✓'

const WHOLE = MATCHES.flatMap((match) =>
  REGISTRATIONS.flatMap((registration) =>
    TYPES.flatMap((identityType) => ROSTER_ACTIONS.map((action) => ({ match, registration, identityType, action }))),
  ),
)

describe('flows §2 可操作矩阵', () => {
  it('共 315 格,每格恰有“可”或一条理由', () => {
    expect(WHOLE).toHaveLength(315)
    expect(WHOLE.filter(({ action, ...line }) => mayOnRosterLine(action, line))).toHaveLength(7 * 9 - 3)
  })

  it.each(WHOLE)('处理状态 $match · 注册状态 $registration · 证件 $identityType · $action', ({ action, ...line }) => {
    expect(mayOnRosterLine(action, line)).toBe(expected(action, line.match, line.registration, line.identityType))
    expect(rosterHindrance(action, line) === undefined).toBe(mayOnRosterLine(action, line))
  })

  it('cfg.preschool.supplementUnmatched 只多出一件事:未查到、未注册、有证件学生的补录', () => {
    const more = WHOLE.filter(
      ({ action, ...line }) =>
        mayOnRosterLine(action, line, { supplementUnmatched: true }) !== mayOnRosterLine(action, line),
    )
    expect(more).toHaveLength(6)
    for (const one of more) expect(one).toMatchObject({ match: '3', registration: '0', action: 'supplement' })
    expect(more.map((one) => one.identityType)).not.toContain('Z')
  })
})
