import { expect, it } from 'vitest'
import { EDITABLE_SETTINGS, isSettingValue, settingSpec } from './setting.api.ts'

it.each([
  ['deadline.register', 30, true],
  ['deadline.register', 6, false],
  ['deadline.register', 181, false],
  ['deadline.register', 30.5, false],
  ['deadline.register', Number.NaN, false],
  ['deadline.register', true, false],
  ['export.countyEnabled', true, true],
  ['export.countyEnabled', 1, false],
] as const)('%s = %s: %s', (key, value, fine) => {
  expect(isSettingValue(key, value)).toBe(fine)
})

it('每个参数都有名称与说明', () => {
  for (const key of EDITABLE_SETTINGS) {
    const { title, explanation } = settingSpec(key)
    expect([key, title, explanation].every((text) => text.length > 3)).toBe(true)
    expect(explanation).toMatch(/。$/)
  }
})
