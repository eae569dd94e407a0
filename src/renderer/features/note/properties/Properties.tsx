import { ChevronDown, ChevronRight } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import type { Property, PropertyValue } from '../../../../core/note/note.ts'
import type { NoteDetails } from '../../../platform/notes.ts'
import { useVault } from '../../../platform/use-live.ts'
import { toggleSection, useSections } from '../../../state/sections.ts'
import { Icon } from '../../../ui/Icon.tsx'
import { editFact } from '../../note-actions/index.ts'
import { AddProperty } from './AddProperty.tsx'
import { addProperty, endAdding, useAdding } from './adding.ts'
import { isOnPage, useShowsAll } from './all-properties.ts'
import type { FollowProperty } from './follow.ts'
import { PropertyRow } from './PropertyRow.tsx'
import { WORDS } from './words.ts'
import './properties.css'

const LISTS = ['tags', 'aliases'] as const
const isList = (key: string): boolean => (LISTS as readonly string[]).includes(key)

type PropertiesProps = { note: NoteDetails; isLive: boolean; onFollow: FollowProperty; onLeave: () => void }

/** A note's frontmatter as fields, in its order; tags and other names first. Nothing while there is none. */
export function Properties({ note, isLive, onFollow, onLeave }: PropertiesProps) {
  const id = useId()
  const root = useRef<HTMLElement>(null)
  const isFolded = useSections(({ folded }) => folded.has('properties'))
  const isAdding = useAdding(({ id }) => id === note.id)
  /** Tags and other names that were asked for: an empty list is nothing that a note could hold. */
  const [wanted, setWanted] = useState<readonly string[]>([])
  const lists = LISTS.filter((key) => note[key].length > 0 || wanted.includes(key))
  /** Added here and not yet said by the vault: whoever goes on typing must find a field. */
  const [coming, setComing] = useState<readonly Property[]>([])
  const isThere = ({ key }: Property) => note.properties.some((property) => property.key === key)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what has come is known with the note
  useEffect(() => {
    if (coming.some(isThere)) setComing(coming.filter((property) => !isThere(property)))
  }, [note.properties])
  // a status that stands beside a log is what somebody wrote outside: the vault refuses to change it
  const status = note.properties.find(({ key }) => key === 'status')
  const { data: log } = useVault(status ? `log:${note.id}` : null, (vault) => vault.call('noteLog', { id: note.id }))
  const hasLog = (log?.entries.length ?? 0) > 0
  const whyFixed = (key: string) => (key === 'status' && hasLog ? WORDS.fromLog : null)
  // what a commitment's page says is not said twice, unless it is asked for
  const isWhole = useShowsAll(({ id }) => id === note.id) || note.kind !== 'commitment'
  const held = isWhole
    ? note.properties
    : note.properties.filter(
        (property) => (log || property !== status) && !isOnPage(property, log?.status ?? 'considering'),
      )
  const properties = [...held, ...coming.filter((property) => !isThere(property))]
  const add = (key: string, value: PropertyValue) => {
    if (isList(key)) return setWanted([...wanted, key])
    setComing([...coming, { key, value }])
    editFact(note.id, { is: 'add', key, value }, () =>
      setComing((now) => now.filter((property) => property.key !== key)),
    )
  }
  const count = lists.length + properties.length
  if (count === 0 && !isAdding) return null

  /** The value below one, or the text of the note. */
  const next = (key: string) => {
    const rows = [...(root.current?.querySelectorAll<HTMLElement>('[data-property]') ?? [])]
    const at = rows.findIndex((row) => row.dataset.property === key)
    const field = rows[at + 1]?.querySelector<HTMLElement>('.prop-value :is(input, textarea, .prop-link)')
    if (field) field.focus()
    else onLeave()
  }
  const shared = { noteId: note.id, isLive, onFollow }
  return (
    <section className="props" ref={root} aria-labelledby={id}>
      <h2 id={id}>
        <button
          type="button"
          className="props-fold"
          aria-expanded={!isFolded}
          onClick={() => toggleSection('properties')}
        >
          {WORDS.properties}
          <span className="num">{count}</span>
          <Icon of={isFolded ? ChevronRight : ChevronDown} size={12} />
        </button>
      </h2>
      {(!isFolded || isAdding) && (
        <ul className="props-rows">
          {lists.map((key) => (
            <PropertyRow
              key={key}
              {...shared}
              property={key}
              value={[...note[key]]}
              place={null}
              onNext={() => next(key)}
            />
          ))}
          {properties.map(({ key, value }, at) => (
            <PropertyRow
              key={key}
              {...shared}
              property={key}
              value={value}
              place={
                isWhole
                  ? { at, of: properties.length }
                  : { at: note.properties.findIndex((each) => each.key === key), of: note.properties.length }
              }
              fixed={whyFixed(key)}
              onNext={() => next(key)}
            />
          ))}
          {isLive && (
            <AddProperty
              isOpen={isAdding}
              taken={properties.map(({ key }) => key)}
              onAdd={add}
              onClose={endAdding}
              onOpen={() => addProperty(note.id)}
            />
          )}
        </ul>
      )}
    </section>
  )
}
