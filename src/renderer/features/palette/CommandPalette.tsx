import { useState } from 'react'
import { useLedger } from '../../platform/ledger.ts'
import { closeOverlay } from '../../state/overlay.ts'
import { Palette, type PaletteOption } from '../../ui/Palette.tsx'
import { StatusGlyph } from '../../ui/StatusGlyph.tsx'
import { availableCommands, keyLabel, runCommand } from '../commands/index.ts'
import { openReview } from '../commitments/index.ts'
import { PlainRow } from './JumpPalette.tsx'
import { ranked } from './ranked.ts'
import { WORDS } from './words.ts'

const REVIEWS = 8

/** Every command that does something now, by its words, and the reviews that are due. */
export function CommandPalette() {
  const [query, setQuery] = useState('')
  const due = useLedger()?.due ?? []
  const reviews = due.map(({ id, title }) => ({ id, title, label: WORDS.review(title) }))
  const dueOptions = ranked(reviews, query)
    .slice(0, REVIEWS)
    .map(
      ({ id, title, label }): PaletteOption => ({
        key: `review-${id}`,
        group: WORDS.due,
        name: label,
        run: () => {
          closeOverlay()
          openReview(id)
        },
        content: (
          <>
            <StatusGlyph status="in progress" />
            <span className="clip">
              {WORDS.reviewVerb} <span className="authored">{title}</span>
            </span>
            <span className="palette-meta" />
          </>
        ),
      }),
    )
  const commands = ranked(availableCommands(), query)
    .filter(({ id }) => id !== 'go.commands')
    .map(
      ({ id, label }): PaletteOption => ({
        key: id,
        group: dueOptions.length > 0 ? WORDS.commands : '',
        name: label,
        run: () => {
          closeOverlay()
          runCommand(id)
        },
        content: <PlainRow text={label} hint={keyLabel(id)} />,
      }),
    )
  const options = [...commands, ...dueOptions]
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
