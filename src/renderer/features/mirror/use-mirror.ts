import { useCallback, useEffect, useState } from 'react'
import type { MirrorState } from '../../../ipc/mirror-shapes.ts'
import { appClient } from '../../platform/clients.ts'
import { attempt } from '../note-actions/index.ts'

export type MirrorAnswer = () => Promise<MirrorState | null>

/**
 * The folder that the vault shown is kept in step with: undefined until it is known, null for none. `ask` makes a call
 * that answers the new state.
 */
export function useMirror(): {
  readonly state: MirrorState | null | undefined
  readonly isBusy: boolean
  readonly ask: (call: MirrorAnswer) => void
} {
  const [state, setState] = useState<MirrorState | null | undefined>(undefined)
  const [isBusy, setBusy] = useState(false)
  const read = useCallback(async () => setState(await appClient().call('mirror', {})), [])
  useEffect(() => {
    attempt(read)
    return appClient().on('mirror', () => attempt(read))
  }, [read])
  const ask = (call: MirrorAnswer) => {
    setBusy(true)
    attempt(() =>
      call()
        .then(setState)
        .finally(() => setBusy(false)),
    )
  }
  return { state, isBusy, ask }
}

/** Asks for a folder by the system's dialog, and begins. */
export function chooseMirror(ask: (call: MirrorAnswer) => void): void {
  attempt(async () => {
    const folder = await appClient().call('chooseFolder', { purpose: 'export' })
    if (folder !== null) ask(() => appClient().call('startMirror', { folder }))
  })
}
