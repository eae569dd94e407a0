import { useEffect, useState } from 'react'
import type { appContract } from '../../../ipc/app-contract.ts'
import type { EventOf } from '../../../ipc/rpc.ts'
import { useClients } from '../../platform/clients.ts'
import { WORDS } from './words.ts'

export type Progress = EventOf<typeof appContract, 'importProgress'>

/** How far main is with what it does. */
export function useProgress(event: 'importProgress' | 'exportProgress'): Progress | null {
  const app = useClients((clients) => clients.app)
  const [progress, setProgress] = useState<Progress | null>(null)
  useEffect(() => app?.on(event, setProgress), [app, event])
  return progress
}

export function progressLabel({ phase, done, total }: Progress): string {
  const label = WORDS.phases[phase]
  return typeof label === 'string' ? label : label(done.toLocaleString(), total.toLocaleString())
}
