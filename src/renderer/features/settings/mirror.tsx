import { appClient } from '../../platform/clients.ts'
import { useSession } from '../../state/session.ts'
import { openPlace } from '../../state/tabs.ts'
import { Act } from '../../ui/Act.tsx'
import { chooseMirror, mirrorNote, useMirror } from '../mirror/index.ts'
import type { SettingRow } from './section.ts'
import { WORDS } from './words.ts'

/** The folder that the vault shown is kept in step with; nothing where no vault is shown. */
export function useMirrorRow(): readonly SettingRow[] {
  const { state, ask } = useMirror()
  const isShown = useSession(({ vault }) => vault !== null)
  if (!isShown || state === undefined) return []
  const isPaused = state?.phase === 'paused'
  const control = state ? (
    <>
      <Act
        text={WORDS.mirrorShow}
        label={WORDS.mirrorShowLabel}
        onClick={() => openPlace({ at: 'mirror' }, { newTab: true })}
      />
      <Act
        text={isPaused ? WORDS.mirrorResume : WORDS.mirrorPause}
        onClick={() => ask(() => appClient().call('pauseMirror', { isPaused: !isPaused }))}
      />
      <Act text={WORDS.mirrorStop} onClick={() => ask(() => appClient().call('stopMirror', {}))} />
    </>
  ) : (
    <Act text={WORDS.mirrorChoose} onClick={() => chooseMirror(ask)} />
  )
  return [{ id: 'mirror', label: WORDS.mirror, note: mirrorNote(state), also: WORDS.mirrorAlso, control }]
}
