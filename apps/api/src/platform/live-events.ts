import type { Logger } from 'pino'
import type { Executor } from './db.ts'
import { listen } from './listen.ts'

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

/** Listens on a connection of its own; what goes out while it is away is not made up for, for the browser asks again whenever it connects. */
export function createLiveHub(databaseUrl: string, logger: Logger): LiveHub {
  const listeners = new Set<(event: LiveEvent) => void>()
  const listening = listen(
    databaseUrl,
    CHANNEL,
    (payload) => {
      const event = JSON.parse(payload) as LiveEvent
      for (const listener of listeners) listener(event)
    },
    logger,
  )
  return {
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => listening.close(),
  }
}
