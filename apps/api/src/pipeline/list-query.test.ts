import { COUNT_CAP } from '@xueji/contracts/common/wire'
import { describe, expect, it } from 'vitest'
import type { Executor } from '../platform/db.ts'
import { cappedTotal, countUpTo, gatherConditions } from './list-query.ts'

describe('gatherConditions', () => {
  it('numbers what has a value, leaves out what the form left empty, and keeps what must be there', () => {
    const { must, add, say, where } = gatherConditions()
    must((p) => `room = ${p}`, '')
    add((p) => `name = ${p}`, '')
    add((p) => `name = ${p}`, undefined)
    say('is_live')
    add((p) => `locked = ${p}`, false)
    expect(where()).toEqual({ where: 'room = $1 and is_live and locked = $2', values: ['', false] })
  })

  it('without any condition means everything', () => {
    expect(gatherConditions().where()).toEqual({ where: 'true', values: [] })
  })
})

describe('totals', () => {
  const answering = (n: number, asked: unknown[] = []): Executor => ({
    query: async <Row>(text: string, values?: readonly unknown[]) => {
      asked.push(text, values)
      return [{ n }] as Row[]
    },
  })

  it('are counted no further than asked for', async () => {
    const asked: unknown[] = []
    expect(await countUpTo(answering(7, asked), 'student s', { where: 's.id = $1', values: ['x'] }, 8)).toBe(7)
    expect(asked[0]).toContain('(select 1 from student s where s.id = $1 limit 8)')
    expect(asked[1]).toEqual(['x'])
  })

  it('are exact up to the cap', async () => {
    const total = (n: number) => cappedTotal(answering(n), 'student s', gatherConditions().where())
    expect(await total(COUNT_CAP)).toEqual({ total: COUNT_CAP, capped: false })
    expect(await total(COUNT_CAP + 1)).toEqual({ total: COUNT_CAP, capped: true })
  })
})
