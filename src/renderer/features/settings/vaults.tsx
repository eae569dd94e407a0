import { Archive } from 'lucide-react'
import { appClient } from '../../platform/clients.ts'
import { showOverlay } from '../../state/overlay.ts'
import { useSession } from '../../state/session.ts'
import { Act } from '../../ui/Act.tsx'
import { attempt } from '../note-actions/index.ts'
import { whereWordsLive } from '../vaults/index.ts'
import { useMirrorRow } from './mirror.tsx'
import type { SettingsSection } from './section.ts'
import { WORDS } from './words.ts'

export function useVaults(): SettingsSection {
  const vaults = useSession((session) => session.vaults)
  const shown = useSession((session) => session.vault?.id)
  const now = new Date()
  const mirror = useMirrorRow()
  return {
    id: 'vaults',
    title: WORDS.vaults,
    icon: Archive,
    rows: [
      ...vaults.map((vault) => ({
        id: `vault-${vault.id}`,
        label: vault.name,
        note: [
          WORDS.notes(vault.notes),
          whereWordsLive(vault, now),
          ...(vault.id === shown ? [WORDS.thisVault] : []),
        ].join('. '),
        control:
          vault.id === shown ? (
            <Act text={WORDS.rename} onClick={() => showOverlay({ is: 'rename-vault' })} />
          ) : (
            <Act
              text={WORDS.open}
              label={WORDS.openVault(vault.name)}
              onClick={() => attempt(() => appClient().call('openVault', { id: vault.id }))}
            />
          ),
      })),
      ...mirror,
    ],
  }
}
