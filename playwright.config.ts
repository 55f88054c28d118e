import { defineConfig } from '@playwright/test'
import { findChromium } from './tests/peers/chromium'

// As root, and in containers without the kernel's user namespaces, Chromium needs --no-sandbox; the rest keeps it from
// calling home, which the fixture would report as a foreign origin.
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const executablePath = findChromium()

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  // One worker: each starts a server and a browser, and small machines have two cores.
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['json', { outputFile: 'test-results/playwright.json' }]],
  projects: [
    { name: 'before', testMatch: 'support/forget.run.ts', teardown: 'behind' },
    { name: 'stories', dependencies: ['before'] },
    { name: 'behind', testMatch: 'support/search.run.ts' },
  ],
  use: {
    browserName: 'chromium',
    launchOptions: executablePath === undefined ? { args } : { executablePath, args },
    locale: 'en-GB',
    timezoneId: 'UTC',
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    // A locator that finds nothing fails by itself, not at the end of the test's time.
    actionTimeout: 20_000,
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
  },
})
