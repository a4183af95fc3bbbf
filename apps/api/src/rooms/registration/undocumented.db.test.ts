import { flatten } from '@xueji/contracts/template/row-schema'
import { asEntry } from '@xueji/db/seed/entries'
import { buildChildren } from '@xueji/db/seed/roster'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { resubmitItem } from '../../pipeline/correction.ts'
import { loadSettings } from '../../platform/settings.ts'
import { command, fileChild, importChildren, itemsOf, passChecks } from '../../testing/corridor.ts'
import { buildEntryWorld, type EntryWorld, SCHOOL_STEPS, STEPS_TO_PROVINCE } from '../../testing/entry-world.ts'
import { addPicture } from '../../testing/evidence.ts'
import { registrationRoom } from './registration.room.ts'

let country: EntryWorld
let world: EntryWorld['world']
let platform: EntryWorld['platform']

beforeAll(async () => {
  country = await buildEntryWorld(inject('postgresUrl'))
  ;({ world, platform } = country)
})
afterAll(() => country.close())

const sql: EntryWorld['sql'] = (...asked) => country.sql(...asked)
const childrenOf: EntryWorld['childrenOf'] = (...wish) => country.childrenOf(...wish)
const itemOf: EntryWorld['itemOf'] = (id) => country.itemOf(id)
const filed: EntryWorld['filed'] = (...form) => country.filed(...form)
const go = async (...steps: Parameters<EntryWorld['go']>): Promise<void> =>
  expect(await country.go(...steps)).toEqual([])

describe('children without document (REG-021, REG-028, REG-029, WF-006)', () => {
  it('E2E-06 to the province, and only there a number (NUM-011)', async () => {
    const [child] = childrenOf('R13', 1)
    const id = await filed('R13', child!)
    expect((await itemOf(id)).who).toEqual([
      '武江第一小学',
      '武江第一小学',
      '韶关市武江区教育局',
      '韶关市教育局',
      '广东省教育厅',
    ])
    await go([id], STEPS_TO_PROVINCE.slice(0, 4))
    expect(await itemOf(id)).toMatchObject({ status: 'open', step: 4, student_number: null })
    await go([id], STEPS_TO_PROVINCE.slice(4))
    const done = await itemOf(id)
    expect(done).toMatchObject({ status: 'effective', dup: 0, auth: 0 })
    expect(done.student_number).toMatch(/^L440203/)
  })

  it.each([
    ['county', STEPS_TO_PROVINCE.slice(0, 2)],
    ['city', STEPS_TO_PROVINCE.slice(0, 3)],
    ['province', STEPS_TO_PROVINCE.slice(0, 4)],
  ] as const)('refused by the %s it goes straight back to the school (E2E-06)', async (level, before) => {
    const [child] = childrenOf('R23', 1, 3)
    const id = await filed('R23', child!)
    await go([id], before)
    expect(await command(platform, world.actor(level), 'refuse', [id], '材料不清')).toEqual([{ id }])
    expect(await itemOf(id)).toMatchObject({ status: 'returned' })
  })

  it('REG-019 evidence is filed with the child and adds up over the rounds; another’s is not taken', async () => {
    const actor = world.actor('registrar')
    const [child, second] = childrenOf('R13', 2)
    const id = await filed('R13', child!)
    expect(await command(platform, world.actor('leader'), 'refuse', [id], '材料不清')).toEqual([{ id }])
    const { version } = await itemOf(id)
    const settings = await loadSettings(platform.db.system, actor.orgPath)
    const added = await addPicture(platform, actor)
    const { name: _, ...values } = flatten(child!)
    const resubmit = (evidenceIds: string[]) =>
      platform.db.inScopeOf(actor, (tx) =>
        resubmitItem(tx, platform, actor, settings, registrationRoom, {
          id,
          version,
          // A new name asks the nation nothing: there is no document to be asked about.
          values: { ...values, name: '陈改名' },
          evidenceIds,
          requestId: 'test',
        }),
      )
    expect(await resubmit([added])).toEqual({})
    expect(await itemOf(id)).toMatchObject({ status: 'open', round: 1, student_name: '陈改名' })
    expect(
      await sql('select round, id = $2 as added from evidence where item_id = $1 order by round', [id, added]),
    ).toEqual([
      { round: 0, added: false },
      { round: 1, added: true },
    ])
    const foreign = await addPicture(platform, world.actor('registrarB'))
    await expect(fileChild(platform, actor, 'R13', second!, [foreign])).rejects.toMatchObject({
      id: 'evidence.notYours',
    })
    expect(await sql('select 1 from review_item where student_name = $1', [second!.name])).toEqual([])
  })

  it('E2E-07 a school under the province: school, then province', async () => {
    const wish = {
      regionCode: '440104',
      regionName: '广州市越秀区',
      schoolCode: world.org.provinceDirect!.code,
      entryYear: world.entryYear,
    }
    const child = asEntry('R13', buildChildren(1, 901, wish)[0]!)
    const id = await filed('R13', child, 'registrarProvince')
    expect((await itemOf(id)).who).toEqual(['广东省直属小学', '广东省直属小学', '广东省教育厅'])
  })

  it('NUM-011 a J number where the province has it so', async () => {
    await sql(`insert into setting (key, org_path, value) values ('studentNo.issueJ', '44', 'true')`)
    const [child] = childrenOf('R13', 1)
    const id = await filed('R13', child!)
    await go([id], STEPS_TO_PROVINCE)
    expect((await itemOf(id)).student_number).toMatch(/^J440203/)
    await sql(`delete from setting where key = 'studentNo.issueJ'`)
  })
})

describe('REG-032 alike in name, sex and birth date', () => {
  const problemOf = (id: string) =>
    sql(
      `select g.problem_type as type, g.fault, m.position, m.is_locked as locked, s.item_id as item, s.is_problem as problem, m.org_path as path
       from problem_group g join problem_member m on m.group_id = g.id join student s on s.id = m.student_id
       where g.id in (select group_id from problem_member pm join student ps on ps.id = pm.student_id where ps.item_id = $1) order by m.position`,
      [id],
    )
  const FAR = [
    ['leaderFar', 'approve'],
    ['registrarFar', 'escalate'],
    ['farCounty', 'approve'],
    ['otherProvince', 'approve'],
  ] as const
  const inFarSchool = (child: StudentValues): StudentValues => ({ ...child, classNumber: undefined })

  it('opens one problem record for both, in two provinces, and keeps nobody out; a third joins it', async () => {
    const [child] = childrenOf('R13', 1)
    const near = await filed('R13', child!)
    await go([near], STEPS_TO_PROVINCE)
    expect(await problemOf(near)).toEqual([])

    // Nobody works at the city bureau above the far school in this small country: its step is taken out.
    const far = await filed('R13', inFarSchool(child!), 'registrarFar')
    await sql(
      `update review_item set chain = (select jsonb_agg(node order by n) from jsonb_array_elements(chain) with ordinality as e (node, n) where node->>'level' <> 'city') where id = $1`,
      [far],
    )
    await go([far], FAR)
    expect(await itemOf(far)).toMatchObject({ status: 'effective' })
    const party = { type: 3, fault: 'samePerson', problem: true }
    expect(await problemOf(near)).toEqual([
      { ...party, item: far, position: 1, locked: false, path: world.org.farSchool!.path },
      { ...party, item: near, position: 2, locked: true, path: world.org.school!.path },
    ])

    const third = await filed('R13', child!)
    await go([third], STEPS_TO_PROVINCE)
    expect((await problemOf(third)).map(({ item, position, locked }) => [item, position, locked])).toEqual([
      [third, 1, false],
      [far, 2, true],
      [near, 3, true],
    ])
    // The timeline begins with the opening, by nobody: one side's approver is no matter of the other's.
    expect(
      await sql(
        `select e.kind, e.actor_id, e.actor_name as who from problem_event e join problem_member m on m.group_id = e.group_id
         join student s on s.id = m.student_id where s.item_id = $1 order by e.at`,
        [third],
      ),
    ).toEqual([
      { kind: 'open', actor_id: null, who: '系统' },
      { kind: 'join', actor_id: null, who: '系统' },
    ])
  })

  it('two of one approval are alike too; who differs in one of the three, or has a document, is not', async () => {
    const [child] = childrenOf('R13', 1)
    const other = { ...child!, gender: child!.gender === '1' ? '2' : '1' }
    const ids = [await filed('R13', child!), await filed('R13', child!), await filed('R13', other)]
    const [resident] = buildChildren(1, 902, {
      regionCode: '440203',
      regionName: '武江区',
      schoolCode: world.org.school!.code,
      entryYear: world.entryYear,
    })
    const documented = await itemsOf(
      platform,
      await importChildren(platform, world.actor('registrar'), [{ ...resident!, name: child!.name! }]),
    )
    await passChecks(platform)
    await go(documented, [...SCHOOL_STEPS, ['county', 'approve']])
    await go(ids, STEPS_TO_PROVINCE)
    expect((await problemOf(ids[0]!)).map(({ item, locked }) => [item, locked])).toEqual([
      [ids[1], false],
      [ids[0], true],
    ])
    expect(await problemOf(ids[2]!)).toEqual([])
    expect(await problemOf(documented[0]!)).toEqual([])
  })

  it('takes as many statements for twenty children as for two', async () => {
    const counts: number[] = []
    for (const size of [2, 20]) {
      const ids: string[] = []
      for (const child of childrenOf('R13', size / 2)) ids.push(await filed('R13', child), await filed('R13', child))
      await go(ids, STEPS_TO_PROVINCE.slice(0, 4))
      const before = platform.db.statementCount()
      await go(ids, STEPS_TO_PROVINCE.slice(4))
      counts.push(platform.db.statementCount() - before)
      expect((await sql('select 1 from student where item_id = any($1) and is_problem', [ids])).length).toBe(size)
    }
    expect(counts[1]).toBe(counts[0])
  })
})
