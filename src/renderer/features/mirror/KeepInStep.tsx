import { appClient } from '../../platform/clients.ts'
import { useSession } from '../../state/session.ts'
import { openPlace } from '../../state/tabs.ts'
import { Button } from '../../ui/Button.tsx'
import { useMirror } from './use-mirror.ts'
import { WORDS } from './words.ts'

/** Offers to keep a folder in step that the whole vault was just written to; nothing for any other place. */
export function KeepInStep({ folder, onDone }: { folder: string; onDone: () => void }) {
  const { state, isBusy, ask } = useMirror()
  const exported = useSession(({ vault, vaults }) => vaults.find(({ id }) => id === vault?.id)?.exported?.folder)
  if (exported !== folder || state !== null) return null
  const keep = () =>
    ask(async () => {
      const begun = await appClient().call('startMirror', { folder })
      onDone()
      openPlace({ at: 'mirror' }, { newTab: true })
      return begun
    })
  return (
    <p className="mirror-keep">
      <Button isBusy={isBusy} onClick={keep}>
        {WORDS.keepInStep}
      </Button>
    </p>
  )
}
