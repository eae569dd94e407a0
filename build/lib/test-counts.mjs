/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** @returns {Counts} */
export const noCounts = () => ({ passed: 0, failed: 0, skipped: 0 })

/** @param {Counts} a @param {Counts} b @returns {Counts} */
export function addCounts(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }
}

/**
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number } | undefined} report
 *   what vitest's json reporter wrote; undefined where it wrote nothing
 * @returns {Counts}
 */
export function readVitest(report) {
  if (!report) return noCounts()
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = report
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests }
}

/**
 * @param {{ stats: { expected: number, flaky: number, unexpected: number, skipped: number } } | undefined} report
 *   what Playwright's json reporter wrote
 * @returns {Counts}
 */
export function readPlaywright(report) {
  if (!report) return noCounts()
  const { expected, flaky, unexpected, skipped } = report.stats
  return { passed: expected + flaky, failed: unexpected, skipped }
}
