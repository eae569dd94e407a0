import { ArrowRight, Ellipsis, PanelTop, Pin, PinOff, Unlink } from 'lucide-react'
import type { ReactNode } from 'react'
import type { NoteId } from '../../../core/base/ids.ts'
import type { Kind } from '../../../core/note/note.ts'
import { MENTIONS, type RelationWord, readingOf, relationWord } from '../../../core/relation/words.ts'
import { useWords } from '../../platform/relation-words.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Menu, MenuAtPointer, type MenuEntry } from '../../ui/Menu.tsx'
import { attempt, openNote } from '../note-actions/index.ts'
import { LinkItem } from './LinkItem.tsx'
import { changeRelation, pinRelation, unpinRelation, type WrittenRelation } from './relation-acts.ts'
import { WORDS } from './words.ts'

type RelationItemProps = {
  id: NoteId
  kind: Kind
  title: string
  written: WrittenRelation
  /** The list reads it from the note that it leads to. */
  backwards: boolean
  /** The pin that holds on to what it leads to, as it read then. */
  pin: string | null
  children?: ReactNode
}

/** A note that one is linked with, and what can be done with the link, from whichever end it is seen. */
export function RelationItem({ id, kind, title, written, backwards, pin, children }: RelationItemProps) {
  const words = useWords()
  const entries = entriesOf({ id, written, backwards, pin, words })
  const label = WORDS.relationMenu(title)
  return (
    <LinkItem
      id={id}
      kind={kind}
      title={title}
      around={(row) => (
        <MenuAtPointer label={label} entries={entries}>
          {row}
        </MenuAtPointer>
      )}
      aside={
        <Menu
          label={label}
          align="end"
          entries={entries}
          trigger={
            <button type="button" className="icon-button is-small ctx-act" aria-label={label}>
              <Icon of={Ellipsis} size={14} />
            </button>
          }
        />
      }
    >
      {children}
    </LinkItem>
  )
}

type EntriesOf = Pick<RelationItemProps, 'id' | 'written' | 'backwards' | 'pin'> & { words: readonly RelationWord[] }

function entriesOf({ id, written, backwards, pin, words }: EntriesOf): MenuEntry[] {
  const { word } = written
  const isMention = word === MENTIONS
  // A word of a mapping that is in no list is left as it is: it could not be changed back.
  const isKnown = isMention || relationWord(word, words) !== null
  const verbs = words.flatMap(({ word, inverse }) => [word, inverse])
  const entries: MenuEntry[] = [
    { is: 'item', label: WORDS.open, icon: ArrowRight, run: () => openNote(id) },
    { is: 'item', label: WORDS.openInTab, icon: PanelTop, run: () => openNote(id, { newTab: true }) },
  ]
  if (!isKnown) return entries
  entries.push(
    { is: 'line' },
    {
      is: 'sub',
      label: isMention ? WORDS.giveVerb : WORDS.changeVerb,
      entries: verbs.map((verb) => ({
        is: 'choice',
        // as it reads from the note that one is in
        label: readingOf(verb, backwards, words),
        isChosen: verb === word,
        run: () => verb !== word && attempt(() => changeRelation(written, verb, words, backwards)),
      })),
    },
  )
  if (isMention) return entries
  entries.push(
    pin === null
      ? {
          is: 'item',
          label: WORDS.pin,
          icon: Pin,
          detail: WORDS.pinDetail,
          run: () => attempt(() => pinRelation(written)),
        }
      : { is: 'item', label: WORDS.unpin, icon: PinOff, run: () => attempt(() => unpinRelation(written, pin)) },
    { is: 'line' },
    {
      is: 'item',
      label: WORDS.removeRelation,
      icon: Unlink,
      detail: WORDS.removeDetail,
      run: () => attempt(() => changeRelation(written, null, words, backwards)),
    },
  )
  return entries
}
