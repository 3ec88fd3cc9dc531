import { defineConfig } from '@playwright/test'

// A fixed window, language and zone, so that a screenshot of today is one of tomorrow. Every file has a center of its
// own in one PostgreSQL, so two go at once.
export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './tests/e2e/support/provide-database.ts',
  // A machine that is busy with two files needs longer, not another result. What has to be there at once says so
  // itself.
  timeout: 180_000,
  expect: { timeout: 15_000 },
  workers: 2,
  retries: 0,
  outputDir: 'test-results',
  use: {
    viewport: { width: 1366, height: 768 },
    locale: 'en-GB',
    timezoneId: 'Asia/Shanghai',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.RINGSIDE_CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        '--disable-quic',
      ],
    },
  },
})
