// What each step would cost with nothing but the unavoidable: the floors of design/quality.md, measured in the same run on the same data.

import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Client } from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import {
  GUARDIAN_COLUMNS,
  GUARDIAN_RECORD,
  GUARDIAN_VALUES,
  STUDENT_COLUMNS,
  STUDENT_RECORD,
  STUDENT_VALUES,
} from '../apps/api/src/record/student-columns.ts'
import type { StudentValues } from '../packages/domain/src/student/field-catalogue.ts'
import { asRandomAccess } from '../packages/workbook/src/read/source.ts'
import { readZipDirectory } from '../packages/workbook/src/read/zip-directory.ts'
import type { RunningSystem } from '../scripts/lib/system.ts'

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return (performance.now() - from) / 1000
}

async function sheetXml(file: Uint8Array): Promise<Buffer> {
  const source = asRandomAccess(file)
  const entry = (await readZipDirectory(source, 200)).find((one) => one.name.endsWith('sheet1.xml'))!
  const header = await source.read(entry.headerOffset, 30)
  const at = entry.headerOffset + 30 + (header[26]! | (header[27]! << 8)) + (header[28]! | (header[29]! << 8))
  return inflateRawSync(await source.read(at, entry.compressedSize))
}

/** Inflating the sheet and looking at every byte once. */
export function readFloor(file: Uint8Array): Promise<number> {
  return timed(async () => {
    const xml = await sheetXml(file)
    let cells = 0
    for (let index = xml.indexOf('<c '); index >= 0; index = xml.indexOf('<c ', index + 3)) cells++
    if (cells === 0) throw new Error('no cells')
  })
}

/** COPY of the same rows into a table of the same shape. */
export async function copyFloor(client: Client, batchId: string): Promise<number> {
  const { rows } = await client.query<{ line: string }>(
    `select concat_ws(E'\\t', id, batch_id, org_path, row_number, replace(cells::text, '\\', '\\\\'), replace(values::text, '\\', '\\\\'), issues, 't') as line from import_row where batch_id = $1 order by row_number`,
    [batchId],
  )
  await client.query('drop table if exists floor_row; create table floor_row (like import_row including all)')
  const text = rows.map((row) => `${row.line}\n`)
  return timed(() =>
    pipeline(
      Readable.from(text),
      client.query(
        copyFrom('copy floor_row (id, batch_id, org_path, row_number, cells, values, issues, valid) from stdin'),
      ),
    ),
  )
}

/** One indexed join of the staged numbers with all live identities. */
export const joinFloor = (client: Client, batchId: string): Promise<number> =>
  timed(() =>
    client.query(
      `select count(*) from (select values->>'identityNumber' as number from import_row where batch_id = $1 order by 1) asked
       join identity_claim c on c.identity_number = asked.number and c.identity_type = '1' and c.released_at is null`,
      [batchId],
    ),
  )

/** COPY of the same values out of the database, and level 1 over the XML of the roster they came in, which is as wide. */
export async function exportFloor(client: Client, batchId: string, file: Uint8Array): Promise<number> {
  const xml = await sheetXml(file)
  return timed(async () => {
    const rows = client.query(
      copyTo(`copy (select payload from review_item where import_batch_id = '${batchId}') to stdout`),
    )
    for await (const _ of rows) {
      // Taken and dropped.
    }
    deflateRawSync(xml, { level: 1 })
  })
}

/** The register's own throughput: both questions about everybody, in plain batches of 500, four at a time. */
export async function registerFloor(system: RunningSystem, children: readonly StudentValues[]): Promise<number> {
  const headers = { authorization: `Bearer ${system.identityToken}`, 'content-type': 'application/json' }
  const ask = async (path: string, persons: unknown[]): Promise<void> => {
    const response = await fetch(system.identityUrl + path, {
      method: 'POST',
      headers,
      body: JSON.stringify({ requestId: crypto.randomUUID(), persons }),
    })
    if (!response.ok) throw new Error(`register answered ${response.status}`)
    await response.json()
  }
  const chunks = Array.from({ length: Math.ceil(children.length / 500) }, (_, index) =>
    children.slice(index * 500, index * 500 + 500),
  )
  return timed(() =>
    Promise.all(
      Array.from({ length: 4 }, async () => {
        for (let chunk = chunks.pop(); chunk; chunk = chunks.pop()) {
          await ask(
            '/v1/duplicates/check',
            chunk.map((child, index) => ({
              ref: String(index),
              identityType: '1',
              identityNumber: child.identityNumber,
            })),
          )
          await ask(
            '/v1/identities/verify',
            chunk.map((child, index) => ({
              ref: String(index),
              name: child.name,
              identityNumber: child.identityNumber,
            })),
          )
        }
      }),
    ),
  )
}

/** Empty tables of the same shape, with the room the real ones leave on their pages; checks and keys too, references and triggers not. */
async function makeFloorTables(client: Client, tables: readonly string[]): Promise<void> {
  for (const table of tables) {
    await client.query(`drop table if exists floor_${table}; create table floor_${table} (like ${table} including all)`)
    const { rows } = await client.query<{ options: string | null }>(
      `select array_to_string(reloptions, ', ') as options from pg_class where oid = $1::regclass`,
      [table],
    )
    if (rows[0]!.options) await client.query(`alter table floor_${table} set (${rows[0]!.options})`)
  }
}

/** What the identity check writes, by three bare set statements: every item open, its place in the queue, one event each. */
export async function answersFloor(client: Client, batchId: string): Promise<number> {
  await makeFloorTables(client, ['review_item', 'review_queue', 'review_event'])
  await client.query('insert into floor_review_item select * from review_item where import_batch_id = $1', [batchId])
  await client.query(
    `insert into floor_review_queue (item_id, room, category, org_path, status, waiting_since, next_check_at)
     select id, room, category, org_path, 'checking', applied_at, applied_at from floor_review_item order by id`,
  )
  await client.query('checkpoint')
  return timed(async () => {
    await client.query('begin')
    await client.query(
      `update floor_review_item set status = 'open', version = version + 1, check_attempts = check_attempts + 1, waiting_since = now()`,
    )
    await client.query(
      `update floor_review_queue q set status = 'open', waiting_path = i.waiting_path, waiting_act = i.waiting_act, waiting_since = now(), next_check_at = null
       from floor_review_item i where i.id = q.item_id`,
    )
    await client.query(
      `insert into floor_review_event (id, item_id, org_path, kind, round, detail, actor_name, actor_org, applicant_id, at)
       select new_id(), id, org_path, 'check', 0, '{"duplicateStatus":2,"verificationStatus":2}', 'x', 'x', applicant_id, now() from floor_review_item`,
    )
    await client.query('commit')
  })
}

/** The same rows as the final approval writes, by bare set statements without any check, into tables of the same shape; then thrown away. */
export async function approveFloor(client: Client, batchId: string): Promise<number> {
  await makeFloorTables(client, [
    'student',
    'guardian',
    'student_number',
    'student_change',
    'review_event',
    'audit_event',
    'review_item',
    'review_queue',
    'identity_claim',
  ])
  await client.query('insert into floor_review_item select * from review_item where import_batch_id = $1', [batchId])
  await client.query(
    `insert into floor_review_queue (item_id, room, category, org_path, status, waiting_path, waiting_act, waiting_since)
     select id, room, category, org_path, 'open', chain->-1->>'orgPath', 'review', applied_at from floor_review_item order by id`,
  )
  await client.query(
    `insert into floor_identity_claim select c.id, c.identity_type, c.identity_number, c.org_path, c.item_id, null, c.claimed_at, c.released_at
     from identity_claim c join floor_review_item item on item.id = c.item_id order by c.identity_number`,
  )
  await client.query('checkpoint')
  const item = 'from floor_review_item item join student s on s.item_id = item.id'
  return timed(async () => {
    await client.query('begin')
    await client.query(
      `update floor_review_item set status = 'effective', version = version + 1, waiting_path = null, waiting_act = null, waiting_since = now()`,
    )
    await client.query('delete from floor_review_queue')
    await client.query(
      `update floor_identity_claim claim set student_id = s.id from student s where s.item_id = claim.item_id`,
    )
    await client.query(
      `insert into floor_student (id, student_number, org_id, org_path, grade_id, class_id, study_status, is_problem, category, item_id, verification_status, created_at, ${STUDENT_COLUMNS})
       select s.id, s.student_number, item.org_id, item.org_path, item.grade_id, item.class_id, 'ZX', s.is_problem, item.category, item.id, item.verification_status, now(), ${STUDENT_VALUES} ${item}, ${STUDENT_RECORD}`,
    )
    await client.query(
      `insert into floor_guardian (student_id, position, org_path, ${GUARDIAN_COLUMNS}) select s.id, position, item.org_path, ${GUARDIAN_VALUES} ${item}, jsonb_array_elements(item.payload->'guardians') with ordinality as g (member, position), ${GUARDIAN_RECORD}`,
    )
    await client.query(
      `insert into floor_student_number (number, student_id, issued_at) select s.student_number, s.id, now() ${item}`,
    )
    await client.query(
      `insert into floor_student_change (id, student_id, org_path, kind, occurred_on, summary, detail, item_id, at) select new_id(), s.id, item.org_path, 'enrol', current_date, 'x', '{}', item.id, now() ${item}`,
    )
    for (const kind of ['approve', 'effect'])
      await client.query(
        `insert into floor_review_event (id, item_id, org_path, kind, round, step, actor_name, actor_org, applicant_id, at) select new_id(), item.id, item.org_path, $1, 0, ${kind === 'approve' ? '2' : 'null'}, 'x', 'x', item.applicant_id, now() ${item}`,
        [kind],
      )
    await client.query(
      `insert into floor_audit_event select 0, row_number() over (), now(), null, 'x', item.org_path, 'review.approve', item.id::text, '{"to":"effective"}', 'x', repeat('0', 64), repeat('0', 64) ${item}`,
    )
    await client.query('commit')
  })
}
