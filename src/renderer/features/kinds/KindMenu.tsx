import { type ReactNode, useState } from 'react'
import { KINDS } from '../../../core/note/note.ts'
import type { NoteDetails } from '../../platform/notes.ts'
import { KindGlyph } from '../../ui/KindGlyph.tsx'
import { Menu, type MenuEntry } from '../../ui/Menu.tsx'
import { attempt, setKind } from '../note-actions/index.ts'
import { consequencesOf } from './consequences.ts'
import { useKindFacts } from './use-kind-facts.ts'
import { WORDS } from './words.ts'
import './kinds.css'

/**
 * A note's kind in the line over its title; pressed, it offers the others with what each would change. `glyph`: for a
 * kind whose drawing says more.
 */
export function KindMenu({ note, glyph }: { note: NoteDetails; glyph?: ReactNode }) {
  const { id, kind } = note
  const [isOpen, setOpen] = useState(false)
  const facts = useKindFacts(id, kind, isOpen)
  const entries = KINDS.map((to): MenuEntry => {
    const said = facts ? consequencesOf(facts, to) : []
    return {
      is: 'choice',
      label: WORDS.kinds[to],
      kind: to,
      isChosen: to === kind,
      ...(said.length > 0 ? { detail: said.join(' ') } : {}),
      run: () => to !== kind && attempt(() => setKind(id, to)),
    }
  })
  return (
    <Menu
      label={WORDS.menu}
      entries={entries}
      isOpen={isOpen}
      onOpen={setOpen}
      trigger={
        <button type="button" className="kind-button" aria-label={WORDS.change(WORDS.kinds[kind])}>
          {glyph ?? <KindGlyph kind={kind} />}
          <b>{WORDS.kinds[kind]}</b>
        </button>
      }
    />
  )
}
