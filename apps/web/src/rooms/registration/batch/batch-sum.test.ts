import type { BatchCommandState } from '@xueji/contracts/pipeline/review.api'
import { describe, expect, it } from 'vitest'
import { sumBatches } from './batch-sum.ts'

const state = (more: Partial<BatchCommandState>): BatchCommandState => ({
  id: 'x',
  command: 'approve',
  status: 'finished',
  total: 10,
  done: 10,
  skipped: 0,
  failed: 0,
  createdAt: '2026-09-01T00:00:00.000Z',
  finishedAt: null,
  reasons: [],
  ...more,
})
const reason = (count: number, examples: string[]) => ({
  reason: 'review.checkPending',
  message: '查重认证尚未完成,不能审核',
  outcome: 'skipped',
  count,
  examples,
})

describe('sumBatches', () => {
  it('is finished only when every part is, and never shows 100 before', () => {
    expect(sumBatches([state({}), state({ status: 'running', done: 4 })])).toMatchObject({
      finished: false,
      percent: 70,
    })
    expect(sumBatches([state({ status: 'running' })]).percent).toBe(99)
    expect(sumBatches([state({}), state({})])).toMatchObject({ finished: true, percent: 100, done: 20 })
  })

  it('joins equal reasons of several parts', () => {
    const sum = sumBatches([
      state({ skipped: 4, reasons: [reason(4, ['甲', '乙', '丙', '丁'])] }),
      state({ skipped: 3, reasons: [reason(3, ['戊', '己'])] }),
    ])
    expect(sum.reasons).toEqual([{ ...reason(7, ['甲', '乙', '丙', '丁', '戊']) }])
  })

  it('an empty batch is finished', () => {
    expect(sumBatches([state({ total: 0, done: 0 })])).toMatchObject({ finished: true, percent: 100 })
  })
})
