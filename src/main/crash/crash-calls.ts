import type { appContract } from '../../ipc/app-contract.ts'
import { CallError, type Handlers } from '../../ipc/rpc.ts'

type Calls = Pick<Handlers<typeof appContract>, 'crashReports' | 'showCrashReports' | 'removeCrashReports'>

const later = () => {
  throw new CallError('not-built', 'not yet')
}

export function crashCalls(): Calls {
  return {
    crashReports: later,
    showCrashReports: later,
    removeCrashReports: later,
  }
}
