import { describe, expect, it } from 'vitest'
import { type ChildBusiness, type Undertaking, whyNotFree } from './free-child.ts'

const FREE: ChildBusiness = { isProblem: false, hasOpenItem: false, isHandlingProblem: false }
const PROBLEM = { ...FREE, isProblem: true }
const HANDLING = { isProblem: true, hasOpenItem: true, isHandlingProblem: true }
const OTHER = { ...FREE, hasOpenItem: true }
const MOVES: Undertaking[] = [
  'transfer',
  'crossTransfer',
  'crossGraduation',
  'admission',
  'graduation',
  'vocationalContinuation',
]

describe('flows §13 互斥', () => {
  it.each(MOVES)('PROB-022、PROB-023、NUM-014 问题学籍不可 %s，处理中亦然', (undertaking) => {
    expect(whyNotFree(PROBLEM, undertaking)).toBe('business.problem')
    expect(whyNotFree(HANDLING, undertaking)).toBe('business.problem')
    expect(whyNotFree(OTHER, undertaking)).toBe('business.open')
    expect(whyNotFree(FREE, undertaking)).toBeUndefined()
  })

  it('问题学籍处理：只看本组以外的在办业务；关键数据变更一律互斥', () => {
    expect(whyNotFree(PROBLEM, 'problemHandling')).toBeUndefined()
    expect(whyNotFree(HANDLING, 'problemHandling')).toBeUndefined()
    expect(whyNotFree({ ...HANDLING, isHandlingProblem: false }, 'problemHandling')).toBe('business.open')
    expect(whyNotFree(HANDLING, 'keyDataChange')).toBe('business.open')
    expect(whyNotFree(PROBLEM, 'keyDataChange')).toBeUndefined()
  })
})
