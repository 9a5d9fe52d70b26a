import { defineConfig } from '@playwright/test'

/** What is measured in these has the machine for itself: `--project=measured --workers=1`. */
const measured = /(hostile|large-wallet|qr-scanner)\.spec\.ts$/

/** The production build in a real browser against a real gateway process; `npm run build` comes first. */
export default defineConfig({
  testDir: 'tests/e2e',
  projects: [
    { name: 'together', testIgnore: measured, outputDir: 'test-results/browser/together' },
    { name: 'measured', testMatch: measured, outputDir: 'test-results/browser/measured' },
  ],
  // On two cores: much of a test is waiting.
  workers: 2,
  fullyParallel: false,
  forbidOnly: Boolean(process.env['CI']),
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: process.env['PIAOZAI_BROWSER_REPORT'] ?? 'test-results/playwright.json' }]],
})
