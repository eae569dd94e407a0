import path from 'node:path'
import { defineConfig } from '@playwright/test'

/** `npm run battery`: the same rows as in `npm test`, at their full amounts. A row that fails does not end the others. */
export default defineConfig({
  testDir: '.',
  outputDir: path.join(import.meta.dirname, '../../test-results/battery'),
  workers: 1,
  timeout: 0,
  expect: { timeout: 15_000 },
  reporter: [['list']],
})
