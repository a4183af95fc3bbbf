import { describe, expect, it } from 'vitest'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { identityNumberOf } from '../../testing/valid-child.ts'
import { checkVocationalLine, checkVocationalListed } from './vocational.rules.ts'

const TODAY = '2026-09-05' as PlainDate
const NUMBER = identityNumberOf('440202', '20110315', '001')
const CHILD = { name: '测试甲', gender: '1', birthDate: '2011-03-15', identityType: '1', identityNumber: NUMBER }

describe('PRE-019 六个字段', () => {
  it.each<[string, string | undefined, string[]]>([
    ['没有学籍号', undefined, []],
    ['正式学籍号', `G${NUMBER}`, []],
    ['临时学籍号', 'L440203201103150015', []],
    ['位数不对', 'G123', ['studentNumber vocational.studentNumber']],
    ['首字母不对', `X${NUMBER}`, ['studentNumber vocational.studentNumber']],
  ])('%s', (_title, studentNumber, expected) => {
    const issues = checkVocationalLine({ ...CHILD, ...(studentNumber ? { studentNumber } : {}) }, TODAY)
    expect(issues.map((issue) => `${issue.field} ${issue.code}`)).toEqual(expected)
  })

  it('其余五个字段照旧', () => {
    expect(checkVocationalLine({ ...CHILD, gender: '2' }, TODAY)).toMatchObject([{ code: 'identity.genderMismatch' }])
    expect(checkVocationalListed(CHILD)).toMatchObject([{ code: 'vocational.listed', value: NUMBER }])
  })
})
