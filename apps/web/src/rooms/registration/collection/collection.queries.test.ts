import { expect, it } from 'vitest'
import { partAfter } from './collection.queries.ts'

const part = (first: number, total: number, next?: string) => ({
  schoolName: '',
  schoolCode: '',
  sheets: [],
  total,
  first,
  ...(next ? { next } : {}),
})

it('goes on sixty by sixty to the last child, and no further', () => {
  expect(partAfter(part(0, 60))).toBeUndefined()
  expect(partAfter(part(0, 61))).toEqual({ first: 60 })
  expect(partAfter(part(0, 130, 'key'))).toEqual({ first: 60, after: 'key' })
  expect(partAfter(part(60, 121, 'key'))).toEqual({ first: 120, after: 'key' })
  expect(partAfter(part(120, 130))).toBeUndefined()
})
