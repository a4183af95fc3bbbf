import type { CorrectionRequest } from '@xueji/contracts/pipeline/import.api'
import { buildChildren } from '@xueji/db/seed/roster'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createClock } from '../platform/clock.ts'
import type { Transaction } from '../platform/db.ts'
import { loadSettings } from '../platform/settings.ts'
import { findRoom } from '../rooms/index.ts'
import { registrationRoom } from '../rooms/registration/registration.room.ts'
import { command, importChildren, itemsOf, passChecks, stageUpload } from '../testing/corridor.ts'
import { rosterFile } from '../testing/roster-file.ts'
import { createTestPlatform, type TestPlatform } from '../testing/test-platform.ts'
import { buildWorld, type World } from '../testing/world.ts'
import { correctBatch, undoCorrection } from './correct-batch.ts'
import { runImport } from './import-run.ts'
import { findEntry, schoolOf } from './room.ts'
import { submitStaged } from './submit-command.ts'
import { beginUndo } from './undo-batch.ts'

const R11 = findEntry(registrationRoom, 'R11')!

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

  it.each([
    'correct cells',
    'correct, rows compared again',
    'drop and restore',
    'take a correction back',
    'submit',
    'undo',
  ])('%s: as many statements for 2,000 rows as for 20', async (step) => {
    if (!changes.size) await changeSets()
    const [small, large] = changes.get(step)!
    expect(large).toBe(small)
    expect(small!).toBeLessThan(35)
  })

  const changes = new Map<string, number[]>()

  /** The commands on a change set, each on a small batch and on a large one, touching every row of it. */
  async function changeSets(): Promise<void> {
    const { db, clock } = platform
    const actor = world.actor('registrarC')
    const by = { actor, requestId: 'test' }
    for (const [index, size] of [20, LARGE].entries()) {
      const note = async (step: string, work: () => Promise<unknown>): Promise<void> => {
        const statements = await counted(work)
        changes.set(step, [...(changes.get(step) ?? []), statements])
      }
      const wish = {
        regionCode: ['440303', '440304'][index]!,
        regionName: '武江区',
        schoolCode: world.org.schoolC!.code,
        entryYear: world.entryYear,
      }
      const bytes = await rosterFile(buildChildren(size, 50 + index, wish), (cells) =>
        cells.set('auxiliaryNumber', 'A'),
      )
      const id = await stageUpload(platform, actor, bytes)
      await runImport(platform, findRoom, id)
      const settings = await loadSettings(db.system, actor.orgPath)
      const checker = await registrationRoom.loadChecker(db.system, clock.today(), schoolOf(actor), settings, R11)
      if ('refusal' in checker) throw new Error(checker.refusal)
      let version = 1
      const run = <T>(work: (tx: Transaction, seen: number) => Promise<T>) =>
        db.inScopeOf(actor, (tx) => work(tx, version++))
      const correct = (asked: { cells?: CorrectionRequest['cells']; drop?: number[]; restore?: number[] }) =>
        run((tx, seen) =>
          correctBatch({ tx, platform, room: registrationRoom, checker, by }, id, {
            cells: [],
            drop: [],
            restore: [],
            ...asked,
            version: seen,
          }),
        )
      const rows = Array.from({ length: size }, (_, at) => at + 2)
      const cells = (field: string, textOf: (row: number) => string) =>
        rows.map((rowNumber) => ({ rowNumber, field, value: textOf(rowNumber) }))
      await note('correct cells', () => correct({ cells: cells('specialty', () => '书法') }))
      await note('correct, rows compared again', () => correct({ cells: cells('auxiliaryNumber', (row) => `A${row}`) }))
      await note('drop and restore', () => correct({ drop: rows }))
      await note('take a correction back', () =>
        run((tx, seen) => undoCorrection({ tx, platform, room: registrationRoom, checker, by }, id, seen)),
      )
      await note('submit', async () => {
        await run((tx, seen) =>
          submitStaged(tx, platform, registrationRoom, by, { id, version: seen, cleanRowsOnly: false }),
        )
        await runImport(platform, findRoom, id)
        version++
      })
      expect(await itemsOf(platform, id)).toHaveLength(size)
      await note('undo', async () => {
        await run((tx, seen) => beginUndo(tx, platform, registrationRoom, by, { id, version: seen }))
        await runImport(platform, findRoom, id)
      })
      expect(await itemsOf(platform, id)).toEqual([])
    }
  }

  it.each(['leader approve', 'registrar escalate', 'county approve'])(
    'a chunk of %s takes the same number of statements whatever its size',
    (step) => {
      expect(new Set(counts[step]).size).toBe(1)
      expect(counts[step]![0]).toBeLessThan(25)
    },
  )
})
