import { describe, expect, it } from 'vitest'
import { valueText } from './value-text.ts'

describe('valueText', () => {
  it.each([
    ['code', 'GENDER', '2', '女'],
    ['code', 'ETHNIC', '01', '汉族'],
    ['yesNo', undefined, '0', '否'],
    ['yearMonth', undefined, '202609', '2026-09'],
    ['date', undefined, '2020-03-15', '2020-03-15'],
    ['region', undefined, '440203000000', '440203000000'],
    ['text', undefined, '', ''],
  ] as const)('%s %s %s reads %s', (kind, codes, value, text) => {
    expect(valueText({ kind, ...(codes ? { codes } : {}) }, value)).toBe(text)
  })

  it('shows an unknown code as it is rather than nothing', () => {
    expect(valueText({ kind: 'code', codes: 'GENDER' }, '9')).toBe('9')
  })
})
