import { APP_ROLE } from '@xueji/db/app-role'
import pg from 'pg'
import type { Logger } from 'pino'

/** A standing ear on one channel of the database. */
export type Listening = { readonly close: () => Promise<void> }

/** How long a lost connection is left alone before the next attempt. */
const AGAIN_MILLIS = 1_000

/**
 * Hears what is notified on a channel, on a connection of its own, and comes back by itself when the database was away. What was notified meanwhile is lost:
 * whoever listens must find it some other way too.
 */
export function listen(
  databaseUrl: string,
  channel: string,
  hear: (payload: string) => void,
  logger: Logger,
): Listening {
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
    next.on('notification', (message) => hear(message.payload ?? ''))
    try {
      await next.connect()
      await next.query(`listen ${pg.escapeIdentifier(channel)}`)
      if (closed) await next.end()
      else client = next
    } catch (error) {
      logger.warn({ channel, err: (error as Error).message }, 'listening waits for the database')
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
    }, AGAIN_MILLIS)
    timer.unref()
  }
  void connect()
  return {
    close: async () => {
      closed = true
      clearTimeout(timer)
      await client?.end().catch(() => {})
    },
  }
}
