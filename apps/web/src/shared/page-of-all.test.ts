import { describe, expect, it } from 'vitest'
import { conditionsSet } from './conditions-set.ts'
import { pageOfAll } from './page-of-all.ts'

describe('pages of rows that are all here', () => {
  const rows = Array.from({ length: 45 }, (_, index) => index)

  it('walks to the end by its own keys', () => {
    const first = pageOfAll(rows, { limit: 20 })
    expect(first).toMatchObject({ total: 45, next: '20' })
    const second = pageOfAll(rows, { limit: 20, after: first.next! })
    const third = pageOfAll(rows, { limit: 20, after: second.next! })
    expect([...first.rows, ...second.rows, ...third.rows]).toEqual(rows)
    expect(third.next).toBeUndefined()
  })
  it('has no second page when the rows just fill the first', () => {
    expect(pageOfAll(rows.slice(0, 20), { limit: 20 }).next).toBeUndefined()
  })
})

describe('conditions', () => {
  it('leaves out what is not set, and blanks around texts', () => {
    expect(conditionsSet({ a: ' 陈 ', b: '', c: '  ', d: undefined, e: null, f: 0, g: false })).toEqual({
      a: '陈',
      f: 0,
      g: false,
    })
  })
})
