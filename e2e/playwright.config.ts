import path from 'node:path'
import { defineConfig } from '@playwright/test'

const results = path.join(import.meta.dirname, '../test-results')

export default defineConfig({
  testDir: '.',
  outputDir: path.join(results, 'e2e'),
  // One Electron at a time: windows of several would take the keyboard's focus from one another.
  workers: 1,
  timeout: 120_000,
  // What holds at once does not wait; a busy machine with two cores is no failure.
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['json', { outputFile: path.join(results, 'playwright.json') }]],
})
