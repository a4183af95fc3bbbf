import { buildIdentityNumber } from '@xueji/db/seed/children'
import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { describe, expect, it } from 'vitest'
import { createClock } from '../../platform/clock.ts'
import { legacyChild, legacyNumber, loadChildren, spoilt } from '../../testing/legacy.ts'
import { openApp } from '../../testing/open-world.ts'

const now = Date.now()
// Progress is told by time: with a clock that stands still the number of statements is the rows' alone.
const { world, test } = await openApp({ clock: createClock(() => now) })
const [county, data] = [await test.as('county'), await test.as('data')]

const child = (school: string, name: string, identityNumber: string | null, more?: Partial<StudentValues>) =>
  legacyChild(world, school, name, identityNumber, more)
/** Children whose names begin so: those with a number first. */
const studentsOf = async (name: string) =>
  (
    await world.database.client.query(
      `select c.student_id is not null as claims, m.group_id as group from student s
       left join identity_claim c on c.student_id = s.id and c.released_at is null
       left join problem_member m on m.student_id = s.id and m.is_live where starts_with(s.name, $1) order by s.identity_type, s.name`,
      [name],
    )
  ).rows

describe('存量学籍作为集合导入', () => {
  it('of two loads at once with one number and one child without document, both see each other', async () => {
    const word = '甲乙丙丁戊'
    for (const [round, mark] of [...word].entries()) {
      const name = `并发${mark}`
      const load = (school: string): StudentValues[] => [
        child(school, `${name}${school === 'school' ? '左' : '右'}`, legacyNumber(401 + round * 2)),
        child(school, name, null),
      ]
      const batches = await Promise.all([
        loadChildren(test, county, load('school')),
        loadChildren(test, data, load('schoolC')),
      ])
      expect(batches.map(({ outcome }) => outcome.created)).toEqual([2, 2])
      const [left, right, ...nameless] = await studentsOf(name)
      expect(left.group).toBeTruthy()
      expect(right.group).toBe(left.group)
      expect([left.claims, right.claims].sort()).toEqual([false, true])
      expect(nameless).toHaveLength(2)
      expect(nameless[0].group).toBeTruthy()
      expect(nameless[1].group).toBe(nameless[0].group)
    }
  })

  it('is a set: 30 rows and 300 take as many statements', async () => {
    const counts: number[] = []
    for (const [index, size] of [30, 300].entries()) {
      const load = Array.from({ length: size }, (_, at) => {
        const sequence = index * 300 + Math.floor(at / 2) + 1
        // Every other number twice, every tenth wrong, some without document and alike.
        const own = buildIdentityNumber('440204', '2018-07-08' as PlainDate, sequence * 2 - 1)
        const more = { birthDate: '2018-07-08' }
        if (at % 10 === 9) return child('school', `批次${'甲乙'[index]}丙`, spoilt(own), more)
        return child('school', `批次${'甲乙'[index]}`, at % 10 > 6 ? null : own, more)
      })
      const before = test.platform.db.statementCount()
      const batch = await loadChildren(test, county, load)
      counts.push(test.platform.db.statementCount() - before)
      expect(batch.outcome.created).toBe(size)
    }
    expect(counts[1]).toBe(counts[0])
  })

  it('opens more groups than one round takes: each child in one, each row marked with its own', async () => {
    const SIZE = 5_003
    const load = Array.from({ length: SIZE }, (_, at) => {
      const birthDate = `2018-${String(1 + Math.floor(at / 499)).padStart(2, '0')}-09` as PlainDate
      return child('school', '多组', spoilt(buildIdentityNumber('440205', birthDate, (at % 499) * 2 + 1)), {
        birthDate,
      })
    })
    const batch = await loadChildren(test, county, load)
    expect(batch.outcome).toMatchObject({ created: SIZE, wrongNumber: SIZE })
    const { rows } = await world.database.client.query(
      `select count(*)::int as members, count(distinct m.group_id)::int as groups, count(*) filter (where e.group_id = m.group_id)::int as marked,
         count(distinct v.group_id)::int as opened, count(*) filter (where s.is_problem)::int as problems
       from legacy_entry e join student s on s.id = e.student_id left join problem_member m on m.student_id = s.id and m.is_live
       left join problem_event v on v.group_id = m.group_id and v.kind = 'open' where e.batch_id = $1`,
      [batch.id],
    )
    expect(rows).toEqual([{ members: SIZE, groups: SIZE, marked: SIZE, opened: SIZE, problems: SIZE }])
  })
})
