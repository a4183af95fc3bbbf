import { expect, it } from 'vitest'
import { parseEnvironment } from './config.ts'

it('reads the environment, with defaults for all but the token', () => {
  expect(parseEnvironment({ IDENTITY_SANDBOX_TOKEN: 't' })).toEqual({
    config: { host: '127.0.0.1', port: 4600, token: 't', hangAttempts: undefined },
  })
  const env = {
    IDENTITY_SANDBOX_TOKEN: 't',
    IDENTITY_SANDBOX_PORT: '0',
    IDENTITY_SANDBOX_HOST: '::1',
    IDENTITY_SANDBOX_HANG_ATTEMPTS: '2',
  }
  expect(parseEnvironment(env)).toEqual({ config: { host: '::1', port: 0, token: 't', hangAttempts: 2 } })
})

it.each(['', '-1', '65536', '80a', '1.5'])('port %j is a fault', (port) => {
  const parsed = parseEnvironment({ IDENTITY_SANDBOX_TOKEN: 't', IDENTITY_SANDBOX_PORT: port })
  expect(parsed).toEqual({ faults: [expect.stringContaining('IDENTITY_SANDBOX_PORT')] })
})

it('tells all faults at once', () => {
  const parsed = parseEnvironment({ IDENTITY_SANDBOX_PORT: 'x', IDENTITY_SANDBOX_HANG_ATTEMPTS: 'y' })
  expect('faults' in parsed && parsed.faults.length).toBe(3)
})
