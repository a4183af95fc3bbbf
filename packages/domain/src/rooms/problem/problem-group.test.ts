import { describe, expect, it } from 'vitest'
import {
  arbitrate,
  availableHandlings,
  HANDLINGS,
  type Handling,
  mayHandle,
  openGroup,
  type ProblemGroup,
  settle,
} from './problem-group.ts'

const play = (group: ProblemGroup, ...steps: [string, Handling][]): ProblemGroup =>
  steps.reduce((now, [studentId, handling]) => {
    const next = settle(now, studentId, handling)
    if (!next.ok) throw new Error(`${studentId} ${handling}: ${next.refusal}`)
    return next.value
  }, group)
const states = (group: ProblemGroup): string =>
  `${group.status}: ${group.parties.map((party) => `${party.studentId} ${party.state}`).join(', ')}`
const verdict = (...passes: [string, boolean][]) => passes.map(([studentId, pass]) => ({ studentId, passes: pass }))
const why = (group: ProblemGroup, studentId: string, handling: Handling) => {
  const result = mayHandle(group, studentId, handling)
  return result.ok ? 'ok' : result.refusal
}

describe('flows §4.1 两方', () => {
  const pair = openGroup(2, ['C', 'A'])

  it('PROB-003 后方待处理，先方锁定', () => {
    expect(states(pair)).toBe('open: C todo, A locked')
    expect(availableHandlings(pair, 'C')).toEqual(['amend', 'attest', 'remove'])
    expect(availableHandlings(pair, 'A')).toEqual([])
    expect(why(pair, 'A', 'remove')).toBe('problem.locked')
    expect(why(pair, 'X', 'remove')).toBe('problem.notParty')
  })

  it.each<[string, [string, Handling][], string]>([
    ['PROB-014 后方变更，先方自动佐证', [['C', 'amend']], 'ended: C amended, A released'],
    ['PROB-014 后方删除，先方自动佐证', [['C', 'remove']], 'ended: C removed, A released'],
    ['PROB-015 后方佐证，先方解锁', [['C', 'attest']], 'open: C attested, A todo'],
    [
      'PROB-016 先方变更，组结束',
      [
        ['C', 'attest'],
        ['A', 'amend'],
      ],
      'ended: C attested, A amended',
    ],
    [
      'PROB-016 先方删除，组结束',
      [
        ['C', 'attest'],
        ['A', 'remove'],
      ],
      'ended: C attested, A removed',
    ],
    [
      'PROB-017 双方均佐证，待仲裁',
      [
        ['C', 'attest'],
        ['A', 'attest'],
      ],
      'arbitration: C attested, A attested',
    ],
  ])('%s', (_title, steps, expected) => {
    const group = play(pair, ...steps)
    expect(states(group)).toBe(expected)
    if (group.status === 'ended')
      for (const { studentId } of group.parties) expect(availableHandlings(group, studentId)).toEqual([])
  })

  it('E2E-10、E2E-11 仲裁：胜方解除，败方只可变更或删除，其后组结束', () => {
    const both = play(pair, ['C', 'attest'], ['A', 'attest'])
    expect(why(both, 'C', 'remove')).toBe('problem.awaitsArbitration')
    const judged = arbitrate(both, verdict(['A', true], ['C', false]), false)
    if (!judged.ok) throw new Error(judged.refusal)
    expect(states(judged.value)).toBe('open: C lost, A won')
    expect(availableHandlings(judged.value, 'C')).toEqual(['amend', 'remove'])
    expect(why(judged.value, 'C', 'attest')).toBe('problem.onlyAmendOrRemove')
    expect(why(judged.value, 'A', 'remove')).toBe('problem.ended')
    expect(states(play(judged.value, ['C', 'remove']))).toBe('ended: C removed, A won')
  })

  it.each([
    ['缺一方', verdict(['A', true])],
    ['两方都通过', verdict(['A', true], ['C', true])],
    ['两方都不通过', verdict(['A', false], ['C', false])],
    ['有外人', verdict(['A', true], ['X', false])],
    ['同一方两次', verdict(['A', true], ['A', false], ['C', false])],
  ])('PROB-018 %s：拒绝', (_title, verdicts) => {
    const both = play(pair, ['C', 'attest'], ['A', 'attest'])
    expect(arbitrate(both, verdicts, false)).toEqual({ ok: false, refusal: 'problem.verdicts' })
  })

  it('PROB-018 cfg.arbitration.allowAllPass：都通过即结束，仍不许都不通过', () => {
    const both = play(pair, ['C', 'attest'], ['A', 'attest'])
    const judged = arbitrate(both, verdict(['A', true], ['C', true]), true)
    expect(judged.ok && states(judged.value)).toBe('ended: C won, A won')
    expect(arbitrate(both, verdict(['A', false], ['C', false]), true).ok).toBe(false)
  })

  it('未到仲裁不可仲裁', () => {
    expect(arbitrate(pair, verdict(['A', true], ['C', false]), false)).toEqual({
      ok: false,
      refusal: 'problem.notInArbitration',
    })
  })
})

describe('PROB-020 多于两方：按次序依次处理', () => {
  const three = openGroup(2, ['C', 'B', 'A'])

  it.each<[string, [string, Handling][], string]>([
    ['首方变更，次方解锁，仍有冲突', [['C', 'amend']], 'open: C amended, B todo, A locked'],
    ['首方佐证，次方解锁', [['C', 'attest']], 'open: C attested, B todo, A locked'],
    [
      '两方离开，最后一方自动佐证',
      [
        ['C', 'amend'],
        ['B', 'remove'],
      ],
      'ended: C amended, B removed, A released',
    ],
    [
      '一方离开，其余都佐证才仲裁',
      [
        ['C', 'attest'],
        ['B', 'remove'],
        ['A', 'attest'],
      ],
      'arbitration: C attested, B removed, A attested',
    ],
    [
      '三方都佐证',
      [
        ['C', 'attest'],
        ['B', 'attest'],
        ['A', 'attest'],
      ],
      'arbitration: C attested, B attested, A attested',
    ],
  ])('%s', (_title, steps, expected) => {
    expect(states(play(three, ...steps))).toBe(expected)
  })

  it('仲裁时全部列出，一胜两败，两败都离开才结束', () => {
    const all = play(three, ['C', 'attest'], ['B', 'attest'], ['A', 'attest'])
    const judged = arbitrate(all, verdict(['A', true], ['B', false], ['C', false]), false)
    if (!judged.ok) throw new Error(judged.refusal)
    expect(states(play(judged.value, ['B', 'amend']))).toBe('open: C lost, B amended, A won')
    expect(states(play(judged.value, ['B', 'amend'], ['C', 'remove']))).toBe('ended: C removed, B amended, A won')
  })
})

describe('PROB-005 只有一方', () => {
  it.each<[boolean, Handling[]]>([
    [true, ['amend', 'attest', 'remove']],
    [false, ['amend', 'remove']],
  ])('认证不通过 = %s', (mayAttestAlone, expected) => {
    const alone = openGroup(1, ['A'], { mayAttestAlone })
    expect(availableHandlings(alone, 'A')).toEqual(expected)
    for (const handling of expected) expect(play(alone, ['A', handling]).status).toBe('ended')
    if (!mayAttestAlone) expect(why(alone, 'A', 'attest')).toBe('problem.cannotAttest')
  })
})

describe('flows §4.1 历史问题学籍没有先后：同时解锁，先终审者先生效', () => {
  const old = openGroup(2, ['A', 'B', 'C'], { isOrdered: false })

  it('都可处理；佐证后不改变他方；只剩一方时自动佐证', () => {
    expect(states(old)).toBe('open: A todo, B todo, C todo')
    expect(states(play(old, ['B', 'attest']))).toBe('open: A todo, B attested, C todo')
    expect(states(play(old, ['B', 'remove'], ['C', 'amend']))).toBe('ended: A released, B removed, C amended')
  })

  it('已自动佐证的一方再无可办', () => {
    const over = play(old, ['B', 'remove'], ['C', 'amend'])
    for (const handling of HANDLINGS) expect(why(over, 'A', handling)).toBe('problem.ended')
  })
})
