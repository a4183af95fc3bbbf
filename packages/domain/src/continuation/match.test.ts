import { describe, expect, it } from 'vitest'
import type { PlainDate } from '../kernel/plain-date.ts'
import { createSeeded } from '../testing/seeded.ts'
import { compareArchive, decideMatch, gatherEvidence, type MatchCandidate, type MatchPerson } from './match.ts'

const child = (changed: Partial<MatchPerson> = {}): MatchPerson => ({
  name: '测试甲',
  gender: '1',
  birthDate: '2020-03-15' as PlainDate,
  identityType: '1',
  identityNumber: 'N1',
  ...changed,
})
const archive = (id: string, changed: Partial<MatchPerson> = {}): MatchCandidate => ({ id, ...child(changed) })
const record = (id: string, studentNumbers: string[], changed: Partial<MatchPerson> = {}): MatchCandidate => ({
  ...archive(id, changed),
  studentNumbers,
})
const other = { name: '测试乙', gender: '2', birthDate: '2019-09-09' as PlainDate }

describe('PRE-004…006 三种处理状态', () => {
  it.each<[string, MatchPerson, MatchCandidate[], string, string | null]>([
    ['证件号与姓名唯一一致', child(), [archive('a')], '1', 'a'],
    ['性别、出生日期不同也不妨碍', child(), [archive('a', { gender: '2', birthDate: other.birthDate })], '1', 'a'],
    ['另有同名同生日的他人', child(), [archive('a'), archive('b', { identityNumber: 'N2' })], '1', 'a'],
    ['完全一致的有两条', child(), [archive('a'), archive('b')], '2', null],
    ['证件号同、姓名不同', child(), [archive('a', { name: '测试乙' })], '2', null],
    ['姓名、性别、出生日期同', child(), [archive('a', { identityNumber: 'N2' })], '2', null],
    ['号码同而证件类型不同,姓名也不同', child(), [archive('a', { identityType: 'A', ...other })], '3', null],
    ['无证件学生只能待确认', child({ identityType: 'Z', identityNumber: null }), [archive('a')], '2', null],
    [
      '双方都无证件,不算证件一致',
      child({ identityType: 'Z', identityNumber: null }),
      [archive('a', { identityType: 'Z', identityNumber: null, ...other })],
      '3',
      null,
    ],
    ['只有两项相同', child(), [archive('a', { identityNumber: 'N2', gender: '2' })], '3', null],
    ['一条也没有', child(), [], '3', null],
  ])('%s', (_title, person, candidates, status, archiveId) => {
    expect(decideMatch(gatherEvidence(person, candidates))).toEqual({ status, archiveId })
  })

  const UNDOCUMENTED = { identityType: 'Z', identityNumber: null }

  it.each<[string, MatchPerson, MatchCandidate[], string, string | null]>([
    ['没有填学籍号', child(), [record('a', ['G1'])], '1', 'a'],
    ['学籍号也一致', child({ studentNumber: 'G1' }), [record('a', ['G1'])], '1', 'a'],
    ['旧学籍号也算一致(NUM-007)', child({ studentNumber: 'L1' }), [record('a', ['G1', 'L1'])], '1', 'a'],
    ['证件号与姓名一致而学籍号不符', child({ studentNumber: 'G2' }), [record('a', ['G1'])], '2', null],
    ['学籍号一致而姓名不符', child({ studentNumber: 'G1' }), [record('a', ['G1'], other)], '2', null],
    [
      '学籍号与姓名一致而证件号不符',
      child({ studentNumber: 'G1' }),
      [record('a', ['G1'], { identityNumber: 'N2' })],
      '2',
      null,
    ],
    [
      '双方都无证件,凭学籍号与姓名',
      child({ ...UNDOCUMENTED, studentNumber: 'L1' }),
      [record('a', ['L1'], UNDOCUMENTED)],
      '1',
      'a',
    ],
    [
      '学籍号属于另一人',
      child({ studentNumber: 'G2' }),
      [record('a', ['G1']), record('b', ['G2'], { ...other, identityNumber: 'N2' })],
      '2',
      null,
    ],
    [
      '学籍号一致,其他都不同',
      child({ studentNumber: 'G1' }),
      [record('a', ['G1'], { ...other, identityNumber: 'N2' })],
      '2',
      null,
    ],
  ])('PRE-019 学籍号:%s', (_title, person, candidates, status, archiveId) => {
    expect(decideMatch(gatherEvidence(person, candidates))).toEqual({ status, archiveId })
  })

  it('任意名单:已匹配当且仅当恰有一条完全一致;未查到当且仅当无一相近;次序无关', () => {
    const seeded = createSeeded(5)
    const pick = (): MatchPerson => ({
      name: seeded.pick(['甲', '乙']),
      gender: seeded.pick(['1', '2']),
      birthDate: seeded.pick(['2020-01-01', '2020-01-02']) as PlainDate,
      identityType: seeded.pick(['1', 'A']),
      identityNumber: seeded.pick(['N1', 'N2', null]),
    })
    for (let run = 0; run < 3_000; run++) {
      const person = pick()
      const candidates = Array.from({ length: seeded.int(0, 4) }, (_, index) => ({ id: String(index), ...pick() }))
      const kinds = candidates.map((candidate) => compareArchive(person, candidate))
      const match = decideMatch(gatherEvidence(person, candidates))
      expect(match.status === '1').toBe(kinds.filter((kind) => kind === 'exact').length === 1)
      expect(match.status === '3').toBe(kinds.every((kind) => kind === undefined))
      expect(match.archiveId !== null).toBe(match.status === '1')
      expect(decideMatch(gatherEvidence(person, candidates.toReversed()))).toEqual(match)
    }
  })
})
