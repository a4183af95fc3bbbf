import pg from 'pg'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { ANSWERS_KEPT, leavingSent, type QueryLeavingSent, type SentText } from './sent-rows.ts'

let client: pg.Client
let ask: QueryLeavingSent

beforeEach(async () => {
  client = new pg.Client({ connectionString: inject('postgresUrl'), statement_timeout: 2_000 })
  await client.connect()
  ask = leavingSent(client)
})
afterEach(() => client.end())

type Row = { readonly n: number; readonly day: Date | null; readonly yes: boolean; readonly long: SentText | null }

const ROWS = `select n, case when n % 3 > 0 then date '2026-09-01' + n end as day, n % 2 = 0 as yes,
    case when n % 5 > 0 then repeat('学籍' || n || '😀', n % 40) end as long
  from generate_series(1, $1::int) n order by n`

const textOf = (sent: SentText | null): string | null =>
  sent && Buffer.from(sent.bytes).toString('utf8', sent.from, sent.to)
const spelled = (rows: readonly Row[]) => rows.map((row) => ({ ...row, long: textOf(row.long) }))

/** What is received comes in pieces of this size from here on, wherever a message or a character ends. */
function receiveInPieces(size: number): void {
  const { stream } = (client as unknown as { connection: pg.Connection }).connection
  const emit = stream.emit.bind(stream) as (event: string, ...args: unknown[]) => boolean
  stream.emit = (event: string, ...args: unknown[]): boolean => {
    if (event !== 'data') return emit(event, ...args)
    const [chunk] = args as [Buffer]
    for (let at = 0; at < chunk.length; at += size) emit('data', chunk.subarray(at, at + size))
    return true
  }
}

describe('rows with one column as it was sent', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 11, 1_000, 100_000])(
    'are those of pg, received in pieces of %d bytes',
    async (size) => {
      const { rows } = await client.query(ROWS, [300])
      receiveInPieces(size)
      expect(spelled(await ask<Row>('long', ROWS, [300]))).toEqual(rows)
      // And pg reads again by itself.
      expect((await client.query(ROWS, [300])).rows).toEqual(rows)
    },
  )

  it('are none where there are none', async () => {
    expect(await ask<Row>('long', ROWS, [0])).toEqual([])
  })

  it('stay until the third answer after them', async () => {
    const told = (word: string) => ask<Row>('long', 'select $1::text as long', [word]).then(([row]) => row!.long)
    const first = await told('第一')
    for (let more = 1; more < ANSWERS_KEPT; more++) await told('其他')
    expect(textOf(first)).toBe('第一')
    await told('最后')
    expect(textOf(first)).toBe('最后')
  })

  it.each([
    ['before the first row', 'select $1::int / 0 as n, null as long', '22012'],
    [
      'between rows',
      `select 1 / (900 - n) as n, repeat('学', 100) as long from generate_series(1, $1::int) n`,
      '22012',
    ],
    ['when it takes too long', `select n, pg_sleep(0.05)::text as long from generate_series(1, $1::int) n`, '57014'],
    ['in its words', 'selekt $1::int', '42601'],
  ])('fail as those of pg do: %s', { timeout: 20_000 }, async (_when, text, state) => {
    await expect(client.query(text, [1_000])).rejects.toMatchObject({ code: state })
    for (const size of [100_000, 3]) {
      receiveInPieces(size)
      await expect(ask('n', text, [1_000])).rejects.toMatchObject({ code: state })
      expect(spelled(await ask<Row>('long', ROWS, [3]))).toHaveLength(3)
      expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    }
  })

  it('are not had from a connection that is lost, and whoever asked is told', async () => {
    client.on('error', () => undefined)
    const asked = ask('long', `select n, pg_sleep(0.1)::text as long from generate_series(1, $1::int) n`, [10])
    const other = new pg.Client({ connectionString: inject('postgresUrl') })
    await other.connect()
    const { processID } = client as unknown as { processID: number }
    await Promise.all([
      expect(asked).rejects.toThrow(),
      other.query('select pg_terminate_backend($1)', [processID]).finally(() => other.end()),
    ])
  })
})
