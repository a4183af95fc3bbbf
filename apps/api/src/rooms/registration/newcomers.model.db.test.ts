import { flatten } from '@xueji/contracts/template/row-schema'
import { buildArchives } from '@xueji/db/seed/preschool'
import { type Chance, createChance } from '@xueji/db/seed/random'
import { buildChildren } from '@xueji/db/seed/roster'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { endDuplicates } from '../../pipeline/end-duplicates.ts'
import { verifyAudit } from '../../platform/audit.ts'
import { importChildren, passChecks } from '../../testing/corridor.ts'
import { type Answer, buildTestApp, type TestApp } from '../../testing/http.ts'
import { fiveFields, KINDERGARTEN } from '../../testing/preschool.ts'
import { buildWorld, type World } from '../../testing/world.ts'

const LINES = '/api/rooms/preschool/lines'
const ITEMS = '/api/rooms/registration/items'
const STEPS = 70
const SEEDS = [1, 2]
/** Two schools of one county and their people. */
const SCHOOLS = [
  { org: 'school', registrar: 'registrar', leader: 'leader' },
  { org: 'schoolB', registrar: 'registrarB', leader: 'leaderB' },
] as const

let world: World
let test: TestApp

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  await world.database.client.query(`delete from setting where key = 'register.requirePreschoolList'`)
  test = await buildTestApp(world)
})
afterAll(async () => {
  await test.close()
  await world.database.drop()
})

const sql = async <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
  (await world.database.client.query(text, values)).rows as Row[]

type Line = { id: string; version: number; org_path: string; name: string; identity_number: string }
type Item = { id: string; waiting_act: string | null; waiting_path: string | null; org_path: string; version: number }

/** A few children two schools both want, and everything that may be done with them, in any order, two things at once. */
class Newcomers {
  readonly children: readonly StudentValues[]
  /** Lines that were entered and not deleted: id → number. */
  readonly listed = new Map<string, string>()
  private readonly chance: Chance

  constructor(seed: number) {
    this.chance = createChance(seed)
    const { code } = world.org.school!
    this.children = buildChildren(8, 9000 + seed, {
      regionCode: '440203',
      regionName: '广东省韶关市武江区',
      schoolCode: code,
      entryYear: world.entryYear,
    })
  }

  /** Something that may be done now, by whomever; undefined when there is nothing to do it to. */
  async act(): Promise<Answer | undefined> {
    const school = this.chance.pick(SCHOOLS)
    const child = this.chance.pick(this.children)
    const registrar = await test.as(school.registrar)
    const lines = await sql<Line>(
      'select id, version, org_path, name, identity_number from preschool_roster where org_path = $1 order by id',
      [world.org[school.org]!.path],
    )
    const line = lines.length > 0 ? this.chance.pick(lines) : undefined
    const numbers = this.children.map((one) => one.identityNumber!)
    const items = await sql<Item>(
      `select id, waiting_act, waiting_path, org_path, version from review_item where identity_number = any($1) and status in ('open', 'returned', 'ended') order by id`,
      [numbers],
    )
    const item = items.length > 0 ? this.chance.pick(items) : undefined
    switch (this.chance.pick(KINDS)) {
      case 'list': {
        const answer = await registrar.post(LINES, fiveFields(child))
        if (answer.status === 200) this.listed.set(answer.body.id, child.identityNumber!)
        return answer
      }
      case 'edit': {
        if (!line) return undefined
        const values = { ...fiveFields(child), name: this.chance.pick([child.name!, `${child.name}改`]) }
        const answer = await registrar.put(`${LINES}/${line.id}`, { values, version: line.version })
        if (answer.status === 200) this.listed.set(line.id, values.identityNumber)
        return answer
      }
      case 'unlist': {
        if (!line) return undefined
        const answer = await registrar.post(`${LINES}/remove`, { ids: [line.id] })
        if (answer.status === 200) this.listed.delete(line.id)
        return answer
      }
      case 'supplement':
        return line
          ? registrar.post(`${LINES}/${line.id}/supplement`, {
              values: flatten({ ...child, schoolCode: world.org[school.org]!.code }),
              version: line.version,
            })
          : undefined
      case 'import': {
        const schoolCode = world.org[school.org]!.code
        const some = this.children.filter(() => this.chance.next() < 0.4).map((one) => ({ ...one, schoolCode }))
        if (some.length > 0) await importChildren(test.platform, world.actor(school.registrar), some)
        return undefined
      }
      case 'check':
        await passChecks(test.platform, this.chance.pick([2, 3]))
        return undefined
      case 'duplicate':
        // The nation has said that somebody bears the number already; the job ends what is so (REG-022).
        await sql(
          `update review_item set status = 'duplicate', duplicate_status = 3, next_check_at = null where status = 'checking'`,
        )
        await endDuplicates(test.platform)
        return undefined
      case 'review':
        return item ? this.review(item) : undefined
      case 'again':
        return item ? this.fileAgain(item) : undefined
    }
  }

  private async review(item: Item): Promise<Answer> {
    const own = SCHOOLS.find(({ org }) => world.org[org]!.path === item.org_path)!
    const due =
      item.waiting_act === 'escalate' ? own.registrar : item.waiting_path === item.org_path ? own.leader : 'county'
    // Now and then it is somebody else, or something else is asked.
    const who = this.chance.next() < 0.15 ? this.chance.pick([own.leader, own.registrar, 'county']) : due
    const usual = item.waiting_act === 'escalate' ? 'escalate' : 'approve'
    const command = this.chance.next() < 0.2 ? this.chance.pick(['refuse', 'escalate', 'approve'] as const) : usual
    return (await test.as(who)).post(`${ITEMS}/${item.id}/commands`, {
      command,
      version: item.version,
      opinion: '不符',
    })
  }

  private async fileAgain(item: Item): Promise<Answer> {
    const own = SCHOOLS.find(({ org }) => world.org[org]!.path === item.org_path)!
    const registrar = await test.as(own.registrar)
    if (this.chance.next() < 0.4) return registrar.delete(`${ITEMS}/${item.id}`)
    const child = this.chance.pick(this.children)
    const values = flatten({ ...child, schoolCode: world.org[own.org]!.code })
    return registrar.put(`${ITEMS}/${item.id}`, { values, version: item.version })
  }

  /** Throws when a law is broken. */
  async check(): Promise<void> {
    const numbers = this.children.map((one) => one.identityNumber!)
    const live = await sql(
      `select identity_number, count(*)::int as n from (
         select identity_number from review_item where room = 'registration' and status in ('checking', 'open', 'returned')
         union all select identity_number from student where study_status <> 'SC') as one
       where identity_number = any($1) group by 1 having count(*) > 1`,
      [numbers],
    )
    expect(live, 'two live registrations of one number').toEqual([])
    const unclaimed = await sql(
      `select i.id from review_item i where i.identity_number = any($1) and i.status in ('checking', 'open', 'returned') and not exists (
         select from identity_claim c where c.item_id = i.id and c.released_at is null and c.identity_number = i.identity_number)`,
      [numbers],
    )
    expect(unclaimed, 'a registration under way without its claim').toEqual([])
    const lines = await sql<Line>('select id, identity_number from preschool_roster where identity_number = any($1)', [
      numbers,
    ])
    expect(new Map(lines.map((line) => [line.id, line.identity_number])), 'roster lines').toEqual(this.listed)
    expect(new Set(this.listed.values()).size, 'one line a number').toBe(this.listed.size)
  }
}

const KINDS = [
  ...(['list', 'list', 'list', 'edit', 'unlist', 'supplement', 'supplement'] as const),
  ...([
    'import',
    'import',
    'check',
    'check',
    'duplicate',
    'review',
    'review',
    'review',
    'review',
    'review',
    'again',
  ] as const),
]

describe('名单与注册 (PRE-002, DUP-003, REG-022, REG-033): any sequence of actions, some at the same moment', () => {
  it.each(SEEDS)('makes no two live registrations of one number and loses no roster line (seed %i)', async (seed) => {
    const model = new Newcomers(seed)
    await buildArchives(world.database.client, model.children.slice(0, 2), KINDERGARTEN)
    const tally = new Map<number, number>()
    for (let step = 0; step < STEPS; step++) {
      // Every third step two people act at once.
      const answers = await Promise.all(step % 3 === 0 ? [model.act(), model.act()] : [model.act()])
      for (const answer of answers) {
        if (!answer) continue
        expect(answer.status, answer.text).toBeLessThan(500)
        tally.set(answer.status, (tally.get(answer.status) ?? 0) + 1)
      }
      await model.check()
    }
    // It would prove nothing if nothing had come about.
    expect(tally.get(200)).toBeGreaterThan(10)
  })

  it('brings some children all the way, and every step is in the audit', async () => {
    const [{ n }] = (await sql<{ n: number }>(`select count(*)::int as n from student where item_id is not null`)) as [
      { n: number },
    ]
    expect(n).toBeGreaterThan(0)
    expect((await verifyAudit(test.platform.db.system)).faults).toEqual([])
  })
})
