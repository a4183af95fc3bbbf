// Imports, checks and approves rosters through the running system, each step beside a floor measured in the same run.

import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { chinaDay } from '../apps/api/src/platform/clock.ts'
import { DEMO_PASSWORD } from '../apps/api/src/platform/http/auth-routes.ts'
import { schoolYearOf } from '../packages/domain/src/student/school-year.ts'
import { buildChildren } from '../prisma/seed/roster.ts'
import { findFreePort, makeTemporaryFolder } from '../prisma/src/embedded-postgres.ts'
import { type ApiPerson, signIn, writeRoster } from '../scripts/lib/demo-activity.ts'
import { type RunningSystem, startSystem } from '../scripts/lib/system.ts'
import { answersFloor, approveFloor, copyFloor, exportFloor, joinFloor, readFloor, registerFloor } from './floors.ts'
import { LatencyProbe } from './latency.ts'
import { askOthers } from './others.ts'
import { median, type Result, show } from './results.ts'

const ROOM = '/api/rooms/registration'
const COLUMNS = 73
const entryYear = schoolYearOf(chinaDay(new Date()))
// Invented numbers of one county and year may meet; those of an earlier roster are passed over.
const used = new Set<string>()
let system: RunningSystem
/** What the system was before anything was asked of it: memory of each process in kB, and the 99th percentile of a trivial request in milliseconds. */
let rest: { readonly memory: ReadonlyMap<number, number>; readonly p99: number }
let folder: string

/**
 * Imports, checks, reviews and approves rosters of these sizes, or only what an export needs; `idle` is the 99th percentile of a trivial request before any
 * of it, in milliseconds. The libraries are asked for the largest only.
 */
export async function benchRegistration(
  sizes: readonly number[] = [1_000, 20_000],
  only?: 'export',
): Promise<{ results: Result[]; idle: number }> {
  folder = makeTemporaryFolder('xueji-bench-')
  process.env.XUEJI_PORT = String(await findFreePort())
  process.env.XUEJI_LOG_LEVEL = 'error'
  process.env.XUEJI_RATE_LIMIT = '1000000'
  system = await startSystem({ dataFolder: folder, say: () => {} })
  const client = new Client({ connectionString: system.databaseUrl })
  // A fault is told as what it was, not as the connection that ends with the system.
  client.on('error', () => {})
  try {
    await client.connect()
    // Rosters here are measured without the list before them; the list has a bench of its own.
    await client.query(
      `insert into setting (key, org_path, value) values ('register.requirePreschoolList', '', 'false') on conflict do nothing`,
    )
    rest = { p99: await idleLatency(system), memory: memoryOf(system) }
    const results: Result[] = []
    const largest = Math.max(...sizes)
    for (const [index, rows] of sizes.entries())
      results.push(...(await measure(client, rows, index, { only, others: rows === largest })))
    await client.end()
    return { results, idle: rest.p99 }
  } finally {
    await system.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measure(
  client: Client,
  rows: number,
  index: number,
  { only, others }: { readonly only: 'export' | undefined; readonly others: boolean },
): Promise<Result[]> {
  // Counties of their own, so that no two rosters meet in one number.
  const places = ['440203', '440204', '440205', '440222', '440224', '440229', '440232', '440233', '440281', '440282']
  const children = places
    .flatMap((regionCode, at) =>
      buildChildren(Math.ceil((rows * 1.05) / places.length), 1000 + index * 100 + at, {
        regionCode,
        regionName: '韶关市',
        schoolCode: '2144100001',
        entryYear,
      }),
    )
    .filter(({ identityNumber }) => !used.has(identityNumber ?? ''))
    .slice(0, rows)
  for (const { identityNumber } of children) used.add(identityNumber ?? '')
  const registrar = await signIn(system.url, 'sunshine.registrar', DEMO_PASSWORD)
  const leader = await signIn(system.url, 'sunshine.leader', DEMO_PASSWORD)
  const county = await signIn(system.url, 'county440203', DEMO_PASSWORD)
  const file = await writeRoster(children)
  await client.query('checkpoint')

  const read = await readFloor(file)
  let batchId = ''
  const imported = await time('import', rows, async () => {
    const { batch } = await registrar.upload<{ batch: { id: string } }>(
      `${ROOM}/imports?category=R11&submit=manual`,
      'bench.xlsx',
      file,
    )
    batchId = batch.id
    await untilBatch(registrar, batchId, 'ready')
  })
  const { batch } = await registrar.get<{ batch: { version: number } }>(`${ROOM}/imports/${batchId}`)
  const submitted = await time('submit', rows, async () => {
    await registrar.send('POST', `${ROOM}/imports/${batchId}/submit`, { version: batch.version })
    await untilBatch(registrar, batchId, 'succeeded')
  })
  // The check begins with the end of the submission, whenever we heard of it; floors wait until it is over, or they would run beside it.
  const { rows: ends } = await client.query<{ at: Date }>('select finished_at as at from import_batch where id = $1', [
    batchId,
  ])
  const early = (Date.now() - ends[0]!.at.getTime()) / 1000
  const answered = await time('check', rows, async () => {
    // Asked past the API: counting a hundred thousand again and again would be the thing measured.
    await wait(
      async () => (await client.query(`select 1 from review_queue where status = 'checking' limit 1`)).rows.length,
      (left) => left === 0,
    )
  })
  const checked = { ...answered, seconds: answered.seconds + early }
  if (only === 'export') return [await exportStep(client, registrar, batchId, file, others)]
  const asking = await registerFloor(system, children)
  const results = [
    show({
      ...imported,
      floor: read + (await copyFloor(client, batchId)) + (await joinFloor(client, batchId)),
      ...(others ? { others: askOthers('stage', system.databaseUrl, batchId, kept(file)) } : {}),
    }),
    show(submitted),
    // Beside the register alone, and beside the register and the same rows written bare (decision 0011).
    show({ ...checked, floor: asking }),
    show({ ...checked, step: 'check, written', floor: asking + (await answersFloor(client, batchId)) }),
  ]
  for (const [person, command] of [
    [leader, 'approve'],
    [registrar, 'escalate'],
  ] as const)
    results.push(
      show(await time(command === 'approve' ? 'school review' : 'escalate', rows, () => all(person, command))),
    )
  const approved = await time('approve', rows, () => all(county, 'approve'))
  results.push(show({ ...approved, floor: await approveFloor(client, batchId) }))
  results.push(await exportStep(client, registrar, batchId, file, others))
  return results
}

async function exportStep(
  client: Client,
  registrar: ApiPerson,
  batchId: string,
  file: Uint8Array,
  others: boolean,
): Promise<Result> {
  // What the steps before left to be written and cleared away is theirs, not this one's.
  await client.query('checkpoint')
  await wait(
    async () =>
      (await client.query(`select 1 from pg_stat_activity where backend_type = 'autovacuum worker'`)).rowCount,
    (at) => at === 0,
  )
  const { rows } = await client.query('select valid_rows from import_batch where id = $1', [batchId])
  // Nothing is changed by it, so it is timed three times, in turn with its floor: the middle ones count, for two seconds are soon disturbed; of what is watched
  // meanwhile, the worst.
  const runs: Result[] = []
  const floors: number[] = []
  for (let run = 0; run < 3; run++) {
    runs.push(await time('export', rows[0].valid_rows, () => exportAll(registrar, batchId)))
    floors.push(await exportFloor(client, batchId, file))
  }
  return show({
    ...worst(runs),
    seconds: median(runs.map(({ seconds }) => seconds)),
    floor: median(floors),
    ...(others ? { others: askOthers('export', system.databaseUrl, batchId, join(folder, 'others.xlsx')) } : {}),
  })
}

/** The highest of what was watched in each run. */
function worst(runs: readonly Result[]): Result {
  const highest = (key: 'peakMegabytes' | 'overBase' | 'p99' | 'overIdle'): number =>
    Math.max(...runs.map((run) => run[key] ?? 0))
  return {
    ...runs[0]!,
    peakMegabytes: highest('peakMegabytes'),
    overBase: highest('overBase'),
    p99: highest('p99'),
    overIdle: highest('overIdle'),
  }
}

/** The roster where another process can read it. */
function kept(file: Uint8Array): string {
  const path = join(folder, 'roster.xlsx')
  writeFileSync(path, file)
  return path
}

async function untilBatch(person: ApiPerson, id: string, status: string): Promise<void> {
  const end = await wait(
    () => person.get<{ batch: { status: string } }>(`${ROOM}/imports/${id}`),
    ({ batch }) => !['pending', 'running'].includes(batch.status),
  )
  if (end.batch.status !== status) throw new Error(`import: ${JSON.stringify(end)}`)
}

async function time(step: string, rows: number, work: () => Promise<void>): Promise<Result> {
  const probe = new LatencyProbe(`${system.url}/health/live`)
  const memory = watchMemory(system)
  const from = performance.now()
  await work()
  const seconds = (performance.now() - from) / 1000
  const p99 = await probe.stop()
  return { bench: 'registration', step, rows, seconds, ...memory(), p99, overIdle: p99 - rest.p99 }
}

async function all(person: ApiPerson, command: string): Promise<void> {
  const batch = await person.send<{ id: string }>('POST', `${ROOM}/review-batches`, { command, filter: {} })
  const end = await wait(
    () => person.get<{ status: string; failed: number; skipped: number }>(`${ROOM}/review-batches/${batch.id}`),
    (state) => state.status === 'finished',
  )
  if (end.failed + end.skipped > 0) throw new Error(`${command}: ${JSON.stringify(end)}`)
}

/** Takes the children of one batch into a workbook as wide as the roster, authorised by the school's head. */
async function exportAll(person: ApiPerson, importBatchId: string): Promise<void> {
  const { columns } = await person.get<{ columns: { key: string }[] }>(`${ROOM}/exports/columns?list=items`)
  const job = await person.send<{ id: string }>('POST', `${ROOM}/exports`, {
    list: 'items',
    conditions: { importBatchId },
    columns: columns.slice(-COLUMNS).map(({ key }) => key),
    authoriser: { username: 'sunshine.leader', password: DEMO_PASSWORD },
  })
  const end = await wait(
    () => person.get<{ status: string }>(`${ROOM}/exports/${job.id}`),
    ({ status }) => !['pending', 'running'].includes(status),
  )
  if (end.status !== 'ready') throw new Error(`export: ${JSON.stringify(end)}`)
}

async function wait<T>(ask: () => Promise<T>, done: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask()
    if (done(answer)) return answer
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

async function idleLatency(running: RunningSystem): Promise<number> {
  const probe = new LatencyProbe(`${running.url}/health/live`)
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  return probe.stop()
}

/** Resident memory of each process of the system in kB (Linux; nothing elsewhere). */
function memoryOf(running: RunningSystem): Map<number, number> {
  const memory = new Map<number, number>()
  for (const pid of running.processIds()) {
    try {
      const status = readFileSync(join('/proc', String(pid), 'status'), 'utf8')
      memory.set(pid, Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0))
    } catch {
      // Ended, or not Linux.
    }
  }
  return memory
}

/** Watches the system's memory from now on: in MB, how large any process of it became, and by how much any grew over what it was at rest. */
function watchMemory(running: RunningSystem): () => { peakMegabytes: number; overBase: number } {
  let [peak, grown] = [0, 0]
  const look = (): void => {
    for (const [pid, held] of memoryOf(running)) {
      peak = Math.max(peak, held)
      grown = Math.max(grown, held - (rest.memory.get(pid) ?? 0))
    }
  }
  const timer = setInterval(look, 100)
  return () => {
    look()
    clearInterval(timer)
    return { peakMegabytes: Math.round(peak / 1024), overBase: Math.round(grown / 1024) }
  }
}
