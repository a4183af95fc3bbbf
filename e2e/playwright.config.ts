import { defineConfig } from '@playwright/test'

const port = Number(process.env.E2E_PORT ?? 8750)

/** Journeys in a real browser against the whole system: embedded PostgreSQL, sandbox, worker, API and the built web app. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  fullyParallel: false,
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  outputDir: '../test-results/e2e',
  use: {
    actionTimeout: 20_000,
    baseURL: `http://127.0.0.1:${port}`,
    viewport: { width: 1366, height: 768 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-dev-shm-usage',
      ],
    },
  },
  webServer: {
    command: 'node --import tsx scripts/launch.ts --no-past',
    cwd: '..',
    url: `http://127.0.0.1:${port}/health/ready`,
    timeout: 120_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
    env: {
      XUEJI_PORT: String(port),
      XUEJI_DATA: process.env.E2E_DATA ?? `/tmp/xueji-e2e-${process.ppid}`,
      XUEJI_RATE_LIMIT: '100000',
      XUEJI_LOGIN_LIMIT: '10000',
      XUEJI_LOG_LEVEL: 'error',
    },
  },
})
