import { buildSandbox } from './app.ts'
import { parseEnvironment } from './config.ts'

const parsed = parseEnvironment(process.env)
if ('faults' in parsed) {
  fail(parsed.faults.join('\n'))
} else {
  const { host, port, ...config } = parsed.config
  const app = buildSandbox(config)
  try {
    const address = await app.listen({ host, port })
    process.stdout.write(`identity-sandbox listening on ${address}\n`)
    process.send?.('ready')
    const close = (): void => {
      void app.close().finally(() => process.exit(0))
    }
    for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.once(signal, close)
  } catch (error) {
    fail(whyNotListening(error, host, port))
  }
}

function whyNotListening(error: unknown, host: string, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') {
    return `port ${port} on ${host} is taken: stop what listens there, or set IDENTITY_SANDBOX_PORT to a free port`
  }
  if (code === 'EACCES') return `port ${port} on ${host} needs rights this user lacks: set IDENTITY_SANDBOX_PORT`
  return `cannot listen on ${host}:${port}: ${error instanceof Error ? error.message : String(error)}`
}

function fail(message: string): void {
  process.stderr.write(`identity-sandbox: ${message}\n`)
  process.exitCode = 1
}
