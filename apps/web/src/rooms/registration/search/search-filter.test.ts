import { describe, expect, it } from 'vitest'
import { filterOfAddress } from './search-filter.ts'

describe('filterOfAddress', () => {
  it('takes the import and the state from a link', () => {
    expect(filterOfAddress(new URLSearchParams('importBatchId=abc&status=returned'))).toEqual({
      importBatchId: 'abc',
      status: 'returned',
    })
  })
  it('ignores what the list does not know', () => {
    expect(filterOfAddress(new URLSearchParams('status=everything&limit=9999'))).toEqual({})
  })
})
