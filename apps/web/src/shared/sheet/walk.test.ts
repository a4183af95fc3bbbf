import { describe, expect, it } from 'vitest'
import { seek, walk } from './walk.ts'

const size = { rows: 10, columns: 4, page: 5 }
const from = (row: number, column: number, key: string, more: { ctrlKey?: boolean; shiftKey?: boolean } = {}) => {
  const place = walk({ row, column }, { key, ctrlKey: false, shiftKey: false, ...more }, size)
  return place && [place.row, place.column]
}

describe('walk', () => {
  it('steps by arrows and stops at the edges', () => {
    expect(from(3, 1, 'ArrowDown')).toEqual([4, 1])
    expect(from(0, 1, 'ArrowUp')).toEqual([0, 1])
    expect(from(9, 3, 'ArrowRight')).toEqual([9, 3])
    expect(from(9, 0, 'ArrowDown')).toEqual([9, 0])
  })
  it('jumps with Ctrl, Home, End and by pages', () => {
    expect(from(3, 1, 'ArrowDown', { ctrlKey: true })).toEqual([9, 1])
    expect(from(3, 1, 'End')).toEqual([3, 3])
    expect(from(3, 1, 'End', { ctrlKey: true })).toEqual([9, 3])
    expect(from(3, 1, 'Home', { ctrlKey: true })).toEqual([0, 0])
    expect(from(3, 1, 'PageDown')).toEqual([8, 1])
    expect(from(8, 1, 'PageDown')).toEqual([9, 1])
  })
  it('goes on to the next row with Tab, and leaves the sheet at its ends', () => {
    expect(from(3, 3, 'Tab')).toEqual([4, 0])
    expect(from(4, 0, 'Tab', { shiftKey: true })).toEqual([3, 3])
    expect(from(9, 3, 'Tab')).toBeUndefined()
    expect(from(0, 0, 'Tab', { shiftKey: true })).toBeUndefined()
  })
  it('knows no other key', () => {
    expect(from(1, 1, 'a')).toBeUndefined()
  })
})

describe('seek', () => {
  const wrong = new Set(['1:2', '4:0'])
  const next = (row?: number, column?: number) => {
    const from = row === undefined || column === undefined ? undefined : { row, column }
    const at = seek(from, size, (place) => wrong.has(`${place.row}:${place.column}`))
    return at && `${at.row}:${at.column}`
  }
  it('goes from one to the next in reading order, and from the last to the first', () => {
    expect(next()).toBe('1:2')
    expect(next(1, 2)).toBe('4:0')
    expect(next(4, 0)).toBe('1:2')
    expect(next(1, 3)).toBe('4:0')
  })
  it('finds none where there is none but this one', () => {
    expect(seek({ row: 1, column: 2 }, size, (at) => at.row === 1 && at.column === 2)).toBeUndefined()
    expect(seek(undefined, { rows: 0, columns: 4 }, () => true)).toBeUndefined()
  })
})
