import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
// As whoever tries it starts it: with its past, and with every limit as it stands.
import { expect, test } from '@playwright/test'
import { becomes, openPage, signIn } from './worlds/people.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
/** Away from the systems of the other journeys. */
const PORT = Number(process.env.E2E_PORT ?? 8750) + 100

let folder: string
let system: ChildProcess | undefined

test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'xueji-start-'))
  // PostgreSQL runs as another user where this one is root.
  chmodSync(folder, 0o755)
})
test.afterAll(async () => {
  await stop()
  rmSync(folder, { recursive: true, force: true })
})

test('npm start: a working product with demo data, and the same one at the second start', async ({ page, browser }) => {
  expect(await start()).toContain('学籍已启动')
  expect(readdirSync(join(folder, 'samples')).length).toBeGreaterThan(2)
  await signIn(page, 'county440204')
  await openPage(page, '学籍注册查询')
  await expect(page.getByRole('row').nth(20)).toBeVisible()
  await becomes(page, 'sunshine.registrar')
  await openPage(page, '省内问题学籍处理')
  await expect(page.getByRole('row').nth(1)).toBeVisible()

  await stop()
  expect(await start()).toContain('学籍已启动')
  const again = await browser.newPage({ baseURL: `http://127.0.0.1:${PORT}` })
  await signIn(again, 'county440204')
  await openPage(again, '学籍注册查询')
  await expect(again.getByRole('row').nth(20)).toBeVisible()
})

test.use({ baseURL: `http://127.0.0.1:${PORT}` })

/** Starts the system and returns what it says until it stands; ends with what it said when it does not come up. */
async function start(): Promise<string> {
  const { XUEJI_LOGIN_LIMIT: _, XUEJI_RATE_LIMIT: __, ...env } = process.env
  const begun = spawn(process.execPath, ['--import', 'tsx', 'scripts/launch.ts'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...env, XUEJI_PORT: String(PORT), XUEJI_DATA: folder },
  })
  system = begun
  let said = ''
  return new Promise((resolve) => {
    for (const stream of [begun.stdout, begun.stderr])
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString()
        if (said.includes('学籍已启动')) resolve(said)
      })
    begun.once('exit', () => resolve(said))
  })
}

async function stop(): Promise<void> {
  if (!system || system.exitCode !== null) return
  const ended = new Promise((resolve) => system?.once('exit', resolve))
  system.kill('SIGTERM')
  await ended
}
