import {
  REGISTRATION_TEMPLATES,
  RESIDENT_NEWCOMER_TEMPLATE,
} from '@xueji/contracts/rooms/registration/registration.template'
import { checkCharacter } from '@xueji/domain/identity/identity-number'
import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import { REGISTRATION_ENTRIES } from '@xueji/domain/rooms/registration/registration.review'
import { buildRegistrationFacts } from '@xueji/domain/testing/valid-child'
import { describe, expect, it } from 'vitest'
import { followsNumber, valuesOfNumber } from './derived-values.ts'
import { makeFormCheck } from './form-check.ts'

// The template's own example row with an invented number: a boy of 15 March 2020.
const body = '44020320200315001'
const cells: Readonly<Record<string, string>> = {
  ...Object.fromEntries(RESIDENT_NEWCOMER_TEMPLATE.columns.map((column) => [column.key, column.example])),
  schoolCode: '2144100001',
  identityNumber: body + checkCharacter(body),
}
const facts = buildRegistrationFacts({
  today: '2026-09-10' as PlainDate,
  schoolCode: '2144100001',
  countyCodes: new Set(['440203', '440202']),
})
const check = makeFormCheck(RESIDENT_NEWCOMER_TEMPLATE, facts)
const codes = (more: Record<string, string>): string[] => check({ ...cells, ...more }).map((issue) => issue.code)

describe('makeFormCheck', () => {
  it('finds nothing in a clean row', () => {
    expect(codes({})).toEqual([])
  })

  it.each([
    ['a required value removed', { healthStatus: '' }, 'shape.required'],
    ['a name outside the table', { ethnicity: '汉人' }, 'shape.code'],
    ['a telephone too short', { 'guardians.1.phone': '138000' }, 'shape.phone'],
    ['no guardian', { 'guardians.0.isGuardian': '0' }, 'guardian.noneIsGuardian'],
    ['a class that does not exist', { classNumber: '2026109' }, 'register.noSuchClass'],
    ['another year of entry', { enrolledMonth: '202509' }, 'register.notThisYear'],
    ['a wrong last digit', { identityNumber: wrongCheckDigit(cells.identityNumber!) }, 'identity.checkCharacter'],
  ])('finds %s', (_, more, code) => {
    expect(codes(more)).toContain(code)
  })

  it('counts an incomplete number once, not with gender and birth date on top (IDN-006)', () => {
    const found = check({ ...cells, identityNumber: '4402032020', gender: '', birthDate: '' })
    expect(found.map((issue) => issue.code)).toEqual(['identity.length'])
  })

  it('knows what the server knows, once the facts are there; before that the shape only', () => {
    expect(codes({ birthPlaceCode: '999999000000', hasPurchasedPlace: '1', campusNumber: '9' })).toEqual([
      'region.unknown',
      'register.noSuchCampus',
      'category.purchasedPlaceInPublicSchool',
    ])
    const shapeOnly = makeFormCheck(RESIDENT_NEWCOMER_TEMPLATE, undefined)
    expect(shapeOnly({ ...cells, classNumber: '2026109' })).toEqual([])
    expect(shapeOnly({ ...cells, postcode: '1' })).toHaveLength(1)
  })

  it('checks each entry by its own fields and rules (REG-001)', () => {
    const entry = REGISTRATION_ENTRIES.R13
    const undocumented = makeFormCheck(REGISTRATION_TEMPLATES.R13, { ...facts, entry })
    const { schoolCode: _, identityNumber: _number, ...rest } = cells
    const found = undocumented({ ...rest, identityType: 'Z', nationality: 'CHN' }).map((issue) => [
      issue.field,
      issue.code,
    ])
    expect(found).toEqual([['guardians.0.identityType', 'guardian.noneHasResidentCard']])
  })

  it('lists issues in the order of the form, in the words of the catalogue', () => {
    const issues = check({ ...cells, 'guardians.0.name': '张 3', postcode: '5120' })
    expect(issues.map((issue) => issue.label)).toEqual(['邮政编码', '成员1姓名'])
    expect(issues[1]!.message).toBe('成员1姓名格式不正确')
  })
})

describe('valuesOfNumber (IDN-005, IDN-006)', () => {
  it('reads gender and birth date of a complete number, lower-case x and blanks included', () => {
    expect(valuesOfNumber('110101201503150018')).toEqual({ gender: '1', birthDate: '2015-03-15' })
    expect(valuesOfNumber('11010120150315002x ')).toEqual({ gender: '2', birthDate: '2015-03-15' })
  })
  it('holds nothing while the number is incomplete or its day does not exist', () => {
    expect(valuesOfNumber('1101012015')).toEqual({ gender: '', birthDate: '' })
    expect(valuesOfNumber('110105201302290010')).toEqual({ gender: '', birthDate: '' })
  })
  it('applies to resident cards only', () => {
    expect([followsNumber('1'), followsNumber('A'), followsNumber(undefined)]).toEqual([true, false, false])
  })
})

function wrongCheckDigit(number: string): string {
  return number.slice(0, 17) + (number[17] === '0' ? '1' : '0')
}
