import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { APP_ROLE } from '@xueji/db/app-role'
import type { PathRange } from '@xueji/domain/organization/org-path'
import { rangeOf } from '@xueji/domain/organization/org-path'
import pg from 'pg'
import copyStreams from 'pg-copy-streams'
import { leavingSent, type QueryLeavingSent } from './sent-rows.ts'

/** Runs set statements; parameters only, never text pasted into SQL. */
export type Executor = {
  readonly query: <Row = Record<string, unknown>>(text: string, values?: readonly unknown[]) => Promise<Row[]>
}

/** A long reading. */
export type Reading = Executor & {
  readonly queryLeavingSent: QueryLeavingSent
}

/** An open transaction. */
export type Transaction = Executor & {
  /** COPY … FROM STDIN from lines of text format. */
  readonly copyFrom: (text: string, lines: AsyncIterable<string> | Iterable<string>) => Promise<void>
  /** Work of the system itself that must be one with this transaction and reaches beyond its range (decision 0014). Never what a request asks to see. */
  readonly nationwide: <T>(work: (tx: Executor) => Promise<T>) => Promise<T>
}

/** The one data layer. Scoped tables answer only inside a range (row-level security); `system` sees all and is for work without an actor. */
export type Database = {
  /** Single statements over the whole country: sign-in, jobs' own books, national checks. Never for what a request asks to see. */
  readonly system: Executor
  /**
   * A transaction that sees and writes only what lies in the actor's range (security: scope in one place). Lost to a deadlock or a conflict it is
   * tried again, three times in all; work that uses up a stream says `once` and fails at the first.
   */
  readonly inScopeOf: <T>(
    actor: { readonly orgPath: string },
    work: (tx: Transaction) => Promise<T>,
    attempts?: 'once',
  ) => Promise<T>
  /**
   * Reads with the actor's range on a connection of its own, every statement for itself: for what takes longer than a transaction should stay open, and
   * asks so often that opening one each time would show. Nothing can be written.
   */
  readonly readInScopeOf: <T>(actor: { readonly orgPath: string }, work: (db: Reading) => Promise<T>) => Promise<T>
  /** A transaction over the whole country, for the system's own work. */
  readonly inSystem: <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>
  /** Work that only one process does at a time for a key; undefined when another is at it. A process that dies frees the key with its connection. */
  readonly exclusively: <T>(key: string, work: () => Promise<T>) => Promise<T | undefined>
  /** Statements sent so far, COPY counted as one: the statement-count tests read it. */
  readonly statementCount: () => number
  readonly close: () => Promise<void>
}

/** Limits of a connection, in milliseconds. */
export type DatabaseLimits = {
  readonly statementTimeout: number
  readonly lockTimeout: number
  readonly connections: number
  /** How long a free connection is waited for; a second when left out, so that a request is refused rather than left hanging. */
  readonly patience?: number
}

/** Requests: short (security: Laws). */
export const REQUEST_LIMITS: DatabaseLimits = { statementTimeout: 5_000, lockTimeout: 3_000, connections: 16 }

/** Jobs: sets of thousands take longer. */
export const JOB_LIMITS: DatabaseLimits = { statementTimeout: 120_000, lockTimeout: 30_000, connections: 8 }

const RETRIABLE = new Set(['40001', '40P01'])
const ATTEMPTS = 3
/** How much longer than its limit a statement is waited for. */
const SILENCE_MILLIS = 1_000

/** Opens the pool. Every connection runs as the application's role: no DDL, append-only where the law says so. */
export function createDatabase(databaseUrl: string, limits: DatabaseLimits = REQUEST_LIMITS): Database {
  let statements = 0
  const options = [
    `-c role=${APP_ROLE}`,
    '-c timezone=UTC',
    `-c statement_timeout=${limits.statementTimeout}`,
    `-c lock_timeout=${limits.lockTimeout}`,
    '-c idle_in_transaction_session_timeout=10000',
  ].join(' ')
  const open = (scope: string, max: number): pg.Pool => {
    const pool = new pg.Pool({
      connectionString: databaseUrl,
      max,
      options: `${options} ${scope}`,
      connectionTimeoutMillis: limits.patience ?? 1_000,
      // The server's own limit does not help against a wire that has gone silent.
      query_timeout: limits.statementTimeout + SILENCE_MILLIS,
      idleTimeoutMillis: 30_000,
      allowExitOnIdle: true,
    })
    // A lost idle connection is replaced at the next use; without a listener it would end the process.
    pool.on('error', () => {})
    // The same holds for one that is lost at work: its statement fails, and that is enough.
    pool.on('connect', (client) => client.on('error', () => {}))
    return pool
  }
  const scoped = open('', limits.connections)
  const whole = open('-c app.scope_from= -c app.scope_to=~', Math.max(6, Math.ceil(limits.connections / 2)))

  const run = async <Row>(
    client: pg.Pool | pg.PoolClient,
    text: string,
    values?: readonly unknown[],
  ): Promise<Row[]> => {
    statements++
    const result = await client.query(text, values as unknown[])
    return result.rows as Row[]
  }

  const transact = async <T>(
    pool: pg.Pool,
    range: PathRange | undefined,
    work: (tx: Transaction) => Promise<T>,
    attempts = ATTEMPTS,
  ): Promise<T> => {
    for (let attempt = 1; ; attempt++) {
      const client = await pool.connect()
      let broken = false
      try {
        await client.query('begin')
        if (range) await client.query(SET_SCOPE, [range.from, range.to])
        const query: Executor['query'] = (text, values) => run(client, text, values)
        const result = await work({
          query,
          nationwide: (inner) => (range ? widened(client, range, () => inner({ query })) : inner({ query })),
          copyFrom: async (text, lines) => {
            statements++
            // Few pieces wait at a time: sixteen, as is usual, would live long enough to be the old collector's work.
            await pipeline(Readable.from(lines, { highWaterMark: 2 }), client.query(copyStreams.from(text)))
          },
        })
        await client.query('commit')
        return result
      } catch (error) {
        // Where no answer came, none will come to a rollback: the connection is given up.
        broken = isSilence(error) || !(await client.query('rollback').then(...YES_OR_NO))
        if (attempt < attempts && RETRIABLE.has((error as { code?: string }).code ?? '')) continue
        throw error
      } finally {
        client.release(broken)
      }
    }
  }

  return {
    system: { query: (text, values) => run(whole, text, values) },
    inScopeOf: (actor, work, attempts) =>
      transact(scoped, rangeOf(actor.orgPath), work, attempts === 'once' ? 1 : ATTEMPTS),
    readInScopeOf: async (actor, work) => {
      const client = await scoped.connect()
      try {
        const { from, to } = rangeOf(actor.orgPath)
        await client.query(SET_READING_SCOPE, [from, to])
        const ask = leavingSent(client)
        return await work({
          query: (text, values) => run(client, text, values),
          queryLeavingSent: (column, text, values) => {
            statements++
            return ask(column, text, values)
          },
        })
      } finally {
        // Given up: its range must never meet the next who would be given it.
        client.release(true)
      }
    },
    inSystem: (work) => transact(whole, undefined, work),
    exclusively: async (key, work) => {
      const client = await whole.connect()
      try {
        const [lock] = await run<{ won: boolean }>(
          client,
          'select pg_try_advisory_lock(hashtextextended($1, 1)) as won',
          [key],
        )
        if (!lock?.won) return undefined
        try {
          return await work()
        } finally {
          await run(client, 'select pg_advisory_unlock(hashtextextended($1, 1))', [key]).catch(() => {})
        }
      } finally {
        client.release()
      }
    },
    statementCount: () => statements,
    close: async () => {
      await Promise.all([scoped.end(), whole.end()])
    },
  }
}

const SET_SCOPE = `select set_config('app.scope_from', $1, true), set_config('app.scope_to', $2, true)`
const SET_READING_SCOPE = `select set_config('app.scope_from', $1, false), set_config('app.scope_to', $2, false),
  set_config('default_transaction_read_only', 'on', false)`

/** The work with the whole country as range; whatever becomes of it, the narrow range is back. */
async function widened<T>(client: pg.PoolClient, range: PathRange, work: () => Promise<T>): Promise<T> {
  await client.query(SET_SCOPE, ['', '~'])
  try {
    return await work()
  } finally {
    // In a broken transaction nothing can be set, nor read.
    await client.query(SET_SCOPE, [range.from, range.to]).catch(() => {})
  }
}

const YES_OR_NO = [() => true, () => false] as const
const isSilence = (error: unknown): boolean => error instanceof Error && error.message === 'Query read timeout'

/** PostgreSQL's own code of an error, if it is one of PostgreSQL's. */
export const sqlState = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined
