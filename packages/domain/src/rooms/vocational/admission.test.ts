import { describe, expect, it } from 'vitest'
import { STUDY_STATUSES, type StudyStatus } from '../../student/study-status.ts'
import { type Admission, admissionOf, type ChildPlace } from './admission.ts'

const record = (studyStatus: StudyStatus, stage: 1 | 2 | 3 | null): ChildPlace => ({ record: { studyStatus, stage } })

describe('PRE-019 已被普通高中录取', () => {
  it.each<[string, ChildPlace, Admission | undefined]>([
    ['高中在校', record('ZX', 3), 'enrolled'],
    ['高中休学', record('XX', 3), 'enrolled'],
    ['初中在校', record('ZX', 2), undefined],
    ['初中毕业', record('BY', 2), undefined],
    ['高中毕业', record('BY', 3), undefined],
    ['高中退学', record('TX', 3), undefined],
    ['已去中职', record('QZZ', 3), undefined],
    ['没有年级的学籍', record('ZX', null), undefined],
    ['正在普通高中注册', { registration: { stage: 3 } }, 'registering'],
    ['正在初中注册', { registration: { stage: 2 } }, undefined],
    ['正在注册，年级不明', { registration: { stage: null } }, undefined],
    ['什么也没有', {}, undefined],
  ])('%s', (_title, place, expected) => {
    expect(admissionOf(place)).toBe(expected)
  })

  it('codes 2.22 在籍的四种就读状态才算', () => {
    expect(STUDY_STATUSES.filter((status) => admissionOf(record(status, 3)))).toEqual(['ZX', 'XX', 'YSCX', 'CX'])
  })
})
