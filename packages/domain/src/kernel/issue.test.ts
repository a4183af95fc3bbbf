import { describe, expect, it } from 'vitest'
import { errorOn, passes, warningOn } from './issue.ts'
import { ok, refused } from './result.ts'

describe('问题', () => {
  it('错误与警告只差严重程度;没有的部分不出现', () => {
    expect(errorOn('name', 'shape.required')).toStrictEqual({
      code: 'shape.required',
      severity: 'error',
      field: 'name',
    })
    expect(warningOn('name', 'shape.required', '', { max: 1 })).toStrictEqual({
      code: 'shape.required',
      severity: 'warning',
      field: 'name',
      value: '',
      params: { max: 1 },
    })
  })

  it.each<[string, ReturnType<typeof errorOn>[], boolean]>([
    ['没有问题', [], true],
    ['只有警告', [warningOn('a', 'x'), warningOn('b', 'y')], true],
    ['有一个错误', [warningOn('a', 'x'), errorOn('b', 'y')], false],
    ['只有错误', [errorOn('b', 'y')], false],
  ])('REG-007 %s → 通过:%s', (_title, issues, expected) => {
    expect(passes(issues)).toBe(expected)
  })
})

describe('结果', () => {
  it('成功带值,拒绝带原因', () => {
    expect(ok(0)).toStrictEqual({ ok: true, value: 0 })
    expect(refused('no')).toStrictEqual({ ok: false, refusal: 'no' })
  })
})
