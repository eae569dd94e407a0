import type { ReactNode } from 'react'
import type { NoteId } from '../../../core/base/ids.ts'
import type { Kind } from '../../../core/note/note.ts'
import { MENTIONS, type RelationWord, readDirection, readingOf } from '../../../core/relation/words.ts'
import type { NoteDetails } from '../../platform/notes.ts'
import { useWords } from '../../platform/relation-words.ts'
import { useIndex } from '../../platform/use-live.ts'
import { KindGlyph } from '../../ui/KindGlyph.tsx'
import { KindMenu } from '../kinds/index.ts'
import { sayDates } from './dates.ts'

/** Kind and dates above a note's title. */
export function KindLine({ note }: { note: NoteDetails }) {
  return (
    <div className="note-kind">
      <KindMenu note={note} />
      <span>{sayDates(note.created, note.updated, new Date())}</span>
    </div>
  )
}

/** What carries this note and what it carries, in one line below its title; nothing where nothing does. */
export function ThroughLine({ id }: { id: NoteId }) {
  const { data } = useIndex(`backlinks:${id}`, (index) => index.call('backlinks', { id }))
  const words = useWords()
  const groups = new Map<string, { kind: Kind; count: number }>()
  for (const { relation, kind } of data?.items ?? []) {
    if (relation === MENTIONS) continue
    const group = groups.get(relation)
    groups.set(relation, { kind, count: (group?.count ?? 0) + 1 })
  }
  if (groups.size === 0) return null
  const items: ReactNode[] = []
  for (const [relation, { kind, count }] of groups) {
    if (items.length > 0) items.push(<i key={`${relation}-thread`} aria-hidden="true" />)
    items.push(
      <span key={relation}>
        <KindGlyph kind={kind} size={10} />
        {sayGroup(relation, count, words)}
      </span>,
    )
  }
  return <div className="note-through">{items}</div>
}

/** "Illustrated by 3"; what rests on a note is counted in front, as people say it. */
function sayGroup(relation: string, count: number, words: readonly RelationWord[]): string {
  const { word, inverse } = readDirection(relation, words)
  if (word === 'rests_on' && !inverse) return count === 1 ? '1 rests on this' : `${count} rest on this`
  if (word === 'derived_from' && !inverse) return `${count} started from this`
  return `${readingOf(relation, true, words)} ${count}`
}
