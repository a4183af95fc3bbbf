import { describe, expect, it } from 'vitest'
import type { MatchStatus } from '../../continuation/match.ts'
import { LINE_ACTIONS, type LineState, lineHindrance } from './line-matrix.ts'

const MATCHES: readonly MatchStatus[] = ['1', '2', '3']
const STATES: readonly LineState[] = ['open', 'continued', 'stopped']

/** PRE-019 as a table: 识别结果 → 修改 删除 确认匹配 继续 不继续, for lines not yet decided; without and with 已被普通高中录取. */
const PRINTED: Readonly<Record<MatchStatus, readonly [string, string]>> = {
  '1': ['✗✓✗✓✗', '✗✓✗✓✓'],
  '2': ['✓✓✓✗✗', '✓✓✓✗✗'],
  '3': ['✓✓✗✗✗', '✓✓✗✓✓'],
}

const WHOLE = MATCHES.flatMap((match) =>
  STATES.flatMap((state) =>
    [false, true].flatMap((admitted) => LINE_ACTIONS.map((action) => ({ match, state, admitted, action }))),
  ),
)

describe('PRE-019 中职调档名单可操作矩阵', () => {
  it('共 90 格，办结的一格也不可动', () => {
    expect(WHOLE).toHaveLength(90)
    expect(WHOLE.filter(({ action, ...line }) => !lineHindrance(action, line) && line.state !== 'open')).toEqual([])
  })

  it.each(WHOLE)('匹配 $match · $state · 已被录取 $admitted · $action', ({ action, ...line }) => {
    const mark = PRINTED[line.match][line.admitted ? 1 : 0][LINE_ACTIONS.indexOf(action)]
    const allowed = line.state === 'open' && mark === '✓'
    expect(lineHindrance(action, line) === undefined).toBe(allowed)
  })

  it('理由说得具体', () => {
    const open = { state: 'open', admitted: false } as const
    expect(lineHindrance('continue', { ...open, match: '2' })).toBe('vocational.unsure')
    expect(lineHindrance('continue', { ...open, match: '3' })).toBe('vocational.nothingFound')
    expect(lineHindrance('stop', { ...open, match: '1' })).toBe('vocational.notAdmitted')
    expect(lineHindrance('remove', { match: '1', state: 'continued', admitted: true })).toBe('vocational.continued')
    expect(lineHindrance('continue', { match: '1', state: 'stopped', admitted: true })).toBe('vocational.stopped')
  })
})
