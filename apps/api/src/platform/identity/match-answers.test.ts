import { DuplicateCheckAnswer, VerificationBatchAnswer } from '@xueji/contracts/identity/identity-register.api'
import { describe, expect, it } from 'vitest'
import { matchAnswers } from './match-answers.ts'

const asked = new Set(['a', 'b'])
const match = (ref: string) => ({ ref, outcome: 'match' })

describe('DUP-010 only an answer to what was asked is trusted', () => {
  it.each<[string, unknown, string[] | undefined]>([
    ['complete', { results: [match('b'), match('a')] }, ['b', 'a']],
    ['one missing', { results: [match('a')] }, ['a']],
    ['none', { results: [] }, []],
    ['one too many', { results: [match('a'), match('b'), match('c')] }, undefined],
    ['somebody else', { results: [match('c')] }, undefined],
    ['a ref twice', { results: [match('a'), { ref: 'a', outcome: 'notFound' }] }, undefined],
    ['an unknown outcome', { results: [match('a'), { ref: 'b', outcome: 'ok' }] }, undefined],
    ['an outcome of the other step', { results: [{ ref: 'a', outcome: 'clear' }] }, undefined],
    ['no results', { ok: true }, undefined],
    ['a bare list', [match('a')], undefined],
    ['nothing', undefined, undefined],
    ['null', null, undefined],
    ['prototype tricks', JSON.parse('{"__proto__":{"results":[]}}'), undefined],
  ])('%s', (_title, json, refs) => {
    const answers = matchAnswers(asked, json, VerificationBatchAnswer)
    expect(answers && [...answers.keys()]).toEqual(refs)
  })

  it('DUP-007 keeps the province of the holder and drops whatever else was sent', () => {
    const holder = { provinceCode: '34', provinceName: '安徽省', name: '某某', school: '某小学' }
    const json = { results: [{ ref: 'a', outcome: 'duplicate', holder, telephone: '0' }] }
    expect(matchAnswers(asked, json, DuplicateCheckAnswer)?.get('a')).toEqual({
      ref: 'a',
      outcome: 'duplicate',
      holder: { provinceCode: '34', provinceName: '安徽省' },
    })
  })

  it('refuses a clear answer that names a holder', () => {
    const holder = { provinceCode: '34', provinceName: '安徽省' }
    expect(matchAnswers(asked, { results: [{ ref: 'a', outcome: 'clear', holder }] }, DuplicateCheckAnswer)).toBe(
      undefined,
    )
  })
})
