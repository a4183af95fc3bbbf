/**
 * What a well-known library takes for a step of the corridor, once, in a process of its own; prints one line of JSON: seconds, and by how many MB the
 * process grew. Staging: the file read to arrays by the library, then the same check of every row and the same COPY as ours. Export: the same rows from
 * the database by the same statements, written by the library.
 *
 *   node --expose-gc --import tsx bench/contestant.ts stage|export xlsx|exceljs databaseUrl batchId file
 */
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Client } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { itemExport } from '../apps/api/src/pipeline/export-items.ts'
import { findEntry } from '../apps/api/src/pipeline/room.ts'
import { COPY_COLUMNS, copyLine, makeRowCheck } from '../apps/api/src/pipeline/row-stage.ts'
import { createClock } from '../apps/api/src/platform/clock.ts'
import type { Executor } from '../apps/api/src/platform/db.ts'
import { leavingSent } from '../apps/api/src/platform/sent-rows.ts'
import { loadSettings } from '../apps/api/src/platform/settings.ts'
import { registrationRoom } from '../apps/api/src/rooms/registration/registration.room.ts'
import type { RoomTemplate } from '../packages/contracts/src/template/template.ts'
import { type Library, readBy, writeBy } from '../packages/workbook/bench/libraries.ts'
import { peakGrowth } from '../packages/workbook/bench/measure.ts'
import { rowTexts } from '../packages/workbook/src/write/row-texts.ts'

/** As many columns as a roster has. */
const COLUMNS = 73
const PAGE = 2_000
const clock = createClock()
const [job, who, databaseUrl, batchId, path] = process.argv.slice(2) as [string, Library, string, string, string]

const client = new Client({ connectionString: databaseUrl })
await client.connect()
const db: Executor = {
  query: async <Row>(text: string, values?: readonly unknown[]) =>
    (await client.query(text, values as unknown[])).rows as Row[],
}
const [batch] = await db.query<{ orgId: string; orgPath: string; orgName: string; category: string }>(
  `select b.org_id as "orgId", b.org_path as "orgPath", o.name as "orgName", b.category from import_batch b join organization o on o.id = b.org_id
   where b.id = $1`,
  [batchId],
)
const { orgId, orgPath, orgName, category } = batch!
const work = job === 'stage' ? await stage() : () => writeBy(who, path, rows())
const grown = peakGrowth()
const from = performance.now()
await work()
const seconds = (performance.now() - from) / 1000
process.stdout.write(JSON.stringify({ seconds, peakMegabytes: grown() }))
await client.end()
process.exit(0)

/** Prepares what is not measured: the facts every check of this school needs, and an empty table. */
async function stage(): Promise<() => Promise<void>> {
  const entry = findEntry(registrationRoom, category)!
  const settings = await loadSettings(db, orgPath)
  const school = { id: orgId, path: orgPath, name: orgName }
  const checker = await registrationRoom.loadChecker(db, clock.today(), school, settings, entry)
  if ('refusal' in checker) throw new Error(checker.refusal)
  const check = makeRowCheck(entry.template, checker)
  await client.query('drop table if exists floor_row; create table floor_row (like import_row including all)')
  return async () => {
    const lines = async function* (): AsyncGenerator<string> {
      let keys: readonly (string | undefined)[] | undefined
      let rowNumber = 0
      for await (const texts of readBy(who, path)) {
        rowNumber++
        if (!keys) {
          keys = keysOf(texts, entry.template)
          continue
        }
        const cells: Record<string, string> = {}
        for (const [index, key] of keys.entries()) if (key && texts[index]) cells[key] = texts[index]
        const checked = check({ rowNumber, cells, cellFaults: undefined })
        yield copyLine(clock.newId(), batchId, orgPath, { ...checked, cellsText: JSON.stringify(cells) })
      }
    }
    const copy = client.query(copyFrom(`copy floor_row (${COPY_COLUMNS}) from stdin`))
    await pipeline(Readable.from(lines()), copy)
  }
}

/** The keys of a header row by column; undefined for any other row. */
function keysOf(texts: readonly string[], { columns }: RoomTemplate): (string | undefined)[] | undefined {
  const keys = texts.map((text) => columns.find(({ header }) => header === text)?.key)
  return keys.filter(Boolean).length > COLUMNS / 2 ? keys : undefined
}

/** The rows of an export in full, page by page as ours reads them. */
async function* rows(): AsyncGenerator<readonly string[]> {
  const list = itemExport(registrationRoom)
  const columns = list.columns.slice(-COLUMNS)
  yield columns.map(({ header }) => header)
  const reader = { orgId, orgPath, now: clock.now(), nation: db }
  const readPage = list.read(
    reader,
    { view: 'all', importBatchId: batchId },
    columns.map(({ key }) => key),
  )
  const reading = { ...db, queryLeavingSent: leavingSent(client) }
  for (let after: readonly unknown[] | undefined; ; ) {
    const page = await readPage(reading, after, PAGE)
    for (const row of page.rows) yield rowTexts(row, COLUMNS)
    if (page.rows.length < PAGE) return
    after = page.last
  }
}
