import { buildChildren } from '@xueji/db/seed/roster'
import { describe, expect, it } from 'vitest'
import { pinyinOfName } from '../../pipeline/name-pinyin.ts'
import { command, importChildren, itemsOf, passChecks } from '../../testing/corridor.ts'
import { openWorld } from '../../testing/open-world.ts'

const { world, platform } = await openWorld()

const wish = (school = 'school') => ({
  regionCode: '440203',
  regionName: '广东省韶关市武江区',
  schoolCode: world.org[school]!.code,
  entryYear: world.entryYear,
})
const batchOf = async (id: string) =>
  (
    await world.database.client.query(
      'select status, total_rows, valid_rows, invalid_rows, failure from import_batch where id = $1',
      [id],
    )
  ).rows[0]

describe('a roster becomes registered students', () => {
  it('imports, checks, reviews, escalates, approves: every child has a G number, a record and a history line (E2E-01, REG-031)', async () => {
    const children = buildChildren(30, 1, { ...wish(), classNumber: world.classNumbers[0]! })
    const batch = await importChildren(platform, world.actor('registrar'), children)
    expect(await batchOf(batch)).toMatchObject({
      status: 'succeeded',
      total_rows: 30,
      valid_rows: 30,
      invalid_rows: 0,
      failure: null,
    })
    const ids = await itemsOf(platform, batch)
    expect(ids).toHaveLength(30)
    await passChecks(platform)
    for (const [who, what] of [
      ['leader', 'approve'],
      ['registrar', 'escalate'],
      ['county', 'approve'],
    ] as const)
      expect((await command(platform, world.actor(who), what, ids)).filter((one) => one.refusal)).toEqual([])
    const { rows } = await world.database.client.query(
      `select s.student_number, s.identity_number, s.name, s.name_pinyin, s.study_status, s.birth_date::text, s.is_only_child, s.school_distance, c.summary,
         (select count(*)::int from guardian g where g.student_id = s.id) as guardians
       from student s join student_change c on c.student_id = s.id where s.org_path = $1 order by s.id`,
      [world.org.school!.path],
    )
    expect(rows).toHaveLength(30)
    rows.forEach((row, index) => {
      expect(row.student_number).toBe(`G${children[index]!.identityNumber}`)
      expect(row).toMatchObject({
        name: children[index]!.name,
        // Filled in where the template has no column for it (fields 1.2).
        name_pinyin: pinyinOfName(children[index]!.name!),
        study_status: 'ZX',
        birth_date: children[index]!.birthDate,
        guardians: 2,
        summary: '在武江第一小学完成学籍注册',
      })
    })
  })
})
