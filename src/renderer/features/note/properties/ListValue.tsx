import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { isLinkText } from '../../../../core/note/property-type.ts'
import { relationWord } from '../../../../core/relation/words.ts'
import { useWords } from '../../../platform/relation-words.ts'
import { DraftField } from '../../../ui/DraftField.tsx'
import { LinkValue } from './LinkValue.tsx'
import { TitleField } from './TitleField.tsx'
import type { ValueProps } from './value-props.ts'
import { WORDS } from './words.ts'

type Item = string | number | boolean

/**
 * The items of a list beside each other, and an empty field for another. Backspace in an empty item takes it away.
 * Where all are links, or the name is a relation's, what is added is a link.
 */
export function ListValue({
  property,
  items: said,
  onChange,
  onNext,
  onFollow,
}: ValueProps & { items: readonly Item[] }) {
  const words = useWords()
  const [isAdding, setAdding] = useState(false)
  /** The list as it was just made here, until the note says another than those on the way to it. */
  const [made, setMade] = useState<{ readonly items: readonly Item[]; readonly past: readonly string[] } | null>(null)
  const items = made?.past.includes(JSON.stringify(said)) ? made.items : said
  const latest = useRef(items)
  latest.current = items
  const root = useRef<HTMLUListElement>(null)
  const areLinks =
    relationWord(property, words) !== null || (items.length > 0 && items.every((item) => isLinkText(String(item))))
  const change = (next: readonly Item[]) => {
    const past = made?.past.includes(JSON.stringify(said)) ? made.past : []
    setMade({ items: next, past: [...past, JSON.stringify(said), JSON.stringify(next)] })
    latest.current = next
    onChange([...next])
  }
  const put = (at: number, text: string) =>
    change(text === '' ? latest.current.toSpliced(at, 1) : latest.current.with(at, sameKind(latest.current[at], text)))
  const add = (words: string) => {
    if (words !== '') change([...latest.current, areLinks && !isLinkText(words) ? `[[${words}]]` : words])
  }
  const count = useRef(items.length)
  // After one was added the field for another has the focus: lists are written one below the other.
  useEffect(() => {
    const hasGrown = items.length > count.current
    count.current = items.length
    if (hasGrown && root.current?.contains(document.activeElement)) lastField(root.current)?.focus()
  }, [items.length])

  const step = (event: KeyboardEvent<HTMLUListElement>) => {
    const field = event.target
    if (event.key !== 'Backspace' || !(field instanceof HTMLTextAreaElement) || field.value !== '') return
    event.preventDefault()
    const fields = [...(root.current?.querySelectorAll<HTMLElement>('textarea, .prop-link') ?? [])]
    const at = fields.indexOf(field)
    if (at < items.length && at >= 0) put(at, '')
    fields[Math.max(0, at - 1)]?.focus()
  }

  return (
    <ul className="prop-list" ref={root} onKeyDown={step} aria-label={WORDS.valueOf(property)}>
      {items.map((item, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an item is its place: equal ones stand beside each other
        <li key={`${at}-${isLinkText(String(item))}`}>
          {isLinkText(String(item)) ? (
            <LinkValue
              label={WORDS.item(property, at)}
              text={String(item)}
              onChange={(text) => put(at, text)}
              onNext={onNext}
              onFollow={onFollow}
            />
          ) : (
            <DraftField
              className="prop-text"
              aria-label={WORDS.item(property, at)}
              value={String(item)}
              onCommit={(text) => void put(at, text)}
              onNext={() => root.current && lastField(root.current)?.focus()}
            />
          )}
        </li>
      ))}
      <li className="prop-another">
        {areLinks && isAdding ? (
          <TitleField
            label={WORDS.another(property)}
            start=""
            onDone={(words) => {
              setAdding(false)
              if (words) add(words)
            }}
          />
        ) : (
          <DraftField
            className="prop-text"
            aria-label={WORDS.another(property)}
            placeholder="+"
            value=""
            onFocus={() => setAdding(areLinks)}
            onCommit={(text) => void add(text)}
            onNext={(hasChanged) => !hasChanged && onNext()}
          />
        )}
      </li>
    </ul>
  )
}

const lastField = (list: HTMLElement) => list.querySelector<HTMLElement>('.prop-another :is(textarea, input)')

/** A number stays one while its letters are. */
const sameKind = (former: Item | undefined, text: string): Item =>
  typeof former === 'number' && String(Number(text)) === text ? Number(text) : text
