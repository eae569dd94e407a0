import { Popover } from 'radix-ui'
import type { NoteFacts } from '../../state/note-facts.ts'
import { WORDS } from './words.ts'

/** Words that people read silently in a minute, as most studies have it. */
const A_MINUTE = 238

/** How many words there are, of how many are selected; a click says more. */
export function Counts({ facts }: { facts: NoteFacts }) {
  const { words, selectedWords, characters, charactersUnspaced, paragraphs } = facts
  const rows: (readonly [string, string])[] = [
    ...(selectedWords > 0 ? [[WORDS.selectedLabel, selectedWords.toLocaleString()] as const] : []),
    [WORDS.wordsLabel, words.toLocaleString()],
    [WORDS.characters, characters.toLocaleString()],
    [WORDS.unspaced, charactersUnspaced.toLocaleString()],
    [WORDS.paragraphs, paragraphs.toLocaleString()],
    [WORDS.reading, WORDS.minutes(Math.round(words / A_MINUTE))],
  ]
  return (
    <Popover.Root>
      <Popover.Trigger className="footer-words">
        {selectedWords > 0 ? WORDS.selected(selectedWords, words) : WORDS.words(words)}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="menu counts"
          side="top"
          align="end"
          sideOffset={4}
          collisionPadding={8}
          aria-label={WORDS.counts}
        >
          <dl className="num">
            {rows.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
