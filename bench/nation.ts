// The national duplicate check: 100,000 staged rows against millions of identities, beside one plain indexed join of the same sets.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { findHoldersOfBatch } from '../apps/api/src/record/identity-claims.ts'
import { findFreePort, makeTemporaryFolder, startEmbeddedPostgres } from '../prisma/src/embedded-postgres.ts'
import { ensureDatabase, migrate } from '../prisma/src/migrate.ts'
import { joinFloor } from './floors.ts'
import { median, type Result, show } from './results.ts'

const ROWS = 100_000
const RUNS = 5
const BATCH = '00000000-0000-7000-8000-000000000001'
const SCHOOL = '44A1B2:2144100001'
/** Number `i` of the nation: 3,000 counties, a year of birthdays, then one child more in each. The last digit is of no matter here. */
const NUMBER = (i: string): string =>
  `(100000 + (${i}) % 3000)::text || to_char(date '2019-09-01' + (((${i}) / 3000) % 365)::int, 'YYYYMMDD') || lpad(((${i}) / 1095000)::text, 4, '0')`

/** Checks 100,000 rows, one in a hundred of them held by somebody, against each of these numbers of identities. */
export async function benchNation(sizes: readonly number[] = [1_000_000, 10_000_000]): Promise<Result[]> {
  const folder = makeTemporaryFolder('xueji-bench-')
  const server = await startEmbeddedPostgres(join(folder, 'pg'), await findFreePort(), { fast: true })
  try {
    await ensureDatabase(server.urlOf('postgres'), 'nation')
    await migrate(server.urlOf('nation'))
    const client = new Client({ connectionString: server.urlOf('nation') })
    // What went wrong is said by whoever asked, not by the connection that ends with the server.
    client.on('error', () => undefined)
    await client.connect()
    const results: Result[] = []
    let held = 0
    for (const size of sizes) {
      await addIdentities(client, held, size)
      held = size
      await stage(client, size)
      results.push(await measure(client, size))
    }
    await client.end()
    return results
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function addIdentities(client: Client, from: number, to: number): Promise<void> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select indexname as name, indexdef as definition from pg_indexes where tablename = 'identity_claim' and indexname <> 'identity_claim_pkey'`,
  )
  for (const { name } of rows) await client.query(`drop index ${name}`)
  await client.query(
    `insert into identity_claim (id, identity_type, identity_number, org_path, claimed_at)
     select new_id(), '1', ${NUMBER('i')}, '11A1B2:2111100001', now() from generate_series($1::bigint, $2::bigint - 1) as i`,
    [from, to],
  )
  for (const { definition } of rows) await client.query(definition)
  await client.query('vacuum analyze identity_claim')
}

async function stage(client: Client, held: number): Promise<void> {
  await client.query('delete from import_batch')
  await client.query(
    `insert into import_batch (id, room, category, org_id, org_path, file_id, file_name, file_hash, uploaded_by, uploader_name, uploaded_at)
     values ($1, 'registration', 'R11', $1, $2, $1, 'x.xlsx', repeat('0', 64), $1, 'x', now())`,
    [BATCH, SCHOOL],
  )
  await client.query(
    `insert into import_row (id, batch_id, org_path, row_number, cells, values, issues, valid)
     select new_id(), $1, $2, n, '{}', jsonb_build_object('identityType', '1', 'identityNumber', case when n % 100 = 0
       then ${NUMBER('picked')} else ${NUMBER('picked + 5000 * 1095000::bigint')} end), '[]', true
     from (select n, (n * 7919::bigint * 104729) % $3::bigint as picked from generate_series(1, ${ROWS}) as n) as one`,
    [BATCH, SCHOOL, held],
  )
  await client.query('vacuum analyze import_row')
}

async function measure(client: Client, held: number): Promise<Result> {
  const executor = {
    query: async <Row>(text: string, values?: readonly unknown[]): Promise<Row[]> =>
      (await client.query(text, values as unknown[])).rows as Row[],
  }
  const ours: number[] = []
  const floors: number[] = []
  for (let run = 0; run < RUNS; run++) {
    const from = performance.now()
    const found = await findHoldersOfBatch(executor, BATCH, SCHOOL)
    ours.push((performance.now() - from) / 1000)
    if (found.size < ROWS / 200) throw new Error(`only ${found.size} holders found`)
    floors.push(await joinFloor(client, BATCH))
  }
  return show({
    bench: 'nation',
    step: `of ${held / 1e6} million`,
    rows: ROWS,
    seconds: median(ours),
    floor: median(floors),
  })
}
