import path from 'node:path'
import { defineConfig } from '@playwright/test'

const results = path.join(import.meta.dirname, '../test-results')

// One Electron a screen: windows of several would take the keyboard's focus from one another. This file is read in
// each worker, so each has its own screen from here on (build/lib/desktop.mjs).
const screens = (process.env.THROUGHLINE_SCREENS ?? '').split(' ').filter(Boolean)
const screen = screens[Number(process.env.TEST_PARALLEL_INDEX ?? 0)]
if (screen) process.env.DISPLAY = screen

export default defineConfig({
  testDir: '.',
  // Measures and takes minutes: src/main/mirror/README.md.
  testIgnore: process.env.MIRROR_COST ? [] : ['mirror-cost.spec.ts'],
  outputDir: path.join(results, 'e2e'),
  workers: Math.max(1, screens.length),
  timeout: 120_000,
  // What holds at once does not wait; a busy machine with two cores is no failure.
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['json', { outputFile: path.join(results, 'playwright.json') }]],
})
