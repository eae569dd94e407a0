import type { Reporter, TestCase, TestError, TestResult } from '@playwright/test/reporter'

const say = ({ message, value }: TestError) => process.stderr.write(`${message ?? value ?? 'unknown'}\n`)

/** What the bench says, as it says it, and nothing of Playwright's own. */
// biome-ignore lint/style/noDefaultExport: the form that Playwright asks for
export default class BenchReporter implements Reporter {
  onStdOut(chunk: string | Buffer): void {
    process.stdout.write(chunk)
  }

  onStdErr(chunk: string | Buffer): void {
    process.stderr.write(chunk)
  }

  onError(error: TestError): void {
    say(error)
  }

  onTestEnd(_test: TestCase, { errors }: TestResult): void {
    for (const error of errors) say(error)
  }

  printsToStdio(): boolean {
    return true
  }
}
