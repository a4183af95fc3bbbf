import { defineConfig } from '@playwright/test'

/** Journeys in a real browser against the whole system; worlds/world.ts begins one for each file. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  fullyParallel: false,
  workers: 1,
  // Patience costs nothing where all is well: a machine with other work on it takes several times as long, and speed is the bench's to tell.
  timeout: 300_000,
  expect: { timeout: 45_000 },
  outputDir: '../test-results/e2e',
  use: {
    actionTimeout: 45_000,
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
})
