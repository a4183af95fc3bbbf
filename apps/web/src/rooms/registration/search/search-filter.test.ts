import { describe, expect, it } from 'vitest'
import { filterOfAddress } from './search-filter.ts'

describe('filterOfAddress', () => {
  it('takes the import and the state from a link', () => {
    expect(filterOfAddress(new URLSearchParams('importBatchId=abc&status=returned'))).toEqual({
      importBatchId: 'abc',
      status: 'returned',
    })
  })
  it('takes the school from 注册进度', () => {
    const school = '0199d3a8-0000-7000-8000-000000000001'
    expect(filterOfAddress(new URLSearchParams(`schoolId=${school}&status=effective`))).toEqual({
      schoolId: school,
      status: 'effective',
    })
  })
  it('ignores what the list does not know', () => {
    expect(filterOfAddress(new URLSearchParams('status=everything&limit=9999'))).toEqual({})
  })
})
