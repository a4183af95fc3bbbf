import { connect, createServer, type Socket } from 'node:net'

/** A wire to the database that a test may cut, freeze and mend. */
export type TcpProxy = {
  /** The database's URL, through the wire. */
  readonly url: string
  /** Breaks every connection and refuses new ones. */
  readonly cut: () => Promise<void>
  /** Keeps every connection open and lets nothing through, as a router that drops packets. */
  readonly freeze: () => void
  /** Everything as before. */
  readonly mend: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Starts a proxy to the server of a PostgreSQL URL, on a free port of the loopback interface. */
export async function startTcpProxy(targetUrl: string): Promise<TcpProxy> {
  const target = new URL(targetUrl)
  const pairs = new Set<readonly [Socket, Socket]>()
  let isFrozen = false
  const server = createServer((inner) => {
    const outer = connect(Number(target.port || 5432), target.hostname)
    const pair = [inner, outer] as const
    pairs.add(pair)
    for (const [from, to] of [[inner, outer] as const, [outer, inner] as const]) {
      from.on('data', (bytes) => {
        if (!isFrozen) to.write(bytes)
      })
      from.on('error', () => {})
      from.on('close', () => {
        pairs.delete(pair)
        to.destroy()
      })
    }
  })
  const listen = (port: number): Promise<number> =>
    new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject)
        resolve((server.address() as { port: number }).port)
      })
    })
  const hangUp = (): void => {
    for (const [inner, outer] of pairs) {
      inner.resetAndDestroy()
      outer.destroy()
    }
  }
  const stopListening = (): Promise<void> => new Promise((resolve) => server.close(() => resolve()))
  const port = await listen(0)
  const url = new URL(targetUrl)
  url.host = `127.0.0.1:${port}`
  return {
    url: url.toString(),
    cut: async () => {
      const closed = stopListening()
      hangUp()
      await closed
    },
    freeze: () => {
      isFrozen = true
    },
    mend: async () => {
      if (isFrozen) hangUp()
      isFrozen = false
      if (!server.listening) await listen(port)
    },
    close: async () => {
      const closed = stopListening()
      hangUp()
      await closed
    },
  }
}
