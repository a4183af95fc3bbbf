import type { FiledEvidence } from '@xueji/contracts/pipeline/evidence.api'
import { expect, it } from 'vitest'
import { filings } from './filings.ts'

const filed = (id: string, round: number, filedAt: string, uploader = '甲'): FiledEvidence => ({
  id,
  name: `${id}.jpg`,
  size: 1,
  width: 1,
  height: 1,
  uploader,
  round,
  step: 0,
  filedAt,
})

it('证明材料按提交的次序和人分组', () => {
  const groups = filings([
    filed('a', 0, '2026-09-01T00:00:00.000Z'),
    filed('b', 0, '2026-09-01T00:00:00.000Z'),
    filed('c', 0, '2026-09-02T00:00:00.000Z', '乙'),
    filed('d', 1, '2026-09-03T00:00:00.000Z'),
  ])
  expect(
    groups.map(({ title, uploader, evidence }) => [title, uploader, evidence.map(({ id }) => id).join('')]),
  ).toEqual([
    ['第 1 次提交', '甲', 'ab'],
    ['第 1 次提交', '乙', 'c'],
    ['第 2 次提交', '甲', 'd'],
  ])
  expect(filings([])).toEqual([])
})
