import { Plus } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import type { PropertyValue } from '../../../../core/note/note.ts'
import { relationWord } from '../../../../core/relation/words.ts'
import { useWords } from '../../../platform/relation-words.ts'
import { Icon } from '../../../ui/Icon.tsx'
import { WORDS } from './words.ts'

/** Names that Throughline knows; any other is as good. */
const KNOWN = ['tags', 'aliases', 'due', 'review_every', 'proceed_if', 'pivot_if']

type AddPropertyProps = {
  isOpen: boolean
  /** Names that the note has. */
  taken: readonly string[]
  onAdd: (key: string, value: PropertyValue) => void
  onOpen: () => void
  /** With the name that was given, or none. */
  onClose: (made: string | null) => void
}

/** A field for the name of a new property; Enter makes it, and goes to its value. */
export function AddProperty({ isOpen, taken, onAdd, onOpen, onClose }: AddPropertyProps) {
  const id = useId()
  const words = useWords()
  const [name, setName] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const isDone = useRef(false)
  useEffect(() => {
    isDone.current = false
    if (isOpen) field.current?.focus()
  }, [isOpen])
  const make = () => {
    // leaving the field when it goes is no second Enter
    if (isDone.current) return
    isDone.current = true
    const key = name.trim()
    setName('')
    onClose(key === '' ? null : key)
    if (key === '') return
    const isList = key === 'tags' || key === 'aliases' || relationWord(key, words) !== null
    onAdd(key, isList ? [] : '')
  }
  if (!isOpen) {
    return (
      <li>
        <button type="button" className="prop-add" onClick={onOpen}>
          <Icon of={Plus} size={14} />
          {WORDS.add}
        </button>
      </li>
    )
  }
  return (
    <li className="prop">
      <span className="prop-type" aria-hidden="true">
        <Icon of={Plus} size={14} />
      </span>
      <input
        ref={field}
        className="prop-key is-new"
        list={id}
        aria-label={WORDS.name}
        value={name}
        spellCheck={false}
        onChange={(event) => setName(event.target.value)}
        onBlur={make}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Escape') {
            setName('')
            onClose(null)
          } else if (event.key === 'Enter') make()
          else return
          event.preventDefault()
          event.stopPropagation()
        }}
      />
      <datalist id={id}>
        {[...KNOWN, ...words.flatMap(({ word, inverse }) => [word, inverse])]
          .filter((key) => !taken.includes(key))
          .map((key) => (
            <option key={key} value={key} />
          ))}
      </datalist>
    </li>
  )
}
