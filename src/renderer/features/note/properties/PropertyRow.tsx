import { Calendar, Hash, Link as LinkIcon, List, type LucideIcon, SquareCheck, Trash2, Type } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { calendarDay } from '../../../../core/base/calendar-day.ts'
import type { NoteId } from '../../../../core/base/ids.ts'
import type { PropertyValue } from '../../../../core/note/note.ts'
import {
  convertProperty,
  PROPERTY_TYPES,
  type PropertyType,
  propertyType,
} from '../../../../core/note/property-type.ts'
import { valueText } from '../../../../core/note/value-text.ts'
import { DraftField } from '../../../ui/DraftField.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { Menu, type MenuEntry } from '../../../ui/Menu.tsx'
import { editFact } from '../../note-actions/index.ts'
import { isJustMade } from './adding.ts'
import { removeFact } from './edit.ts'
import type { FollowProperty } from './follow.ts'
import { ValueField } from './ValueField.tsx'
import { shownKey, WORDS } from './words.ts'

const ICONS: Readonly<Record<PropertyType, LucideIcon>> = {
  text: Type,
  list: List,
  number: Hash,
  checkbox: SquareCheck,
  date: Calendar,
  link: LinkIcon,
  other: Type,
}

const NEW_VALUE = '.prop-another textarea, .prop-value > :is(input, textarea)'

type PropertyRowProps = {
  noteId: NoteId
  property: string
  value: PropertyValue
  /** Its place among the properties; null for tags and other names, which stand first and keep their words. */
  place: { at: number; of: number } | null
  isLive: boolean
  /** Why nobody changes it by hand; null where one may. */
  fixed?: string | null
  onNext: () => void
  onFollow: FollowProperty
}

/**
 * One property: its type in a menu, its name, its value. Mod+Shift+Up and Down move it, Mod+Backspace removes it,
 * Enter goes on to the next.
 */
export function PropertyRow({ fixed = null, ...props }: PropertyRowProps) {
  return fixed === null ? <EditedRow {...props} /> : <FixedRow {...props} why={fixed} />
}

function FixedRow({ property, value, why }: PropertyRowProps & { why: string }) {
  const id = useId()
  return (
    <li className="prop" data-property={property}>
      <span className="prop-type">
        <Icon of={ICONS[propertyType(value)]} size={14} />
      </span>
      <span className="prop-key">{shownKey(property)}</span>
      <div className="prop-value">
        <textarea
          className="prop-text prop-fixed"
          readOnly
          rows={1}
          aria-label={WORDS.valueOf(property)}
          aria-describedby={id}
          value={valueText(value)}
        />
        <small className="prop-why" id={id}>
          {why}
        </small>
      </div>
    </li>
  )
}

function EditedRow({ noteId, property, value, place, isLive, onNext, onFollow }: PropertyRowProps) {
  const type = propertyType(value)
  const change = (next: PropertyValue) => editFact(noteId, { is: 'set', key: property, value: next })
  const remove = () => removeFact(noteId, property, value, place?.at ?? null)
  const move = (by: -1 | 1) => {
    if (!place || place.at + by < 0 || place.at + by >= place.of) return
    editFact(noteId, { is: 'place', key: property, at: place.at + by })
  }
  const press = (event: KeyboardEvent) => {
    if (!isLive || !(event.ctrlKey || event.metaKey)) return
    if (event.shiftKey && event.key === 'ArrowUp') move(-1)
    else if (event.shiftKey && event.key === 'ArrowDown') move(1)
    else if (event.key === 'Backspace' && !event.shiftKey) remove()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const row = useRef<HTMLLIElement>(null)
  /** Names that the note did not take: the field is made anew, and says the old one. */
  const [refused, setRefused] = useState(0)
  useEffect(() => {
    if (isJustMade(property)) row.current?.querySelector<HTMLElement>(NEW_VALUE)?.focus()
  }, [property])
  return (
    <li className="prop" ref={row} data-property={property} onKeyDown={press}>
      <Menu
        label={WORDS.properties}
        trigger={
          <button type="button" className="prop-type" aria-label={WORDS.typeOf(property, type)}>
            <Icon of={ICONS[type]} size={14} />
          </button>
        }
        entries={isLive ? menu(value, type, place, { change, move, remove, property }) : []}
      />
      {place && isLive ? (
        <DraftField
          key={refused}
          className="prop-key"
          aria-label={WORDS.nameOf(property)}
          value={property}
          onCommit={(to) => {
            if (to === '') return false
            editFact(noteId, { is: 'rename', key: property, to }, () => setRefused(refused + 1))
            return true
          }}
        />
      ) : (
        <span className="prop-key">{shownKey(property)}</span>
      )}
      <fieldset className="prop-value" disabled={!isLive}>
        <ValueField property={property} value={value} onChange={change} onNext={onNext} onFollow={onFollow} />
      </fieldset>
    </li>
  )
}

type Acts = { property: string; change: (value: PropertyValue) => void; move: (by: -1 | 1) => void; remove: () => void }

function menu(value: PropertyValue, type: PropertyType, place: PropertyRowProps['place'], acts: Acts): MenuEntry[] {
  const today = calendarDay(new Date())
  const types = PROPERTY_TYPES.flatMap((to): MenuEntry[] => {
    const next = convertProperty(value, to, today)
    // what it cannot be is not offered; an empty text is the start of anything
    if (next === undefined || (to === 'link' && valueText(value) === '')) return []
    return [
      { is: 'choice', label: WORDS.types[to], isChosen: to === type, run: () => to !== type && acts.change(next) },
    ]
  })
  return [
    ...(place && types.length > 0 ? [...types, { is: 'line' } as const] : []),
    ...(place && place.at > 0 ? [{ is: 'item', label: WORDS.up, run: () => acts.move(-1) } as const] : []),
    ...(place && place.at < place.of - 1 ? [{ is: 'item', label: WORDS.down, run: () => acts.move(1) } as const] : []),
    { is: 'item', label: WORDS.remove(acts.property), icon: Trash2, run: acts.remove },
  ]
}
