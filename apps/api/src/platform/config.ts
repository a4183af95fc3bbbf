import { z } from 'zod'

const port = z.coerce.number().int().min(1).max(65535)
const flag = z.enum(['true', 'false', '1', '0']).transform((text) => text === 'true' || text === '1')

const Environment = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'DATABASE_URL 必须是 postgresql:// 开头的连接串' }),
  XUEJI_HOST: z.string().default('127.0.0.1'),
  XUEJI_PORT: port.default(8400),
  XUEJI_DATA: z.string().default('./data'),
  XUEJI_WEB: z.string().optional(),
  XUEJI_DEMO: flag.default(true),
  /** True behind HTTPS: Secure cookies with the `__Host-` prefix, HSTS. */
  XUEJI_TLS: flag.default(false),
  /** Addresses of reverse proxies whose X-Forwarded-For is believed; none by default. */
  XUEJI_TRUSTED_PROXIES: z.string().default(''),
  XUEJI_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  XUEJI_RATE_LIMIT: z.coerce.number().int().min(1).default(1200),
  XUEJI_LOGIN_LIMIT: z.coerce.number().int().min(1).default(30),
  IDENTITY_URL: z.url().default('http://127.0.0.1:8401'),
  IDENTITY_TOKEN: z.string().default('sandbox-token'),
  IDENTITY_TIMEOUT_MS: z.coerce.number().int().min(100).default(10_000),
})

/** Everything that can be set from outside, validated once at start. */
export type Config = {
  readonly databaseUrl: string
  readonly host: string
  readonly port: number
  readonly dataFolder: string
  readonly webFolder: string | undefined
  readonly demo: boolean
  readonly tls: boolean
  readonly trustedProxies: readonly string[]
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent'
  readonly rateLimitPerMinute: number
  readonly loginLimitPerMinute: number
  readonly identity: { readonly baseUrl: string; readonly token: string; readonly timeoutMs: number }
}

/** Reads the configuration; throws an Error that names every wrong variable in words. */
export function loadConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const parsed = Environment.safeParse(environment)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`配置不正确：\n${lines.join('\n')}`)
  }
  const env = parsed.data
  return {
    databaseUrl: env.DATABASE_URL,
    host: env.XUEJI_HOST,
    port: env.XUEJI_PORT,
    dataFolder: env.XUEJI_DATA,
    webFolder: env.XUEJI_WEB,
    demo: env.XUEJI_DEMO,
    tls: env.XUEJI_TLS,
    trustedProxies: env.XUEJI_TRUSTED_PROXIES.split(',')
      .map((item) => item.trim())
      .filter(Boolean),
    logLevel: env.XUEJI_LOG_LEVEL,
    rateLimitPerMinute: env.XUEJI_RATE_LIMIT,
    loginLimitPerMinute: env.XUEJI_LOGIN_LIMIT,
    identity: { baseUrl: env.IDENTITY_URL, token: env.IDENTITY_TOKEN, timeoutMs: env.IDENTITY_TIMEOUT_MS },
  }
}
