import path from 'node:path'
import { defineConfig } from '@playwright/test'

/** Playwright compiles and runs the bench; it is one test that has no time limit and expects nothing of the times. */
export default defineConfig({
  testDir: '.',
  testMatch: 'bench.ts',
  outputDir: path.join(import.meta.dirname, '../../test-results/bench'),
  workers: 1,
  timeout: 0,
  // a page that takes in 500 kB answers late; how late is what is measured
  expect: { timeout: 30_000 },
  reporter: './reporter.ts',
})
