import type { OutgoingHttpHeaders } from 'node:http'
import type { FastifyPluginAsync } from 'fastify'
import type { LiveHub } from '../live-events.ts'
import type { Platform } from '../platform.ts'
import { sessionOf } from './authenticate.ts'
import { anySignedIn } from './policy.ts'
import { sessionStands } from './session.ts'

// Proxies close silent streams; a comment keeps them open.
const HEARTBEAT_MILLIS = 15_000

/** Live news as server-sent events: progress of jobs and changes of the caller's own work queue. Ends with the session, at the next heartbeat. */
export const liveRoutes =
  (
    { db, clock }: Pick<Platform, 'db' | 'clock'>,
    hub: LiveHub,
    heartbeatMillis = HEARTBEAT_MILLIS,
  ): FastifyPluginAsync =>
  async (app) => {
    const open = new Set<() => void>()
    app.addHook('preClose', async () => {
      for (const close of open) close()
    })
    app.get('/api/live', { config: anySignedIn, schema: { hide: true } as never }, async (request, reply) => {
      const { actor, idHash } = sessionOf(request)
      reply.hijack()
      const stream = reply.raw
      stream.writeHead(200, {
        // A hijacked reply loses what the hooks have set: security headers go with it by hand.
        ...(reply.getHeaders() as OutgoingHttpHeaders),
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        connection: 'keep-alive',
        'x-accel-buffering': 'no',
      })
      stream.write('retry: 2000\n\n')
      const unsubscribe = hub.subscribe((event) => {
        if (event.orgPath === actor.orgPath) stream.write(`data: ${JSON.stringify(event)}\n\n`)
      })
      // A session that has ended hears no more; while the database is away nothing is known, and nothing told.
      const beat = async (): Promise<void> => {
        if (await sessionStands(db.system, clock, idHash).catch(() => true)) stream.write(': still here\n\n')
        else close()
      }
      const heartbeat = setInterval(() => void beat(), heartbeatMillis)
      const close = (): void => {
        clearInterval(heartbeat)
        unsubscribe()
        open.delete(close)
        stream.end()
      }
      open.add(close)
      request.raw.on('close', close)
    })
  }
