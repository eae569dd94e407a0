import type { CrashReport } from '../../ipc/app-contract.ts'

const WHAT: Readonly<Record<CrashReport['what'], string>> = {
  app: 'Throughline',
  window: 'A window',
  vault: 'The part that keeps a vault',
  other: 'A part of Throughline',
}

const HOW: Readonly<Record<string, string>> = {
  unclean: 'ended without closing',
  oom: 'ran out of memory',
  killed: 'was ended from outside',
  'launch-failed': 'did not start',
  'integrity-failure': 'did not start',
  'given-up': 'stopped too often and was not started again',
  silent: 'did not answer and was started again',
}

/** One line for a person, of what Electron or we ourselves called it. */
export function crashText(what: CrashReport['what'], reason: string, exitCode: number | null): string {
  const how = HOW[reason]
  if (how !== undefined) return `${WHAT[what]} ${how}`
  return exitCode === null ? `${WHAT[what]} met an error (${reason})` : `${WHAT[what]} stopped (${reason}, ${exitCode})`
}
