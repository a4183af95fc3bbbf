import { REGISTRATION_ENTRIES, type RegistrationCategory } from '@xueji/domain/rooms/registration/registration.review'
import { checkRegistration } from '@xueji/domain/rooms/registration/registration.rules'
import { buildRegistrationFacts } from '@xueji/domain/testing/valid-child'
import { describe, expect, it } from 'vitest'
import { parseCell } from '../../template/parse-cell.ts'
import { CARRIED_FIELDS, entryDefaults, fixedFields } from './registration.form.ts'
import { REGISTRATION_TEMPLATES } from './registration.template.ts'

const CATEGORIES = Object.keys(REGISTRATION_ENTRIES) as RegistrationCategory[]

describe.each(CATEGORIES)('空表单 %s', (category) => {
  const { columns } = REGISTRATION_TEMPLATES[category]
  const defaults = entryDefaults(category, 2026)

  it('缺省值都是本入口的列,通得过格式与规则', () => {
    for (const [key, value] of Object.entries(defaults)) {
      const column = columns.find((one) => one.key === key)!
      expect([key, parseCell(column, value)]).toEqual([key, { value }])
    }
    const entry = REGISTRATION_ENTRIES[category]
    const own = checkRegistration(defaults, buildRegistrationFacts({ entry })).filter(
      (issue) => (issue.field ?? '') in defaults,
    )
    expect(own).toEqual([])
  })

  it('固定的列都有缺省值,学校标识码由系统填', () => {
    for (const key of fixedFields(category)) if (key !== 'schoolCode') expect(Object.keys(defaults)).toContain(key)
  })

  it('留给下一名的列与学生本人无关', () => {
    for (const key of CARRIED_FIELDS) expect(key).not.toMatch(/name$|identity|phone|address|guardian|birth/)
  })
})

it.each<[RegistrationCategory, string | undefined]>([
  ['R11', '1'],
  ['R12', undefined],
  ['R13', 'Z'],
  ['R22', undefined],
])('%s 的证件类型缺省 %s', (category, type) => {
  expect(entryDefaults(category, 2026).identityType).toBe(type)
})
