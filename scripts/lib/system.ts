import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Client } from 'pg'
import { chinaDay } from '../../apps/api/src/platform/clock.ts'
import { loadConfig } from '../../apps/api/src/platform/config.ts'
import { DEMO_PASSWORD } from '../../apps/api/src/platform/http/auth-routes.ts'
import { buildBareWorld } from '../../prisma/seed/bare-world.ts'
import { buildDemoWorld } from '../../prisma/seed/demo-world.ts'
import {
  canHostPostgres,
  type EmbeddedServer,
  embeddedUrl,
  startEmbeddedPostgres,
  stopLeftOver,
} from '../../prisma/src/embedded-postgres.ts'
import { ensureDatabase, migrate } from '../../prisma/src/migrate.ts'

const ROOT = resolve(import.meta.dirname ?? '.', '..', '..')
const READY_MILLIS = 30_000
const STOP_MILLIS = 12_000

/** What may be told to a start beyond the environment. */
export type StartOptions = {
  readonly dataFolder: string
  readonly say: (line: string) => void
  /** Development: TypeScript through tsx with reload instead of the build. */
  readonly watch?: boolean
}

/** The running processes and how to stop them. */
export type RunningSystem = {
  readonly url: string
  /** Where a browser goes: the same, or Vite's own server in development. */
  readonly webUrl: string
  readonly demo: boolean
  readonly fresh: boolean
  readonly dataFolder: string
  readonly firstAdministrator: { username: string; password: string } | undefined
  /** Owner's URL of the database, and the identity register in use: for benches and checks beside the system. */
  readonly databaseUrl: string
  readonly identityUrl: string
  readonly identityToken: string
  readonly processIds: () => readonly number[]
  readonly onUnexpectedEnd: (listener: (name: string) => void) => void
  readonly stop: () => Promise<void>
}

/** Starts everything in order and waits until the API answers. Throws an Error worded for a person. */
export async function startSystem(options: StartOptions): Promise<RunningSystem> {
  const dataFolder = resolve(options.dataFolder)
  requireWritable(dataFolder)
  const port = portOf('XUEJI_PORT', 8400)
  const sandboxPort = portOf('IDENTITY_PORT', port + 1)
  const ownIdentity = !process.env.IDENTITY_URL
  await requireFree(port, 'XUEJI_PORT')
  if (ownIdentity) await requireFree(sandboxPort, 'IDENTITY_PORT')
  const database = await openDatabase(dataFolder, port, options.say)
  const stops: (() => Promise<void>)[] = [database.stop]
  const stop = async (): Promise<void> => {
    for (const one of stops.reverse()) await one().catch(() => {})
  }
  try {
    const applied = await migrate(database.url)
    if (applied.length > 0) options.say(`数据库结构已更新（${applied.length} 项）`)
    const environment = {
      ...process.env,
      DATABASE_URL: database.url,
      XUEJI_PORT: String(port),
      XUEJI_DATA: dataFolder,
      XUEJI_WEB: process.env.XUEJI_WEB ?? (options.watch ? undefined : join(ROOT, 'apps/web/dist')),
      XUEJI_LOG_LEVEL: process.env.XUEJI_LOG_LEVEL ?? 'warn',
      IDENTITY_URL: process.env.IDENTITY_URL ?? `http://127.0.0.1:${sandboxPort}`,
      IDENTITY_TOKEN: process.env.IDENTITY_TOKEN ?? 'sandbox-token',
      IDENTITY_SANDBOX_PORT: String(sandboxPort),
      IDENTITY_SANDBOX_TOKEN: process.env.IDENTITY_TOKEN ?? 'sandbox-token',
    }
    const config = loadConfig(environment)
    const seeded = await seedWhenEmpty(database.url, config.demo)
    const unexpected: ((name: string) => void)[] = []
    const children: ChildProcess[] = []
    const begin = async (name: string, folder: string, file: string): Promise<void> => {
      const child = startProcess(join(ROOT, 'apps', folder), file, environment, options.watch ?? false)
      stops.push(() => endProcess(child))
      children.push(child)
      child.once('exit', () => {
        for (const listener of unexpected) listener(name)
      })
      // A watched process reloads by itself and reports to its watcher; the health check below stands for it.
      if (!options.watch) await waitUntilReady(child, name)
    }
    if (ownIdentity) await begin('身份库沙箱', 'identity-sandbox', 'main')
    await begin('后台任务', 'api', 'worker')
    await begin('服务', 'api', 'main')
    const url = `http://${config.host === '0.0.0.0' ? '127.0.0.1' : config.host}:${port}`
    await waitUntilAnswering(`${url}/health/ready`)
    const webUrl = options.watch ? startVite(url, port + 3, stops) : url
    return {
      url,
      webUrl,
      demo: config.demo,
      fresh: seeded.fresh,
      dataFolder,
      firstAdministrator: seeded.administrator,
      databaseUrl: database.url,
      identityUrl: config.identity.baseUrl,
      identityToken: config.identity.token,
      processIds: () => children.flatMap((child) => child.pid ?? []),
      onUnexpectedEnd: (listener) => unexpected.push(listener),
      stop: async () => {
        unexpected.length = 0
        await stop()
      },
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/**
 * The database of an installation: `DATABASE_URL`, or the embedded server of the data folder, started. With `joinRunning` a server that already runs
 * there is used as it is and left running.
 */
export async function openDatabase(
  dataFolder: string,
  port: number,
  say: (line: string) => void,
  options: { joinRunning?: boolean } = {},
): Promise<{ url: string; stop: () => Promise<void> }> {
  const external = process.env.DATABASE_URL
  if (external) {
    await requireDatabase(external)
    return { url: external, stop: async () => {} }
  }
  const pgPort = portOf('XUEJI_PG_PORT', port + 2)
  if (options.joinRunning && (await isTaken(pgPort))) return { url: embeddedUrl(pgPort, 'xueji'), stop: async () => {} }
  const folder = postgresFolder(dataFolder, say)
  if ((await isTaken(pgPort)) && (await stopLeftOver(folder, pgPort))) say('上次没有正常停止的数据库已停止')
  await requireFree(pgPort, 'XUEJI_PG_PORT')
  const log: string[] = []
  const server: EmbeddedServer = await startEmbeddedPostgres(folder, pgPort, { onLog: (line) => log.push(line) }).catch(
    (error: unknown) => {
      throw new Error(`内置 PostgreSQL 无法启动：${String(error ?? '').slice(0, 300)}\n${log.slice(-5).join('\n')}`)
    },
  )
  await ensureDatabase(server.urlOf('postgres'), 'xueji')
  return { url: server.urlOf('xueji'), stop: server.stop }
}

/** As root PostgreSQL runs under a user of its own, which may not be able to reach the data folder; then it gets a place it can reach. */
function postgresFolder(dataFolder: string, say: (line: string) => void): string {
  const folder = join(dataFolder, 'pg')
  if (canHostPostgres(folder)) return folder
  const reachable = join(tmpdir(), `xueji-${createHash('sha256').update(dataFolder).digest('hex').slice(0, 12)}`, 'pg')
  say(`数据目录的上级不允许 PostgreSQL 的系统用户进入，数据库改放在 ${reachable}`)
  return reachable
}

async function seedWhenEmpty(
  url: string,
  demo: boolean,
): Promise<{ fresh: boolean; administrator?: { username: string; password: string } }> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query('select exists (select 1 from organization) as filled')
    if (rows[0].filled) return { fresh: false }
    await client.query('begin')
    const administrator = demo ? undefined : await buildBareWorld(client)
    if (demo) await buildDemoWorld(client, chinaDay(new Date()), DEMO_PASSWORD)
    await client.query('commit')
    return administrator ? { fresh: true, administrator } : { fresh: true }
  } finally {
    await client.end()
  }
}

// The young are collected by the thread that waits for it: helpers would wait for a core that the database is using, and the worker for them.
const WORKER_FLAGS = ['--no-parallel-scavenge']

function startProcess(
  folder: string,
  name: string,
  env: Record<string, string | undefined>,
  watch: boolean,
): ChildProcess {
  const args = watch
    ? ['--import', 'tsx', '--watch', '--watch-preserve-output', join(folder, 'src', `${name}.ts`)]
    : [...(name === 'worker' ? WORKER_FLAGS : []), '--enable-source-maps', join(folder, 'dist', `${name}.js`)]
  // A group of its own: Ctrl-C ends the parts in order, not all at once.
  return spawn(process.execPath, args, {
    cwd: folder,
    env: env as NodeJS.ProcessEnv,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: process.platform !== 'win32',
  })
}

function startVite(api: string, port: number, stops: (() => Promise<void>)[]): string {
  const folder = join(ROOT, 'apps', 'web')
  const vite = spawn(process.execPath, [join(folder, 'node_modules', 'vite', 'bin', 'vite.js')], {
    cwd: folder,
    env: { ...process.env, XUEJI_API: api, XUEJI_WEB_PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
    detached: process.platform !== 'win32',
  })
  stops.push(() => endProcess(vite))
  return `http://127.0.0.1:${port}`
}

function waitUntilReady(child: ChildProcess, name: string): Promise<void> {
  return new Promise((done, failed) => {
    const timer = setTimeout(() => failed(new Error(`${name} 没有在 ${READY_MILLIS / 1000} 秒内就绪`)), READY_MILLIS)
    child.once('message', () => {
      clearTimeout(timer)
      done()
    })
    child.once('exit', (code) => {
      clearTimeout(timer)
      failed(new Error(`${name} 启动时退出（代码 ${code}）`))
    })
  })
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MILLIS)
  await ended
  clearTimeout(timer)
}

async function waitUntilAnswering(url: string): Promise<void> {
  for (const until = Date.now() + READY_MILLIS; Date.now() < until; ) {
    const answer = await fetch(url).catch(() => undefined)
    if (answer?.ok) return
    await new Promise((done) => setTimeout(done, 100))
  }
  throw new Error('服务没有应答')
}

function portOf(name: string, otherwise: number): number {
  const text = process.env[name]
  if (text === undefined || text === '') return otherwise
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error(`${name}=${text} 不是有效的端口号（1–65535）`)
  return port
}

const isTaken = (port: number): Promise<boolean> =>
  requireFree(port, '').then(
    () => false,
    () => true,
  )

function requireFree(port: number, variable: string): Promise<void> {
  return new Promise((done, failed) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) =>
      failed(
        new Error(
          error.code === 'EADDRINUSE'
            ? `端口 ${port} 已被占用：请关闭占用它的程序，或用 ${variable} 指定其他端口`
            : `端口 ${port} 不能使用：${error.message}`,
        ),
      ),
    )
    probe.listen(port, process.env.XUEJI_HOST ?? '127.0.0.1', () => probe.close(() => done()))
  })
}

function requireWritable(folder: string): void {
  try {
    if (!existsSync(folder)) mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
  } catch {
    throw new Error(`数据目录 ${folder} 不能写入：请修改权限，或用 XUEJI_DATA 指定其他目录`)
  }
}

async function requireDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  try {
    await client.connect()
    const { rows } = await client.query(`select current_setting('server_version_num')::int as version`)
    if (rows[0].version < 150_000) throw new Error(`PostgreSQL 版本过低（${rows[0].version}），需要 15 或更高`)
  } catch (error) {
    throw new Error(`DATABASE_URL 指定的数据库不能使用：${(error as Error).message}`)
  } finally {
    await client.end().catch(() => {})
  }
}
