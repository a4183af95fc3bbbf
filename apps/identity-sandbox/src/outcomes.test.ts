import { describe, expect, it } from 'vitest'
import { type Behaviour, behaviourOf, duplicateAnswer, verificationAnswer } from './outcomes.ts'

const residentNumber = (sequence: string, area = '000000') => `${area}20150315${sequence}X`

describe('DUP-009 the sequence code of a resident number decides', () => {
  it.each<[string, Behaviour['check'], Behaviour['verify']]>([
    ['990', 'duplicate', 'match'],
    ['991', 'duplicate', 'match'],
    ['980', 'clear', 'notFound'],
    ['981', 'clear', 'notFound'],
    ['970', 'clear', 'nameMismatch'],
    ['971', 'clear', 'nameMismatch'],
    ['960', 'hang', 'hang'],
    ['961', 'hang', 'hang'],
    ['962', 'clear', 'hang'],
    ['963', 'clear', 'hang'],
    ['950', 'flaky', 'flaky'],
    ['951', 'flaky', 'flaky'],
    ['001', 'clear', 'match'],
    ['949', 'clear', 'match'],
    ['952', 'clear', 'match'],
    ['992', 'clear', 'match'],
    ['999', 'clear', 'match'],
  ])('%s: check %s, verify %s', (sequence, check, verify) => {
    expect(behaviourOf('1', residentNumber(sequence))).toEqual({ check, verify })
  })

  it('looks nowhere else in a resident number', () => {
    expect(behaviourOf('1', '990990199009900018').check).toBe('clear')
  })

  it.each([
    ['6', 'H1234990', 'duplicate'],
    ['A', 'EX960', 'hang'],
    ['8', '99012345', 'clear'],
  ])('any other document is read at its last three characters: %s %s', (identityType, identityNumber, check) => {
    expect(behaviourOf(identityType, identityNumber).check).toBe(check)
  })

  it('no inherited name is an outcome', () => {
    expect(behaviourOf('A', 'constructor').check).toBe('clear')
    expect(behaviourOf('A', 'X1').check).toBe('clear')
  })
})

describe('answers', () => {
  const check = (sequence: string, area?: string) =>
    duplicateAnswer({ ref: 'a', identityType: '1', identityNumber: residentNumber(sequence, area) })

  it('DUP-007 a duplicate is held by another province than the number’s own', () => {
    expect(check('990')).toMatchObject({ outcome: 'duplicate', holder: { provinceCode: '34' } })
    expect(check('991', '340000')).toMatchObject({ outcome: 'duplicate', holder: { provinceCode: '41' } })
  })

  it.each(['001', '950', '960', '980'])('%s is clear once answered', (sequence) => {
    expect(check(sequence)).toEqual({ ref: 'a', outcome: 'clear' })
  })

  it.each([
    ['001', 'match'],
    ['950', 'match'],
    ['961', 'match'],
    ['981', 'notFound'],
    ['971', 'nameMismatch'],
  ])('DUP-006 %s is %s once answered', (sequence, outcome) => {
    const person = { ref: 'a', name: '测试', identityNumber: residentNumber(sequence) }
    expect(verificationAnswer(person)).toEqual({ ref: 'a', outcome })
  })
})
