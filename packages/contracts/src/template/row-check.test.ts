import { describe, expect, it } from 'vitest'
import { RESIDENT_NEWCOMER_TEMPLATE } from '../rooms/registration/registration.template.ts'
import { makeRowCheck } from './row-check.ts'

const said = { code: 'rule', severity: 'error', field: 'name' } as const

describe('makeRowCheck', () => {
  it('joins what the shape and the rules say', () => {
    const check = makeRowCheck(RESIDENT_NEWCOMER_TEMPLATE, ({ ethnicity }) => (ethnicity === '01' ? [said] : []))
    const { values, issues, rowNumber } = check({ rowNumber: 7, cells: { ethnicity: '汉族', gender: '南' } })
    expect(rowNumber).toBe(7)
    expect(values.ethnicity).toBe('01')
    expect(issues).toContainEqual(said)
    expect(issues.find((issue) => issue.field === 'gender')?.code).toBe('shape.code')
  })

  it('says of a cell the reader spoilt only that, and gives the rules nothing of it', () => {
    const seen: unknown[] = []
    const check = makeRowCheck(RESIDENT_NEWCOMER_TEMPLATE, (values) => {
      seen.push(values)
      return []
    })
    const { issues, values } = check({
      rowNumber: 3,
      cells: { identityNumber: '440202202003150000', 'guardians.0.phone': '13800000000', 'guardians.0.name': '张三' },
      cellFaults: { identityNumber: 'precisionLost', 'guardians.0.phone': 'formula' },
    })
    expect(issues.filter((issue) => issue.field === 'identityNumber').map((issue) => issue.code)).toEqual([
      'cell.precisionLost',
    ])
    expect(issues.filter((issue) => issue.field === 'guardians.0.phone').map((issue) => issue.code)).toEqual([
      'cell.formula',
    ])
    expect(values.identityNumber).toBeUndefined()
    expect(values.guardians?.[0]).toEqual({ name: '张三' })
    expect(seen).toEqual([values])
  })
})
