import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it } from 'vitest'

const APP = fileURLToPath(new URL('../', import.meta.url))
const TIMEOUT = 30_000

let child: ChildProcess | undefined
afterEach(() => {
  child?.kill('SIGKILL')
})

function start(env: Record<string, string>): { said: () => string; ended: Promise<unknown[]> } {
  let said = ''
  child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    cwd: APP,
    env: { PATH: process.env.PATH, ...env },
  })
  const hear = (chunk: Buffer) => {
    said += chunk.toString()
  }
  child.stdout?.on('data', hear)
  child.stderr?.on('data', hear)
  return { said: () => said, ended: once(child, 'close') }
}

it.each(['SIGTERM', 'SIGINT'] as const)(
  '%s closes it cleanly, even while a call hangs',
  async (signal) => {
    const { said, ended } = start({ IDENTITY_SANDBOX_PORT: '0', IDENTITY_SANDBOX_TOKEN: 't' })
    await expect.poll(said, { timeout: TIMEOUT }).toMatch(/listening on \S+\n/)
    const address = /listening on (\S+)\n/.exec(said())?.[1]
    const headers = { authorization: 'Bearer t', 'content-type': 'application/json' }
    const persons = [{ ref: 'a', name: '测试', identityNumber: '00000020150315960X' }]
    const body = JSON.stringify({ requestId: 'request-1', persons })
    const hanging = expect(
      fetch(`${address}/v1/identities/verify`, { method: 'POST', headers, body }),
    ).rejects.toThrow()
    await expect
      .poll(async () => (await fetch(`${address}/sandbox/stats`, { headers })).json(), { timeout: TIMEOUT })
      .toMatchObject({ concurrent: 1 })
    child?.kill(signal)
    expect(await ended).toEqual([0, null])
    await hanging
  },
  TIMEOUT,
)

it(
  'says which port is taken and what to do',
  async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as { port: number }
    const { said, ended } = start({ IDENTITY_SANDBOX_PORT: String(port), IDENTITY_SANDBOX_TOKEN: 't' })
    expect(await ended).toEqual([1, null])
    expect(said()).toContain(`port ${port} on 127.0.0.1 is taken`)
    expect(said()).toContain('IDENTITY_SANDBOX_PORT')
    expect(said()).not.toContain('    at ')
    other.close()
  },
  TIMEOUT,
)

it(
  'says what is missing in the environment',
  async () => {
    const { said, ended } = start({})
    expect(await ended).toEqual([1, null])
    expect(said()).toBe('identity-sandbox: IDENTITY_SANDBOX_TOKEN must be set: callers prove themselves with it\n')
  },
  TIMEOUT,
)
