import { checkRegistration } from '@xueji/domain/rooms/registration/registration.rules'
import { describe, expect, it } from 'vitest'
import { RegistrationCheckFacts, toRegistrationFacts } from './registration.api.ts'

const FACTS = {
  today: '2026-09-01',
  category: 'R11',
  schoolCode: '2144000001',
  entryYear: 2026,
  entryAge: 6,
  countyCodes: ['440203'],
  grades: [{ name: '小学2026级', stage: 1, entryYear: 2026, classNumbers: ['2026101'] }],
  campusNumbers: [],
  isPrivateSchool: false,
}

describe('facts on the way to the page', () => {
  it('serve the rules there as they do here', () => {
    const facts = toRegistrationFacts(RegistrationCheckFacts.parse(JSON.parse(JSON.stringify(FACTS))))
    const codes = (values: Parameters<typeof checkRegistration>[0]) =>
      checkRegistration(values, facts).map((issue) => issue.code)
    expect(codes({ classNumber: '2026101', birthPlaceCode: '440203000000', schoolCode: '2144000001' })).toEqual([])
    expect(codes({ classNumber: '2026102', birthPlaceCode: '999999000000', schoolCode: '2144000002' })).toEqual([
      'register.otherSchool',
      'register.noSuchClass',
      'region.unknown',
    ])
  })

  it('are refused when they are none', () => {
    expect(RegistrationCheckFacts.safeParse({ ...FACTS, today: 'soon' }).success).toBe(false)
    expect(RegistrationCheckFacts.safeParse({ ...FACTS, category: 'R31' }).success).toBe(false)
  })
})
