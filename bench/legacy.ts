// 存量学籍: the first nationwide duplicate check of a load as sets, beside one plain self-join and one join with the nation's claims; then its problem groups.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { createClock } from '../apps/api/src/platform/clock.ts'
import { createDatabase, type Transaction } from '../apps/api/src/platform/db.ts'
import { findConflicts, writeConflicts } from '../apps/api/src/rooms/legacy/legacy.conflicts.ts'
import { findFreePort, makeTemporaryFolder, startEmbeddedPostgres } from '../prisma/src/embedded-postgres.ts'
import { ensureDatabase, migrate } from '../prisma/src/migrate.ts'
import { median, type Result, show } from './results.ts'

/** Children enrolled in other provinces before the load. */
const NATION = 1_000_000
const RUNS = 5
const BATCH = '00000000-0000-7000-8000-000000000002'
const SCHOOLS = 2_000
/** Number `i`: 3,000 counties, a year of birthdays, then one child more in each. The last digit is of no matter here. */
const NUMBER = (i: string): string =>
  `(100000 + (${i}) % 3000)::text || to_char(date '2017-09-01' + (((${i}) / 3000) % 365)::int, 'YYYYMMDD') || lpad(((${i}) / 1095000)::text, 4, '0')`
const NAME = (i: string): string => `chr(19968 + ((${i}) % 71)::int) || chr(20100 + ((${i}) / 71 % 79)::int)`

/** A load of each of these sizes in one province: of a hundred rows one stands twice in it, one is held elsewhere, one is wrong, one has no document. */
export async function benchLegacy(sizes: readonly number[] = [100_000, 1_000_000]): Promise<Result[]> {
  const folder = makeTemporaryFolder('xueji-bench-')
  const server = await startEmbeddedPostgres(join(folder, 'pg'), await findFreePort(), { fast: true })
  try {
    await ensureDatabase(server.urlOf('postgres'), 'legacy')
    await migrate(server.urlOf('legacy'))
    const client = new Client({ connectionString: server.urlOf('legacy') })
    // A fault is told as what it was, not as the connection that ends with the server.
    client.on('error', () => {})
    await client.connect()
    await enrolNation(client)
    const results: Result[] = []
    for (const size of sizes) results.push(...(await measure(client, server.urlOf('legacy'), size, results)))
    await client.end()
    return results
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

const STUDENT = (id: string, i: string, path: string, number: string): string => `
  insert into student (id, student_number, org_id, org_path, study_status, category, item_id, verification_status, created_at, name, gender, birth_date, nationality,
    identity_type, identity_number, enrolled_month)
  select ${id}, 'L' || ${number}, new_id(), ${path}, 'ZX', 'L01', new_id(), 0, now(), ${NAME(i)}, (1 + ${i} % 2)::text, date '2017-09-01' + (${i} % 365)::int, 'CHN',
    '1', identity_number, '202309'`

/** The nation's children with their claims, one in a hundred of them without document. */
async function enrolNation(client: Client): Promise<void> {
  await client.query(
    `${STUDENT('new_id()', 'i', `'11A1B2:2111100001'`, `lpad(i::text, 18, '0')`)} from (select i, ${NUMBER('i')} as identity_number from generate_series(0, $1::bigint - 1) as i) as one`,
    [NATION],
  )
  await client.query(
    `insert into identity_claim (id, identity_type, identity_number, org_path, student_id, claimed_at)
     select new_id(), '1', identity_number, org_path, id, now() from student order by identity_number`,
  )
  await client.query(
    `update student set identity_type = 'Z', identity_number = null where right(student_number, 2) = '11'`,
  )
  await client.query('vacuum analyze student, identity_claim')
}

/** Stages a load as it stands when its rows have been entered and recognised: entries, and the rows of children without document with their names. */
async function stage(client: Client, rows: number): Promise<void> {
  await client.query(`delete from import_batch`)
  await client.query(
    `insert into import_batch (id, room, category, org_id, org_path, file_id, file_name, file_hash, uploaded_by, uploader_name, uploaded_at)
     values ($1, 'legacy', 'L01', $1, '44', $1, 'x.csv', repeat('0', 64), $1, 'x', now())`,
    [BATCH],
  )
  // n % 100: 1 bears the number of the row before, 2 one of the nation's, 3 a wrong one, 4 none.
  const fresh = NUMBER('n + 5000 * 1095000::bigint')
  await client.query(
    `insert into legacy_entry (batch_id, row_number, org_id, org_path, region_code, grade_id, student_id, result, origin, identity_type, identity_number, is_wrong)
     select $1, n, $1, '440203:' || (2144000000 + n % ${SCHOOLS}), '440203', $1, new_id(), 'created', new_id(), case n % 100 when 4 then 'Z' else '1' end,
       case n % 100 when 1 then ${NUMBER('n - 1 + 5000 * 1095000::bigint')} when 2 then ${NUMBER(`(n * 7919::bigint) % ${NATION}`)} when 3 then null when 4 then null else ${fresh} end,
       n % 100 = 3
     from generate_series(1, $2::int) as n`,
    [BATCH, rows],
  )
  // Of ten children without document one is called, sexed and born like one of the nation's.
  await client.query(
    `insert into import_row (id, batch_id, org_path, row_number, cells, values, issues, valid)
     select new_id(), $1, '44', n, '{}', jsonb_build_object('identityType', 'Z', 'name', ${NAME('i')}, 'gender', (1 + i % 2)::text,
       'birthDate', (date '2017-09-01' + (i % 365)::int)::text), '[]', true
     from (select n, case when n % 1000 = 4 then n + 7 else n + 2 * ${NATION} end as i from generate_series(4, $2::int, 100) as n) as one`,
    [BATCH, rows],
  )
  await client.query('vacuum analyze legacy_entry, import_row')
}

async function measure(client: Client, url: string, rows: number, before: readonly Result[]): Promise<Result[]> {
  await stage(client, rows)
  const db = createDatabase(url, { statementTimeout: 600_000, lockTimeout: 30_000, connections: 2 })
  const [checks, floors, writes, bare]: [number[], number[], number[], number[]] = [[], [], [], []]
  for (let run = 0; run < RUNS; run++) {
    floors.push(await plainJoins(client))
    await db
      .inSystem(async (tx) => {
        const from = performance.now()
        const found = await findConflicts(tx, BATCH)
        checks.push((performance.now() - from) / 1000)
        if (found.byNumber.length < rows / 60 || found.byPerson.length < rows / 1_100)
          throw new Error(`only ${found.byNumber.length} and ${found.byPerson.length} conflicts found`)
        await enrolParties(tx)
        const begun = performance.now()
        const written = await writeConflicts(tx, BATCH, found, createClock().now().toISOString())
        writes.push((performance.now() - begun) / 1000)
        if (!written || written.wrongNumber < rows / 110) throw new Error('groups missing')
        bare.push(await bareWrites(tx))
        throw new Undone()
      })
      .catch((error: unknown) => {
        if (!(error instanceof Undone)) throw error
      })
    await client.query('vacuum problem_group, problem_member, problem_event, legacy_entry, student')
  }
  await db.close()
  const told = (step: string, seconds: number, floor?: number): Result => {
    const earlier = before.findLast((one) => one.step === step)
    return show({
      bench: 'legacy',
      step,
      rows,
      seconds,
      ...(floor === undefined ? {} : { floor }),
      ...(earlier ? { growth: seconds / rows / (earlier.seconds / earlier.rows) } : {}),
    })
  }
  return [told('duplicate check', median(checks), median(floors)), told('groups', median(writes), median(bare))]
}

/** Those of the load who will stand in a group are enrolled by now. */
async function enrolParties(tx: Transaction): Promise<void> {
  await tx.query(
    `${STUDENT('student_id', 'row_number', 'org_path', `'5' || lpad(row_number::text, 17, '0')`)} from legacy_entry where batch_id = $1 and row_number % 100 <= 4`,
    [BATCH],
  )
}

/** What the groups of a load write, by bare set statements: heads, parties, first lines, the marks on the children and on their rows. */
async function bareWrites(tx: Transaction): Promise<number> {
  for (const table of ['problem_group', 'problem_member', 'problem_event'])
    await tx.query(`create temp table floor_${table} (like ${table} including all) on commit drop`)
  const from = performance.now()
  for (const table of ['problem_group', 'problem_member', 'problem_event'])
    await tx.query(`insert into floor_${table} select * from ${table}`)
  await tx.query(
    'update student s set is_problem = true, version = s.version + 1 from floor_problem_member m where m.student_id = s.id',
  )
  await tx.query(
    `update legacy_entry e set group_id = m.group_id from floor_problem_member m where m.student_id = e.student_id and e.batch_id = $1`,
    [BATCH],
  )
  return (performance.now() - from) / 1000
}

/** Rolls a run back: the next one finds the same nation. */
class Undone extends Error {}

/** The least a duplicate check could be: the load joined with itself, and with the claims of the nation, pairs fetched. */
async function plainJoins(client: Client): Promise<number> {
  const from = performance.now()
  await client.query(
    `select a.student_id as one, b.student_id as other from legacy_entry a
     join legacy_entry b on b.identity_number = a.identity_number and b.identity_type = a.identity_type and b.row_number > a.row_number
     where a.batch_id = $1 and b.batch_id = $1`,
    [BATCH],
  )
  await client.query(
    `select a.student_id as one, c.student_id as other from legacy_entry a
     join identity_claim c on c.identity_number = a.identity_number and c.identity_type = a.identity_type and c.released_at is null where a.batch_id = $1`,
    [BATCH],
  )
  return (performance.now() - from) / 1000
}
