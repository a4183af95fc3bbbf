import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** What the sandbox's control and stats routes speak; see its README. */
type Control = {
  mode?: 'normal' | 'down' | 'slow'
  delayMs?: number
  hangAttempts?: number | null
  reset?: boolean
}
type Stats = {
  calls: number
  persons: number
  maxBatch: number
  maxConcurrent: number
  concurrent: number
  replays: number
  perRef: Record<string, number>
}

export type SandboxProcess = {
  readonly baseUrl: string
  readonly token: string
  readonly control: (change: Control) => Promise<void>
  readonly stats: () => Promise<Stats>
  readonly stop: () => Promise<void>
}

const SANDBOX = fileURLToPath(new URL('../../../../../identity-sandbox/', import.meta.url))

/** Starts the real stand-in as its own process on a free port, so that tests speak to it over real HTTP (DUP-009). */
export async function startSandboxProcess(): Promise<SandboxProcess> {
  const token = 'token-of-the-tests'
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    cwd: SANDBOX,
    env: { PATH: process.env.PATH, IDENTITY_SANDBOX_PORT: '0', IDENTITY_SANDBOX_TOKEN: token },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const killOnExit = () => void child.kill()
  process.once('exit', killOnExit)
  const baseUrl = await new Promise<string>((resolve, reject) => {
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const address = /listening on (\S+)\n/.exec(said)?.[1]
      if (address) resolve(address)
    })
    child.once('exit', () => reject(new Error('the sandbox ended before it listened')))
  })
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }

  return {
    baseUrl,
    token,
    async control(change) {
      const url = `${baseUrl}/sandbox/control`
      const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(change) })
      if (!response.ok) throw new Error(`control was refused with ${response.status}`)
      await response.arrayBuffer()
    },
    async stats() {
      const response = await fetch(`${baseUrl}/sandbox/stats?perRef=true`, { headers })
      return (await response.json()) as Stats
    },
    async stop() {
      process.off('exit', killOnExit)
      child.kill('SIGTERM')
      await exited
    },
  }
}
