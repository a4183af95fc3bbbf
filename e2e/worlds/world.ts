import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test as base } from '@playwright/test'

export { expect } from '@playwright/test'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const FIRST_PORT = Number(process.env.E2E_PORT ?? 8750)
/** What one system takes in a row: gateway, API and their neighbours. */
const PORTS = 4
const START_MS = 120_000

type World = {
  readonly file: string
  readonly url: string
  readonly folder: string
  readonly system: ChildProcess
}

let current: World | undefined

/** The whole system, just begun, with the demo's people and schools and no past: embedded PostgreSQL, sandbox, worker, API and the built web app. */
async function begin(file: string, port: number): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'xueji-e2e-'))
  // PostgreSQL runs as another user where this one is root.
  chmodSync(folder, 0o755)
  const system = spawn(process.execPath, ['--import', 'tsx', 'scripts/launch.ts', '--no-past'], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      XUEJI_PORT: String(port),
      XUEJI_DATA: folder,
      XUEJI_RATE_LIMIT: '100000',
      XUEJI_LOGIN_LIMIT: '10000',
      XUEJI_LOG_LEVEL: 'error',
    },
  })
  const world = { file, url: `http://127.0.0.1:${port}`, folder, system }
  for (const until = Date.now() + START_MS; Date.now() < until && system.exitCode === null; ) {
    const answer = await fetch(`${world.url}/health/ready`).catch(() => undefined)
    if (answer?.ok) return world
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  await end(world)
  throw new Error(`the system for ${file} did not come up`)
}

async function end({ system, folder }: World): Promise<void> {
  if (system.exitCode === null) {
    const ended = new Promise((resolve) => system.once('exit', resolve))
    system.kill('SIGTERM')
    await ended
  }
  rmSync(folder, { recursive: true, force: true })
}

process.on('exit', () => current?.system.kill('SIGTERM'))

/**
 * Playwright's `test`, where every file of journeys has a system of its own: what one journey brings to a school is never in another's way, whichever ran
 * before it. `baseURL` is that system's address.
 */
export const test = base.extend<object, { ending: undefined }>({
  ending: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures wanted from this pattern.
    async ({}, use) => {
      await use(undefined)
      if (current) await end(current)
      current = undefined
    },
    { scope: 'worker', auto: true },
  ],
  baseURL: [
    // biome-ignore lint/correctness/noEmptyPattern: as above.
    async ({}, use, { file, parallelIndex }) => {
      if (current?.file !== file) {
        if (current) await end(current)
        current = undefined
        current = await begin(file, FIRST_PORT + parallelIndex * PORTS)
      }
      await use(current.url)
    },
    { scope: 'test', timeout: START_MS },
  ],
})
