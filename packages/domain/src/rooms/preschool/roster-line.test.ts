import { describe, expect, it } from 'vitest'
import { gatherEvidence, type MatchCandidate, type MatchPerson } from '../../continuation/match.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { createSeeded } from '../../testing/seeded.ts'
import {
  confirmLine,
  editLine,
  type LineResult,
  newLine,
  type RosterLine,
  registrationOf,
  supplementLine,
} from './roster-line.ts'
import { mayOnRosterLine } from './roster-matrix.ts'

const person = (changed: Partial<MatchPerson> = {}): MatchPerson => ({
  name: '测试甲',
  gender: '1',
  birthDate: '2020-03-15' as PlainDate,
  identityType: '1',
  identityNumber: 'N1',
  ...changed,
})
const NOTHING = { exact: [], near: 0 }
const unsure = (): RosterLine => newLine(person(), { exact: [], near: 2 })

describe('名单行的变化', () => {
  it('PRE-009 修改后重新匹配,原补录不再算数', () => {
    const line = { ...newLine(person(), NOTHING), supplemented: true }
    const edited = editLine(line, person({ name: '测试乙' }), { exact: ['a'], near: 0 })
    expect(edited).toEqual({
      ok: true,
      value: {
        ...person({ name: '测试乙' }),
        match: { status: '1', archiveId: 'a' },
        supplemented: false,
        registration: '0',
      },
    })
  })

  it('PRE-007 确认其一为已匹配,都不匹配为未查到;只能确认列出的', () => {
    const offered = new Set(['a', 'b'])
    expect(confirmLine(unsure(), 'b', offered)).toMatchObject({ value: { match: { status: '1', archiveId: 'b' } } })
    expect(confirmLine(unsure(), undefined, offered)).toMatchObject({ value: { match: { status: '3' } } })
    expect(confirmLine(unsure(), 'c', offered)).toEqual({ ok: false, refusal: 'preschool.noCandidate' })
  })

  it('flows §2 注册状态随证件号由谁占用而定:放还即回未完成注册', () => {
    expect([undefined, 'item', 'record'].map((hold) => registrationOf(hold as 'item'))).toEqual(['0', '1', '2'])
  })

  it('PRE-016 补录保存即发起注册', () => {
    expect(supplementLine(newLine(person(), { exact: ['a'], near: 0 }))).toMatchObject({
      value: { supplemented: true, registration: '1' },
    })
    expect(supplementLine(unsure())).toEqual({ ok: false, refusal: 'preschool.notMatched' })
  })
})

/** The roster as the database keeps it: a unique key over the numbers of its lines; claims say how far a registration has come. */
function createRoster(archives: readonly MatchCandidate[]) {
  const lines = new Map<number, RosterLine>()
  let added = 0
  const isTaken = (one: MatchPerson, except?: number): boolean =>
    one.identityNumber !== null &&
    [...lines].some(([id, line]) => id !== except && line.identityNumber === one.identityNumber)
  const keep = (id: number, result: LineResult): boolean => {
    if (result.ok) lines.set(id, result.value)
    return result.ok
  }
  const stateOf = (line: RosterLine) => ({ ...line, match: line.match.status })
  return {
    lines,
    add: (values: MatchPerson): boolean => {
      if (isTaken(values)) return false
      lines.set(added++, newLine(values, gatherEvidence(values, archives)))
      return true
    },
    edit: (id: number, values: MatchPerson): boolean =>
      !isTaken(values, id) && keep(id, editLine(lines.get(id)!, values, gatherEvidence(values, archives))),
    remove: (id: number): boolean => mayOnRosterLine('remove', stateOf(lines.get(id)!)) && lines.delete(id),
    confirm: (id: number, archiveId: string | undefined): boolean =>
      keep(id, confirmLine(lines.get(id)!, archiveId, new Set(archives.map((one) => one.id)))),
    supplement: (id: number): boolean => keep(id, supplementLine(lines.get(id)!)),
    follow: (id: number, hold: 'record' | undefined): boolean => {
      const line = lines.get(id)!
      if (line.registration !== '1') return false
      lines.set(id, { ...line, registration: registrationOf(hold) })
      return true
    },
  }
}

describe('任意一串操作', () => {
  const ARCHIVES: readonly MatchCandidate[] = [
    { id: 'a', ...person() },
    { id: 'b', ...person({ identityNumber: 'N2', name: '测试乙' }) },
    { id: 'c', ...person({ identityNumber: 'N9' }) },
  ]
  const ACTIONS = ['edit', 'remove', 'confirm', 'none', 'supplement', 'ended', 'finished'] as const

  const seeded = createSeeded(11)
  const anyone = (): MatchPerson => {
    const identityNumber = seeded.pick(['N1', 'N2', 'N3', null])
    const name = seeded.pick(['测试甲', '测试乙', '测试丙'])
    return person({ name, identityNumber, identityType: identityNumber ? '1' : 'Z' })
  }
  type Roster = ReturnType<typeof createRoster>
  const DO: Readonly<Record<(typeof ACTIONS)[number], (roster: Roster, id: number) => boolean>> = {
    edit: (roster, id) => roster.edit(id, anyone()),
    remove: (roster, id) => roster.remove(id),
    confirm: (roster, id) => roster.confirm(id, seeded.pick(['a', 'b', 'x'])),
    none: (roster, id) => roster.confirm(id, undefined),
    supplement: (roster, id) => roster.supplement(id),
    ended: (roster, id) => roster.follow(id, undefined),
    finished: (roster, id) => roster.follow(id, 'record'),
  }

  it('既不丢行,也没有两行同一证件号;拒绝的操作什么也不改变', () => {
    const seen = new Set<string>()
    for (let run = 0; run < 400; run++) {
      const roster = createRoster(ARCHIVES)
      let size = 0
      for (let step = 0; step < 30; step++) {
        if (seeded.int(0, 2) === 0) size += Number(roster.add(anyone()))
        if (roster.lines.size === 0) continue
        const action = seeded.pick(ACTIONS)
        const id = seeded.pick([...roster.lines.keys()])
        const before = new Map(roster.lines)
        const done = DO[action](roster, id)
        seen.add(`${action}:${done}`)
        size -= Number(done && action === 'remove')
        if (!done) expect(roster.lines).toEqual(before)
        if (before.get(id)!.registration !== '0') expect(done && !/ended|finished/.test(action)).toBe(false)
        expect(roster.lines.size).toBe(size)
        expectSound([...roster.lines.values()])
      }
    }
    // The walk has been everywhere.
    for (const action of ACTIONS)
      expect([...seen]).toEqual(expect.arrayContaining([`${action}:true`, `${action}:false`]))
  })
})

function expectSound(lines: readonly RosterLine[]): void {
  const numbers = lines.flatMap((line) => line.identityNumber ?? [])
  expect(new Set(numbers).size).toBe(numbers.length)
  for (const line of lines) {
    expect(line.match.archiveId !== null).toBe(line.match.status === '1')
    if (line.registration === '1') expect(line).toMatchObject({ match: { status: '1' }, supplemented: true })
  }
}
