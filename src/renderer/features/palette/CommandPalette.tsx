import { useState } from 'react'
import { closeOverlay } from '../../state/overlay.ts'
import { Palette } from '../../ui/Palette.tsx'
import { availableCommands, keyLabel, runCommand } from '../commands/index.ts'
import { PlainRow } from './JumpPalette.tsx'
import { ranked } from './ranked.ts'
import { WORDS } from './words.ts'

/** Every command that does something now, by its words. */
export function CommandPalette() {
  const [query, setQuery] = useState('')
  const options = ranked(availableCommands(), query)
    .filter(({ id }) => id !== 'go.commands')
    .map(({ id, label }) => ({
      key: id,
      group: '',
      name: label,
      run: () => {
        closeOverlay()
        runCommand(id)
      },
      content: <PlainRow text={label} hint={keyLabel(id)} />,
    }))
  return (
    <Palette
      label={WORDS.commandsLabel}
      hint={WORDS.commandsHint}
      query={query}
      onQuery={setQuery}
      options={options}
      status={options.length === 0 ? WORDS.nothing : ''}
      onClose={closeOverlay}
      foot={
        <>
          <span>
            <kbd>↩</kbd>
            {WORDS.run}
          </span>
          <span className="is-last">
            <kbd>{keyLabel('go.jump')}</kbd>
            {WORDS.jumpLabel}
          </span>
        </>
      }
    />
  )
}
