import { appClient } from '../../platform/clients.ts'
import { closeOverlay } from '../../state/overlay.ts'
import { useSession } from '../../state/session.ts'
import { NameDialog } from '../../ui/NameDialog.tsx'
import { say } from '../note-actions/index.ts'
import { WORDS } from './words.ts'

export function RenameVaultDialog() {
  const vault = useSession((session) => session.vault)
  if (!vault) return null
  return (
    <NameDialog
      title={WORDS.renameTitle}
      label={WORDS.name}
      initial={vault.name}
      action={WORDS.save}
      cancel={WORDS.cancel}
      needsName={WORDS.needsName}
      say={say}
      onClose={closeOverlay}
      onName={(name) => appClient().call('renameVault', { id: vault.id, name })}
    />
  )
}
