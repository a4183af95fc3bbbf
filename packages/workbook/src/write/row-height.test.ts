import { expect, test } from 'vitest'
import { heightXml } from './row-height.ts'

test.each([
  [['姓名'], [12], ''],
  [['身份证件号码'], [12], ''],
  [['监护人身份证件号'], [12], ' ht="33" customHeight="1"'],
  [['a', 'b\nc\nd'], [5, 5], ' ht="48" customHeight="1"'],
  [['a'.repeat(25)], [10], ' ht="48" customHeight="1"'],
  [['学'.repeat(40_000)], [10], ' ht="409" customHeight="1"'],
  [['beyond the widths given'], [], ''],
  [[], [], ''],
])('%j in %j', (texts, widths, attributes) => {
  expect(heightXml(texts, widths)).toBe(attributes)
})
