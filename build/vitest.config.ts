import path from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: path.join(import.meta.dirname, '..'),
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'build/**/*.test.ts'],
    environment: 'node',
    // Vitest leaves one core to somebody who watches: of two, half the time.
    maxWorkers: '100%',
    // A guard against hanging, not a measure of speed: a busy machine is no reason to fail.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    setupFiles: [path.join(import.meta.dirname, 'vitest.setup.ts')],
    // Vite would empty it before each run; the end-to-end tests write there too.
    outputFile: { json: 'test-results/vitest.json' },
  },
})
