import { describe, expect, it } from 'vitest'
import { requestsFor } from './batch-targets.ts'

describe('requestsFor', () => {
  it('keeps the conditions of the list', () => {
    const filter = { schoolId: 'a', studentName: '王' }
    expect(requestsFor({ label: '', filter }, '同意', false)).toEqual([{ opinion: '同意', filter }])
  })

  it('names all schools ticked in one command', () => {
    expect(requestsFor({ label: '', group: 'other', schoolIds: ['a', 'b'] }, '', false)).toEqual([
      { opinion: '', filter: { group: 'other', schoolIds: ['a', 'b'] } },
    ])
  })

  it('narrows to verified identities without losing a condition', () => {
    expect(requestsFor({ label: '', filter: { classId: 'c' } }, '', true)[0]!.filter).toEqual({
      classId: 'c',
      check: 'clear',
    })
  })

  it('splits a selection beyond what one command takes', () => {
    const ids = Array.from({ length: 12_001 }, (_, index) => `${index}`)
    const requests = requestsFor({ label: '', ids }, '', false)
    expect(requests.map((request) => request.ids?.length)).toEqual([5000, 5000, 2001])
    expect(requests.flatMap((request) => request.ids)).toEqual(ids)
  })
})
