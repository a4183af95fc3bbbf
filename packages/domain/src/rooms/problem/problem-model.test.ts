import { describe, expect, it } from 'vitest'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { createSeeded, type Seeded } from '../../testing/seeded.ts'
import { planHandlings } from './problem.effects.ts'
import {
  arbitrate,
  HANDLINGS,
  type Handling,
  isContesting,
  mayHandle,
  openGroup,
  type ProblemGroup,
} from './problem-group.ts'
import { actingOrder } from './problem-order.ts'

/** A child of the model: its number is all that is contested. */
type Child = { id: string; school: string; number: string; alive: boolean; arrivedAt: string; removals: number }
type Pending = { handling: Handling; number: string }

const TODAY = '2026-11-22' as PlainDate

/** A small country: children, groups and handlings under way, moved only by the decisions of the domain. */
class Country {
  readonly children = new Map<string, Child>()
  readonly groups = new Map<string, ProblemGroup>()
  readonly pending = new Map<string, Pending>()
  private serial = 0
  private readonly chance: Seeded
  constructor(chance: Seeded, isOrdered: boolean) {
    this.chance = chance
    for (let index = 0; index < 9; index++)
      this.children.set(`s${index}`, {
        id: `s${index}`,
        school: `school${chance.int(0, 3)}`,
        number: `N${chance.int(0, 3)}`,
        alive: true,
        arrivedAt: `2026-0${chance.int(1, 5)}-01`,
        removals: 0,
      })
    for (const number of new Set([...this.children.values()].map((child) => child.number))) {
      const sharing = [...this.children.values()].filter((child) => child.number === number)
      if (sharing.length > 1)
        this.open(
          sharing.map(({ id }) => id),
          isOrdered,
        )
    }
  }

  private open(ids: readonly string[], isOrdered = true): void {
    const order = actingOrder(
      ids.map((id) => ({ studentId: id, registeredAt: this.children.get(id)!.arrivedAt, identityChangedAt: null })),
    )
    this.groups.set(`g${this.serial++}`, openGroup(2, order, { isOrdered }))
  }

  groupOf(id: string): [string, ProblemGroup] | undefined {
    return [...this.groups].find(
      ([, group]) =>
        group.status !== 'ended' && group.parties.some((party) => party.studentId === id && isContesting(party)),
    )
  }

  file(id: string, handling: Handling, number: string): boolean {
    const found = this.groupOf(id)
    if (!found || this.pending.has(id) || !mayHandle(found[1], id, handling).ok) return false
    this.pending.set(id, { handling, number })
    return true
  }

  approve(id: string): string {
    const wish = this.pending.get(id)!
    const found = this.groupOf(id)
    const child = this.children.get(id)!
    const others = [...this.children.values()].filter((one) => one.alive && one.id !== id && one.number === wish.number)
    const identity = (number: string) => ({
      name: '甲',
      identityType: '1' as const,
      identityNumber: number,
      gender: '1' as const,
      birthDate: '2020-01-01' as PlainDate,
    })
    const [plan] = planHandlings(
      [
        {
          itemId: 'i',
          groupId: found?.[0] ?? '',
          studentId: id,
          orgPath: child.school,
          regionCode: '440202',
          studentNumber: `L-${id}`,
          handling: wish.handling,
          before: identity(child.number),
          after: identity(wish.number),
        },
      ],
      {
        today: TODAY,
        groups: this.groups,
        rivals: new Map([
          [
            'i',
            others.map((one) => ({
              studentId: one.id,
              orgPath: one.school,
              groupId: this.groupOf(one.id)?.[0] ?? null,
            })),
          ],
        ]),
        usedSequences: new Map(),
        takenNumbers: new Set(),
      },
    )
    this.pending.delete(id)
    if ('refusal' in plan!) return plan.refusal
    if ('returned' in plan!) return plan.returned
    for (const change of plan!.changes) {
      if (change.kind === 'strikeOff') {
        child.alive = false
        child.removals++
      }
      if (change.kind === 'amendIdentity') child.number = change.identity.identityNumber!
      if (change.kind === 'settleProblem')
        this.settle(change.groupId, { ...found![1], status: change.status, parties: change.parties })
      if (change.kind === 'regroup') this.open(change.parties.map((party) => party.studentId))
    }
    return 'ok'
  }

  private settle(groupId: string, group: ProblemGroup): void {
    this.groups.set(groupId, group)
    // The system ends what was under way of a party that the conflict has left.
    for (const party of group.parties) if (!isContesting(party)) this.pending.delete(party.studentId)
  }

  arbitrate(groupId: string, winner: string): boolean {
    const group = this.groups.get(groupId)!
    const judged = group.parties.filter((party) => party.state === 'attested')
    const result = arbitrate(
      group,
      judged.map(({ studentId }) => ({ studentId, passes: studentId === winner })),
      false,
    )
    if (result.ok) this.settle(groupId, result.value)
    return result.ok
  }

  /** Throws when an invariant is broken; plain comparisons, for it is asked after each of tens of thousands of steps. */
  check(): void {
    const must = (holds: boolean, what: string): void => {
      if (!holds) throw new Error(what)
    }
    const contesting = new Map<string, number>()
    for (const group of this.groups.values()) {
      const left = group.parties.filter(isContesting)
      if (group.status === 'ended') {
        must(left.every((party) => party.state === 'attested') && left.length <= 1, 'a group ended too early')
        continue
      }
      for (const party of left) contesting.set(party.studentId, (contesting.get(party.studentId) ?? 0) + 1)
      // Nobody waits for nobody: somebody may act, or the arbiter may.
      if (group.status === 'open')
        must(
          left.some((party) => party.state === 'todo' || party.state === 'lost'),
          'nobody can act',
        )
      else must(left.every((party) => party.state === 'attested') && left.length > 1, 'nothing to arbitrate')
    }
    const owners = new Map<string, string>()
    for (const child of this.children.values()) {
      must((contesting.get(child.id) ?? 0) <= 1, `${child.id} stands in several groups`)
      must(child.removals === (child.alive ? 0 : 1), `${child.id} has more or less than one record or none`)
      if (!child.alive || contesting.has(child.id)) continue
      must(!owners.has(child.number), `two winners of ${child.number}`)
      owners.set(child.number, child.id)
    }
  }

  randomStep(): void {
    const { chance } = this
    const id = `s${chance.int(0, 8)}`
    const act = chance.int(0, 9)
    if (act < 5) this.file(id, chance.pick(HANDLINGS), `N${chance.int(0, 9)}`)
    else if (act < 8 && this.pending.has(id)) {
      const before = this.groupOf(id)?.[1].parties.find((party) => party.studentId === id)?.state
      const outcome = this.approve(id)
      if (outcome === 'ok' && before !== 'todo' && before !== 'lost') throw new Error(`${id} acted while ${before}`)
    } else if (act === 8) this.pending.delete(id)
    else {
      const groupId = [...this.groups.keys()][chance.int(0, this.groups.size - 1)]
      if (groupId) this.arbitrate(groupId, id)
    }
  }
}

/** Whatever has happened, a way to the end is open to those who want it: each acts once, the arbiter once a group. */
function finish(country: Country): void {
  for (let round = 0; round < 60 && [...country.groups.values()].some((group) => group.status !== 'ended'); round++) {
    for (const child of country.children.values()) {
      if (!country.pending.has(child.id)) country.file(child.id, 'amend', `F${child.id}`)
      if (country.pending.has(child.id)) country.approve(child.id)
    }
    for (const [groupId, group] of country.groups) {
      const winner = group.parties.find((party) => party.state === 'attested')
      if (group.status === 'arbitration') country.arbitrate(groupId, winner!.studentId)
    }
  }
  country.check()
  for (const group of country.groups.values()) expect(group.status).toBe('ended')
}

describe('flows §4.1 模型：任意各方的任意命令', () => {
  it.each([true, false])(
    '有先后 = %s：同一证件号无两胜方，锁定方不动，各组终结，每生一份学籍或无',
    (isOrdered) => {
      let ended = 0
      let regrouped = 0
      for (let seed = 1; seed <= 120; seed++) {
        const country = new Country(createSeeded(seed), isOrdered)
        const atFirst = country.groups.size
        for (let step = 0; step < 100; step++) {
          country.randomStep()
          country.check()
        }
        regrouped += country.groups.size - atFirst
        finish(country)
        ended += country.groups.size
      }
      // The walks must reach what they are about.
      expect(ended).toBeGreaterThan(350)
      expect(regrouped).toBeGreaterThan(10)
    },
    60_000,
  )
})
