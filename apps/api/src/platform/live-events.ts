import { APP_ROLE } from '@xueji/db/app-role'
import pg from 'pg'
import type { Logger } from 'pino'
import type { Executor } from './db.ts'

/** News for the browser: what moved, for whom. Ids and counts only, for it travels through NOTIFY. */
export type LiveEvent = {
  /** `import` a batch moved on · `review-batch` a batch command moved on · `export` an export moved on · `photo` a package of photographs moved on · `queue` the work queue of an organisation changed. */
  readonly topic: 'import' | 'review-batch' | 'export' | 'photo' | 'queue'
  readonly id: string
  /** Who hears it: everybody at this organisation path. */
  readonly orgPath: string
  readonly phase?: string
  readonly done?: number
  readonly total?: number
}

const CHANNEL = 'xueji_live'

/** Publishes news to every process listening; outside a transaction it goes out at once, inside with the commit. */
export const publish = (db: Executor, event: LiveEvent): Promise<void> => publishAll(db, [event])

/** Publishes a set of news in one statement, in the order given; none says nothing. */
export async function publishAll(db: Executor, events: readonly LiveEvent[]): Promise<void> {
  if (events.length === 0) return
  await db.query('select pg_notify($1, event) from unnest($2::text[]) as event', [
    CHANNEL,
    events.map((event) => JSON.stringify(event)),
  ])
}

/** Fans news out to subscribers of this process. */
export type LiveHub = {
  readonly subscribe: (listener: (event: LiveEvent) => void) => () => void
  readonly close: () => Promise<void>
}

/** Listens on a connection of its own and comes back by itself when the database was away. */
export function createLiveHub(databaseUrl: string, logger: Logger): LiveHub {
  const listeners = new Set<(event: LiveEvent) => void>()
  let client: pg.Client | undefined
  let closed = false
  let timer: NodeJS.Timeout | undefined

  const connect = async (): Promise<void> => {
    const next = new pg.Client({
      connectionString: databaseUrl,
      connectionTimeoutMillis: 2_000,
      options: `-c role=${APP_ROLE}`,
    })
    next.on('error', () => again(next))
    next.on('end', () => again(next))
    next.on('notification', (message) => {
      const event = JSON.parse(message.payload ?? '{}') as LiveEvent
      for (const listener of listeners) listener(event)
    })
    try {
      await next.connect()
      await next.query(`listen ${CHANNEL}`)
      if (closed) await next.end()
      else client = next
    } catch (error) {
      logger.warn({ err: (error as Error).message }, 'live events wait for the database')
      again(next)
    }
  }
  const again = (lost: pg.Client): void => {
    if (closed || timer) return
    if (client === lost) client = undefined
    lost.end().catch(() => {})
    timer = setTimeout(() => {
      timer = undefined
      void connect()
    }, 1_000)
    timer.unref()
  }
  void connect()
  return {
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: async () => {
      closed = true
      clearTimeout(timer)
      await client?.end().catch(() => {})
    },
  }
}
