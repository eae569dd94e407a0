import { shell } from 'electron'
import type { appContract } from '../../ipc/app-contract.ts'
import type { Handlers } from '../../ipc/rpc.ts'
import type { Services } from '../services.ts'

type Calls = Pick<Handlers<typeof appContract>, 'crashReports' | 'showCrashReports' | 'removeCrashReports'>

export function crashCalls({ crashes }: Pick<Services, 'crashes'>): Calls {
  return {
    crashReports: () => crashes.list(),
    showCrashReports: async () => {
      await shell.openPath(crashes.ensureFolder())
    },
    removeCrashReports: () => crashes.removeAll(),
  }
}
