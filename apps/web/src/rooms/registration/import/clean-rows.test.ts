import type { ImportDetail } from '@xueji/contracts/pipeline/import.api'
import { describe, expect, it } from 'vitest'
import { maySubmitClean } from './clean-rows.ts'

const detail = (batch: Partial<ImportDetail['batch']>, mayFileCleanRows = true): ImportDetail => ({
  batch: { status: 'failed', failure: null, validRows: 3, invalidRows: 2, ...batch } as ImportDetail['batch'],
  kinds: [],
  warnings: 0,
  mayFileCleanRows,
})

describe('maySubmitClean', () => {
  it('asks the room first: registration enters whole or not at all (REG-007)', () => {
    expect(maySubmitClean(detail({}))).toBe(true)
    expect(maySubmitClean(detail({}, false))).toBe(false)
  })

  it.each([
    { validRows: 0 },
    { invalidRows: 0 },
    { status: 'ready' },
    { status: 'running' },
    { status: 'succeeded' },
    { failure: { title: '模板不对', advice: '' } },
  ])('is not for %j', (batch) => {
    expect(maySubmitClean(detail(batch))).toBe(false)
  })
})
