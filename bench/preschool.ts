// 学前接续: 100,000 lines of a roster matched against a million archives, beside one plain join of the two by document, and entered as an import enters them.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { ARCHIVES, matchPersons, type PersonSet } from '../apps/api/src/pipeline/match-persons.ts'
import { findFreePort, makeTemporaryFolder, startEmbeddedPostgres } from '../prisma/src/embedded-postgres.ts'
import { ensureDatabase, migrate } from '../prisma/src/migrate.ts'
import { median, type Result, show } from './results.ts'

const RUNS = 5
/** Number, name and birth date of archive `i`: a number each, some five thousand names, four years of birthdays. */
const NUMBER = (i: string): string => `'44' || lpad((${i})::text, 16, '0')`
const NAME = (i: string): string => `chr(19968 + ((${i}) % 71)::int) || chr(20100 + ((${i}) / 71 % 73)::int)`
const BIRTH = (i: string): string => `date '2018-09-01' + ((${i}) % 1461)::int`

// Of ten children seven have their archive, one has it under another name, one a namesake of the same birthday, one none.
const PERSONS: PersonSet = {
  select: 'select id, name, gender, birth_date, identity_type, identity_number from bench_roster',
  parameters: [],
}

/** Matches `lines` lines (100,000 when left out) against `archives` archives (a million). */
export async function benchPreschool([lines = 100_000, archives = 1_000_000]: readonly number[] = []): Promise<
  Result[]
> {
  const folder = makeTemporaryFolder('xueji-bench-')
  const server = await startEmbeddedPostgres(join(folder, 'pg'), await findFreePort(), { fast: true })
  try {
    await ensureDatabase(server.urlOf('postgres'), 'preschool')
    await migrate(server.urlOf('preschool'))
    const client = new Client({ connectionString: server.urlOf('preschool') })
    // What went wrong is said by whoever asked, not by the connection that ends with the server.
    client.on('error', () => undefined)
    await client.connect()
    await fill(client, lines, archives)
    const result = await measure(client, lines, archives)
    await client.end()
    return [result]
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function fill(client: Client, lines: number, archives: number): Promise<void> {
  await client.query(
    `insert into preschool_archive (id, name, gender, birth_date, identity_type, identity_number, kindergarten_name, kindergarten_region, profile, updated_at)
     select new_id(), ${NAME('i')}, (1 + i % 2)::text, ${BIRTH('i')}, '1', ${NUMBER('i')}, '某某幼儿园', '440203000000', '{}', now()
     from generate_series(1, $1::bigint) as i`,
    [archives],
  )
  await client.query(
    `create temp table bench_roster as
     select new_id() as id, case when n % 10 = 7 then '另有名' when n % 10 = 9 then '无此人' else ${NAME('i')} end as name, (1 + i % 2)::text as gender,
       ${BIRTH('i')} as birth_date, '1' as identity_type, case when n % 10 > 7 then '99' || lpad(n::text, 16, '0') else ${NUMBER('i')} end collate "C" as identity_number
     from (select n, 1 + (n * 7919::bigint * 104729) % $1::bigint as i from generate_series(1, $2::bigint) as n) as picked`,
    [archives, lines],
  )
  await client.query('vacuum analyze preschool_archive')
  await client.query('analyze bench_roster')
}

async function measure(client: Client, lines: number, archives: number): Promise<Result> {
  const executor = {
    query: async <Row>(text: string, values?: readonly unknown[]): Promise<Row[]> =>
      (await client.query(text, values as unknown[])).rows as Row[],
  }
  const [ours, floors]: [number[], number[]] = [[], []]
  for (let run = 0; run < RUNS; run++) {
    const from = performance.now()
    const matches = await matchPersons(executor, ARCHIVES, PERSONS)
    ours.push((performance.now() - from) / 1000)
    const matched = [...matches.values()].filter((match) => match.status === '1').length
    if (matched < lines * 0.6 || matches.size < lines * 0.85)
      throw new Error(`only ${matched} of ${matches.size} matched`)
    floors.push(await joinFloor(client))
  }
  return show({
    bench: 'preschool',
    step: `of ${archives / 1e6} million`,
    rows: lines,
    seconds: median(ours),
    floor: median(floors),
  })
}

/** The least a matching could be: one join by document, its pairs fetched. */
async function joinFloor(client: Client): Promise<number> {
  const from = performance.now()
  await client.query(
    `select r.id, a.id as archive_id from bench_roster r join preschool_archive a on a.identity_number = r.identity_number and a.identity_type = r.identity_type`,
  )
  return (performance.now() - from) / 1000
}
