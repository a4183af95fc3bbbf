import type { ItemRow } from '@xueji/contracts/pipeline/review.api'
import { describe, expect, it } from 'vitest'
import { countOutcomes, currentRow, settle, settledIds, startQueue, whyNotReviewable } from './review-queue.ts'

const row = (id: string, more: Partial<ItemRow> = {}): ItemRow =>
  ({ id, status: 'open', checkState: 'passed', commands: ['approve', 'refuse'], ...more }) as ItemRow

describe('the review sequence (REG-025)', () => {
  it('shows the students in the order of the list and ends after the last', () => {
    let queue = startQueue([row('a'), row('b'), row('c')])
    expect(currentRow(queue)?.id).toBe('a')
    queue = settle(queue, { kind: 'approved' })
    expect(currentRow(queue)?.id).toBe('b')
    queue = settle(queue, { kind: 'skipped', reason: '跳过' })
    queue = settle(queue, { kind: 'refused' })
    expect(currentRow(queue)).toBeUndefined()
    expect(countOutcomes(queue)).toEqual({ approved: 1, refused: 1, skipped: 1 })
  })

  it('passes over students that cannot be reviewed, with the reason (REG-021, REG-022)', () => {
    const queue = startQueue([
      row('a', { commands: [], checkState: 'failed', status: 'duplicate' }),
      row('b', { commands: [], checkState: 'running', status: 'checking' }),
      row('c'),
    ])
    expect(currentRow(queue)?.id).toBe('c')
    expect([...queue.outcomes.values()].map((outcome) => outcome.reason)).toEqual([
      '查重不通过，不能审核，系统将自动结束该业务',
      '查重认证尚未完成，不能审核',
    ])
  })

  it('keeps selected what was passed over', () => {
    let queue = startQueue([row('a'), row('b', { commands: [] }), row('c')])
    queue = settle(queue, { kind: 'approved' })
    expect(settledIds(queue)).toEqual(['a'])
  })

  it('lets go of what another reviewer has decided in the meantime (F-008)', () => {
    let queue = startQueue([row('a'), row('b')])
    queue = settle(queue, { kind: 'skipped', reason: '该记录已被处理', gone: true })
    queue = settle(queue, { kind: 'skipped', reason: '已跳过' })
    expect(settledIds(queue)).toEqual(['a'])
  })

  it('settling after the end changes nothing', () => {
    const queue = startQueue([])
    expect(settle(queue, { kind: 'approved' })).toBe(queue)
  })
})

describe('whyNotReviewable', () => {
  it('lets through what may at least be refused (register.blockOnAuthFail)', () => {
    expect(whyNotReviewable(row('a', { commands: ['refuse'] }))).toBeUndefined()
  })
  it('names another step and a decided item apart', () => {
    expect(whyNotReviewable(row('a', { commands: [] }))).toBe('该记录不在您的办理环节')
    expect(whyNotReviewable(row('a', { commands: [], status: 'effective' }))).toBe('该记录已被处理，请刷新列表')
  })
})
