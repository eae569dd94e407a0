import type { appContract } from '../../ipc/app-contract.ts'
import { CallError, type Handlers } from '../../ipc/rpc.ts'

type PageCalls = Pick<Handlers<typeof appContract>, 'exportPage' | 'printPage'>

/** What a window may ask for about web pages, PDF and paper. */
export function pageCalls(): PageCalls {
  const refuse = () => {
    throw new CallError('unavailable', 'Web pages and PDF are not there yet.')
  }
  return { exportPage: refuse, printPage: refuse }
}
