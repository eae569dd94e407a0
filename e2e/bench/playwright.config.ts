import path from 'node:path'
import { defineConfig } from '@playwright/test'

/** Playwright compiles and runs the bench; it is one test that has no time limit and expects nothing of the times. */
export default defineConfig({
  testDir: '.',
  testMatch: 'bench.ts',
  outputDir: path.join(import.meta.dirname, '../../test-results/bench'),
  workers: 1,
  timeout: 0,
  reporter: './reporter.ts',
})
