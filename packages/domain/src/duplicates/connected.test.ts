import { describe, expect, it } from 'vitest'
import { createSeeded } from '../testing/seeded.ts'
import { connectSharing, type SharingChild } from './connected.ts'

const child = (studentId: string, key: string, more: Partial<SharingChild> = {}): SharingChild => ({
  key,
  studentId,
  orgPath: '440203:1',
  rowNumber: 1,
  groupId: null,
  isGroupOpen: false,
  ...more,
})
const enrolled = (studentId: string, key: string, groupId: string | null = null, isGroupOpen = true) =>
  child(studentId, key, { rowNumber: null, groupId, isGroupOpen: groupId !== null && isGroupOpen })
const told = (children: readonly SharingChild[]) =>
  connectSharing(children).map(({ groupId, parties }) => [groupId, parties.map((one) => one.studentId).join('')])

describe('PROB-001、PROB-020 同一证件号或同一人的学生连成一组', () => {
  it.each<[string, SharingChild[], unknown]>([
    ['一份文件内两人', [child('a', 'x'), child('b', 'x')], [[null, 'ab']]],
    ['三人一组，不是三对', [child('a', 'x'), child('b', 'x'), child('c', 'x')], [[null, 'abc']]],
    [
      '两个号码两组',
      [child('a', 'x'), child('b', 'y'), child('c', 'x'), child('d', 'y')],
      [
        [null, 'ac'],
        [null, 'bd'],
      ],
    ],
    ['与全国已有学生', [enrolled('e', 'x'), child('a', 'x')], [[null, 'ea']]],
    ['已有学生之间的事不是这次导入的', [enrolled('e', 'x'), enrolled('f', 'x')], []],
    ['没有别人', [child('a', 'x')], []],
    [
      '并入已开的组，组内人不重复加入',
      [enrolled('e', 'x', 'g1'), enrolled('f', 'x', 'g1'), child('a', 'x')],
      [['g1', 'a']],
    ],
    ['组外的已有学生一并加入', [enrolled('e', 'x', 'g1'), enrolled('f', 'x'), child('a', 'x')], [['g1', 'fa']]],
    [
      '两个号码的学生在同一组里：连成一组',
      [enrolled('e', 'x', 'g1'), enrolled('f', 'y', 'g1'), child('a', 'x'), child('b', 'y')],
      [['g1', 'ab']],
    ],
    ['两个已开的组：并入较早的', [enrolled('e', 'x', 'g2'), enrolled('f', 'x', 'g1'), child('a', 'x')], [['g1', 'a']]],
    ['对方正在仲裁：只剩一人，不成组', [enrolled('e', 'x', 'g1', false), child('a', 'x')], []],
    [
      '对方正在仲裁：其余的人自成一组',
      [enrolled('e', 'x', 'g1', false), child('a', 'x'), child('b', 'x')],
      [[null, 'ab']],
    ],
  ])('%s', (_title, children, expected) => {
    expect(told(children)).toEqual(expected)
  })

  it('与逐对合并的结果相同，每人至多一组（任意数据）', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const { int } = createSeeded(seed)
      const children = Array.from({ length: int(2, 32) }, (_, index) =>
        int(0, 2) > 0
          ? child(`s${index}`, `k${int(1, 8)}`)
          : enrolled(`s${index}`, `k${int(1, 8)}`, int(0, 1) > 0 ? `g${int(1, 3)}` : null),
      )
      const conflicts = connectSharing(children)
      const seen = conflicts.flatMap(({ parties }) => parties.map((one) => one.studentId))
      expect(new Set(seen).size).toBe(seen.length)
      const place = new Map(
        conflicts.flatMap((conflict) => conflict.parties.map((one) => [one.studentId, conflict] as const)),
      )
      const reached = pairwise(children)
      for (const one of children.filter((each) => each.groupId === null))
        for (const other of children.filter((each) => each.groupId === null))
          if (place.has(one.studentId) && place.has(other.studentId))
            expect(place.get(one.studentId) === place.get(other.studentId)).toBe(
              reached(one.studentId, other.studentId),
            )
    }
  })
})

/** The same by the plainest means: who can be reached from whom over pairs. */
function pairwise(children: readonly SharingChild[]): (one: string, other: string) => boolean {
  const meet = (one: SharingChild, other: SharingChild): boolean =>
    one.key === other.key || (one.groupId !== null && one.groupId === other.groupId)
  return (from, to) => {
    const reached = new Set([from])
    for (let size = 0; size < reached.size; ) {
      size = reached.size
      for (const one of children)
        if (reached.has(one.studentId)) for (const other of children) if (meet(one, other)) reached.add(other.studentId)
    }
    return reached.has(to)
  }
}
