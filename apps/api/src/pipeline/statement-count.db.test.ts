import { buildChildren } from '@xueji/db/seed/roster'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createClock } from '../platform/clock.ts'
import { command, importChildren, itemsOf, passChecks } from '../testing/corridor.ts'
import { createTestPlatform, type TestPlatform } from '../testing/test-platform.ts'
import { buildWorld, type World } from '../testing/world.ts'

let world: World
let platform: TestPlatform

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  // A clock that stands still: progress is reported by time, and would add a statement on a slow machine.
  const now = Date.now()
  platform = createTestPlatform(
    world.database.url,
    {},
    createClock(() => now),
  )
})
afterAll(async () => {
  await platform.close()
  await world.database.drop()
})

const SMALL = 200
const LARGE = 2000
const CHUNK = 500

async function counted(work: () => Promise<unknown>): Promise<number> {
  const before = platform.db.statementCount()
  await work()
  return platform.db.statementCount() - before
}

describe('everything is a set: statements do not grow with rows', () => {
  const counts: Record<string, number[]> = {}
  const note = (step: string, statements: number): void => {
    const list = counts[step] ?? []
    list.push(statements)
    counts[step] = list
  }

  it('imports, reviews, escalates and approves 200 and 2,000 rows', async () => {
    for (const [index, size] of [SMALL, LARGE].entries()) {
      const who = index === 0 ? '' : 'B'
      const school = index === 0 ? 'school' : 'schoolB'
      const wish = {
        regionCode: '440203',
        regionName: '武江区',
        schoolCode: world.org[school]!.code,
        entryYear: world.entryYear,
      }
      let batch = ''
      note(
        'import',
        await counted(async () => {
          batch = await importChildren(platform, world.actor(`registrar${who}`), buildChildren(size, 7 + index, wish))
        }),
      )
      const ids = await itemsOf(platform, batch)
      expect(ids).toHaveLength(size)
      // Every tenth child could not be verified, so that temporary numbers and problem records are among the effects.
      await passChecks(platform)
      await platform.db.system.query(
        `update review_item set verification_status = 3, verification_fault = 'notFound' where import_batch_id = $1 and row_number % 10 = 0`,
        [batch],
      )
      for (const [actor, name] of [
        [`leader${who}`, 'approve'],
        [`registrar${who}`, 'escalate'],
        ['county', 'approve'],
      ] as const)
        for (let at = 0; at < size; at += CHUNK)
          note(
            `${actor.replace('B', '')} ${name}`,
            await counted(() => command(platform, world.actor(actor), name, ids.slice(at, at + CHUNK))),
          )
    }
    const [registered] = await platform.db.system.query<{ n: number; problems: number }>(
      'select count(*)::int as n, (count(*) filter (where is_problem))::int as problems from student',
    )
    expect(registered).toEqual({ n: SMALL + LARGE, problems: (SMALL + LARGE) / 10 })
  })

  it('the import of 2,000 rows takes exactly as many statements as that of 200', () => {
    const [small, large] = counts.import!
    expect(large).toBe(small)
    expect(small!).toBeLessThan(45)
  })

  it.each(['leader approve', 'registrar escalate', 'county approve'])(
    'a chunk of %s takes the same number of statements whatever its size',
    (step) => {
      expect(new Set(counts[step]).size).toBe(1)
      expect(counts[step]![0]).toBeLessThan(25)
    },
  )
})
