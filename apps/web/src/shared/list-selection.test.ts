import { describe, expect, it } from 'vitest'
import { between, withRows } from './list-selection.ts'

type Row = { id: string }
const rows: Row[] = ['a', 'b', 'c', 'd'].map((id) => ({ id }))
const key = (row: Row) => row.id

describe('selection across pages', () => {
  it('adds and takes out rows without touching those of other pages', () => {
    const elsewhere = new Map([['z', { id: 'z' }]])
    const both = withRows(elsewhere, rows.slice(0, 2), key, true)
    expect([...both.keys()]).toEqual(['z', 'a', 'b'])
    expect([...withRows(both, rows, key, false).keys()]).toEqual(['z'])
    expect(elsewhere.size).toBe(1)
  })
  it('spans from the row chosen before to this one in either direction', () => {
    expect(between(rows, key, 'b', 'd').map(key)).toEqual(['b', 'c', 'd'])
    expect(between(rows, key, 'd', 'b').map(key)).toEqual(['b', 'c', 'd'])
  })
  it('takes one row when the one chosen before is on another page', () => {
    expect(between(rows, key, 'z', 'c').map(key)).toEqual(['c'])
    expect(between(rows, key, undefined, 'c').map(key)).toEqual(['c'])
  })
})
