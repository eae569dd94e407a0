import { ChevronsUpDown, FolderOpen, FolderOutput, Footprints, Pencil, Plus, Settings } from 'lucide-react'
import { appClient } from '../../platform/clients.ts'
import { showOverlay } from '../../state/overlay.ts'
import { useSession } from '../../state/session.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Menu, type MenuEntry } from '../../ui/Menu.tsx'
import { keyLabel, runCommand } from '../commands/index.ts'
import { attempt } from '../note-actions/index.ts'
import { whereWordsLive } from './where.ts'
import { WORDS } from './words.ts'
import './vaults.css'

/** The vault's name in the navigator's head: what other vaults there are, and what can be done with this one. */
export function VaultMenu() {
  const vault = useSession((session) => session.vault)
  const vaults = useSession((session) => session.vaults)
  if (!vault) return null
  const now = new Date()
  const hasStarter = vaults.some(({ isStarter }) => isStarter)
  const entries: MenuEntry[] = [
    { is: 'label', label: WORDS.onThisComputer },
    ...vaults.map(
      (each): MenuEntry => ({
        is: 'choice',
        label: each.name,
        isChosen: each.id === vault.id,
        hint: WORDS.notes(each.notes),
        detail: each.isStarter ? WORDS.starter : whereWordsLive(each, now),
        run: () => {
          if (each.id !== vault.id) attempt(() => appClient().call('openVault', { id: each.id }))
        },
      }),
    ),
    { is: 'line' },
    { is: 'item', label: WORDS.newVault, icon: Plus, run: () => showOverlay({ is: 'new-vault' }) },
    { is: 'item', label: WORDS.openFolder, icon: FolderOpen, run: () => runCommand('vault.open-folder') },
    ...(hasStarter
      ? []
      : [
          {
            is: 'item',
            label: WORDS.starterVault,
            icon: Footprints,
            run: () => attempt(() => appClient().call('createVault', { name: STARTER_NAME, from: 'starter' })),
          } as const,
        ]),
    { is: 'line' },
    { is: 'item', label: WORDS.takeOut, icon: FolderOutput, run: () => runCommand('vault.export') },
    { is: 'item', label: WORDS.rename, icon: Pencil, run: () => showOverlay({ is: 'rename-vault' }) },
    {
      is: 'item',
      label: WORDS.settings,
      icon: Settings,
      hint: keyLabel('app.settings') ?? '',
      run: () => runCommand('app.settings'),
    },
  ]
  return (
    <Menu
      label={WORDS.menu}
      entries={entries}
      trigger={
        <button type="button" className="vault-name" aria-label={WORDS.switchVault(vault.name)}>
          <span className="clip">{vault.name}</span>
          <Icon of={ChevronsUpDown} size={12} />
        </button>
      }
    />
  )
}

const STARTER_NAME = 'Starter vault'
