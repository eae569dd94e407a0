import { appClient } from '../../platform/clients.ts'
import { closeOverlay } from '../../state/overlay.ts'
import { NameDialog } from '../../ui/NameDialog.tsx'
import { say } from '../note-actions/index.ts'
import { WORDS } from './words.ts'

export function NewVaultDialog() {
  return (
    <NameDialog
      title={WORDS.newTitle}
      lede={WORDS.newLede}
      label={WORDS.name}
      action={WORDS.create}
      cancel={WORDS.cancel}
      needsName={WORDS.needsName}
      say={say}
      onClose={closeOverlay}
      onName={(name) => appClient().call('createVault', { name, from: 'empty' })}
    />
  )
}
