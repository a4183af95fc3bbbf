import { describe, expect, it } from 'vitest'
import { needsNewCheck } from './recheck.ts'

describe('flows §3.1 退回修改后何时重新查重认证', () => {
  const before = { name: '测试甲', identityType: '1', identityNumber: '440202202003150012' }
  it.each<[string, Parameters<typeof needsNewCheck>[1], boolean]>([
    ['都没改', { ...before }, false],
    ['改姓名', { ...before, name: '测试乙' }, true],
    ['改证件类型', { ...before, identityType: 'A' }, true],
    ['改证件号', { ...before, identityNumber: '440202202003150020' }, true],
    ['去掉证件号', { name: before.name, identityType: before.identityType }, true],
    ['REG-021 无身份证件学生改姓名', { name: '测试乙', identityType: 'Z' }, false],
    ['只改别的字段', Object.assign({ phone: '19900000000' }, before), false],
  ])('%s → %s', (_title, after, expected) => {
    expect(needsNewCheck(before, after)).toBe(expected)
  })
})
