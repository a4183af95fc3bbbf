import { describe, expect, it } from 'vitest'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { STUDY_STATUSES, type StudyStatus } from '../../student/study-status.ts'
import { type ChildRecord, decideLine, type LineToDecide, planContinuation, recordHindrance } from './continue-line.ts'

const YEAR = 2026
const record = (changed: Partial<ChildRecord> = {}): ChildRecord => ({
  studentId: 's1',
  orgPath: '440203:3144000001',
  studyStatus: 'BY',
  stage: 2,
  entryYear: 2023,
  years: 3,
  isProblem: false,
  hasOpenItem: false,
  isHandlingProblem: false,
  ...changed,
})
const matched = (changed: Partial<ChildRecord> = {}): LineToDecide => ({
  match: '1',
  state: 'open',
  record: record(changed),
})
const senior = { studyStatus: 'ZX', stage: 3, entryYear: YEAR } as const
const GO = { decision: 'continue', despiteAdmission: false } as const
const GO_ON = { decision: 'continue', despiteAdmission: true } as const
const STOP = { decision: 'stop', despiteAdmission: false } as const

describe('codes 2.23b 哪些学籍可以接续到中职', () => {
  it.each<[string, Partial<ChildRecord>, string | undefined]>([
    ['初中毕业', {}, undefined],
    ['初中结业', { studyStatus: 'JY' }, undefined],
    ['初三在校', { studyStatus: 'ZX', entryYear: 2024 }, undefined],
    ['初二在校', { studyStatus: 'ZX', entryYear: 2025 }, 'vocational.tooEarly'],
    ['四年制初中的三年级', { studyStatus: 'ZX', entryYear: 2024, years: 4 }, 'vocational.tooEarly'],
    ['提前毕业的初二', { entryYear: 2025 }, undefined],
    ['高一在校', senior, undefined],
    ['高中退学', { studyStatus: 'TX', stage: 3 }, undefined],
    ['小学在校', { studyStatus: 'ZX', stage: 1, entryYear: 2021 }, 'vocational.tooEarly'],
    ['小学毕业', { stage: 1, entryYear: 2020 }, 'vocational.tooEarly'],
    ['年级不明', { stage: null, entryYear: null }, 'vocational.tooEarly'],
    ['已去中职', { studyStatus: 'QZZ' }, 'vocational.elsewhere'],
    ['休学', { studyStatus: 'XX', stage: 3 }, 'vocational.statusForbids'],
    ['问题学籍', { isProblem: true }, 'business.problem'],
    ['有在办业务', { hasOpenItem: true }, 'business.open'],
  ])('%s', (_title, changed, expected) => {
    expect(recordHindrance(record(changed), YEAR)).toBe(expected)
  })

  it('flows §13 只有在校、毕业类、退学、开除、其他离校的高中学籍可以', () => {
    const free = (studyStatus: StudyStatus): boolean =>
      recordHindrance(record({ studyStatus, stage: 3 }), YEAR) === undefined
    expect(STUDY_STATUSES.filter(free)).toEqual(['ZX', 'TX', 'KC', 'QTLX', 'BY', 'JY', 'YY'])
  })
})

describe('PRE-019 继续、不继续', () => {
  it.each<[string, LineToDecide, typeof GO | typeof GO_ON | typeof STOP, string]>([
    ['初中毕业生直接接续', matched(), GO, 'continued'],
    ['被普高录取须先提示', matched(senior), GO, 'vocational.admitted'],
    ['提示后继续', matched(senior), GO_ON, 'continued'],
    ['提示后不继续', matched(senior), STOP, 'stopped'],
    ['没有录取就无从终止', matched(), STOP, 'vocational.notAdmitted'],
    ['不能接续的先说理由，不问录取', matched({ ...senior, hasOpenItem: true }), GO, 'business.open'],
    ['不能接续的录取生也可以终止', matched({ ...senior, isProblem: true }), STOP, 'stopped'],
    ['待确认的先确认', { match: '2', state: 'open' }, GO_ON, 'vocational.unsure'],
    ['未查到学籍', { match: '3', state: 'open' }, GO_ON, 'vocational.nothingFound'],
    [
      '未查到，正在普高注册',
      { match: '3', state: 'open', registration: { itemId: 'i', stage: 3 } },
      GO,
      'vocational.admitted',
    ],
    [
      '未查到，正在普高注册，继续',
      { match: '3', state: 'open', registration: { itemId: 'i', stage: 3 } },
      GO_ON,
      'continued',
    ],
    [
      '未查到，正在初中注册',
      { match: '3', state: 'open', registration: { itemId: 'i', stage: 2 } },
      GO_ON,
      'vocational.nothingFound',
    ],
    ['已接续', { ...matched(), state: 'continued' }, GO, 'vocational.continued'],
    ['已终止', { ...matched(senior), state: 'stopped' }, GO_ON, 'vocational.stopped'],
  ])('%s', (_title, line, command, expected) => {
    const result = decideLine(line, command, YEAR)
    expect(result.ok ? result.value : result.refusal).toBe(expected)
  })
})

describe('接续的效果', () => {
  const SCHOOL = { code: '3644000001', name: '某某职业学校' }
  const TODAY = '2026-09-20' as PlainDate

  it('学籍变为去中职就读，只此一项', () => {
    expect(planContinuation(matched(), SCHOOL, TODAY)).toEqual({
      changes: [
        {
          kind: 'goVocational',
          studentId: 's1',
          orgPath: '440203:3144000001',
          vocationalSchool: SCHOOL,
          occurredOn: TODAY,
          summary: '去中职就读：学籍接续到某某职业学校',
        },
      ],
    })
  })

  it('没有学籍的，终止普高的注册', () => {
    const line: LineToDecide = { match: '3', state: 'open', registration: { itemId: 'i', stage: 3 } }
    expect(planContinuation(line, SCHOOL, TODAY)).toEqual({ changes: [], endsItemId: 'i' })
  })
})
