import type { SandboxConfig } from './app.ts'

export type ProcessConfig = SandboxConfig & { readonly host: string; readonly port: number }

const WHOLE_NUMBER = /^\d{1,5}$/

/** Reads the environment; every fault is a sentence, and all of them are told at once. */
export function parseEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): { readonly config: ProcessConfig } | { readonly faults: readonly string[] } {
  const faults: string[] = []
  const port = env.IDENTITY_SANDBOX_PORT ?? '4600'
  if (!WHOLE_NUMBER.test(port) || Number(port) > 65_535) {
    faults.push('IDENTITY_SANDBOX_PORT must be a port number (0 lets the system choose)')
  }
  const token = env.IDENTITY_SANDBOX_TOKEN ?? ''
  if (token === '') faults.push('IDENTITY_SANDBOX_TOKEN must be set: callers prove themselves with it')
  const hang = env.IDENTITY_SANDBOX_HANG_ATTEMPTS
  if (hang !== undefined && !WHOLE_NUMBER.test(hang)) {
    faults.push('IDENTITY_SANDBOX_HANG_ATTEMPTS must be a whole number')
  }
  if (faults.length > 0) return { faults }
  return {
    config: {
      host: env.IDENTITY_SANDBOX_HOST ?? '127.0.0.1',
      port: Number(port),
      token,
      hangAttempts: hang === undefined ? undefined : Number(hang),
    },
  }
}
