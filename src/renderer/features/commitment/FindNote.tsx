import { Plus } from 'lucide-react'
import { type ReactNode, useId, useRef, useState } from 'react'
import type { Kind } from '../../../core/note/note.ts'
import type { indexContract } from '../../../ipc/index-contract.ts'
import type { Output } from '../../../ipc/rpc.ts'
import { useIndex } from '../../platform/use-live.ts'
import { Icon } from '../../ui/Icon.tsx'
import { KindGlyph } from '../../ui/KindGlyph.tsx'
import { WORDS } from './words.ts'
import './line-field.css'
import './find-note.css'

export type FoundNote = Output<typeof indexContract, 'titles'>[number]

const MOST = 8
/** Asked for more than are shown: some are of another kind, or there already. */
const ASKED = 40

type FindNoteProps = {
  label: string
  placeholder: string
  /** Only of this kind. */
  kind?: Kind
  /** Ids that are not offered. */
  without: ReadonlySet<string>
  onChoose: (note: FoundNote) => void
  /** A note of that title is to be written. Without it only those that are there are offered. */
  onWrite?: (title: string) => void
  onClose: () => void
}

/** A field that finds a note by its title or another name of it, as the menu of links does. */
export function FindNote({ label, placeholder, kind, without, onChoose, onWrite, onClose }: FindNoteProps) {
  const id = useId()
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState(0)
  const { data } = useIndex(`titles:${query}:${ASKED}`, (index) => index.call('titles', { query, limit: ASKED }))
  const last = useRef<readonly FoundNote[]>([])
  // the rows of the last word stay until those of this one are here: nothing flickers
  if (data) last.current = data
  const hits = last.current
    .filter((hit) => (kind === undefined || hit.kind === kind) && !without.has(hit.id))
    .filter((hit, at, all) => all.findIndex((other) => other.id === hit.id) === at)
    .slice(0, MOST)
  const title = query.trim()
  const isKnown = hits.some((hit) => hit.title.toLowerCase() === title.toLowerCase())
  const writes = onWrite && title !== '' && !isKnown
  const count = hits.length + (writes ? 1 : 0)
  const at = Math.min(chosen, Math.max(count - 1, 0))
  const choose = (index: number) => {
    const hit = hits[index]
    if (hit) onChoose(hit)
    else if (writes) onWrite(title)
  }
  return (
    <div className="find-note">
      <input
        className="line-field authored"
        role="combobox"
        aria-label={label}
        aria-expanded={count > 0}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={count > 0 ? `${id}-${at}` : undefined}
        placeholder={placeholder}
        spellCheck={false}
        value={query}
        ref={focusOnce}
        onBlur={onClose}
        onChange={(event) => {
          setQuery(event.target.value)
          setChosen(0)
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'ArrowDown' && count > 0) setChosen((at + 1) % count)
          else if (event.key === 'ArrowUp' && count > 0) setChosen((at - 1 + count) % count)
          else if (event.key === 'Enter') choose(at)
          else if (event.key === 'Escape') onClose()
          else return
          event.preventDefault()
          event.stopPropagation()
        }}
      />
      <div className="menu find-note-menu" id={id} role="listbox" aria-label={WORDS.found}>
        {hits.map((hit, index) => (
          <Row key={hit.id} id={`${id}-${index}`} isChosen={index === at} onChoose={() => choose(index)}>
            <KindGlyph kind={hit.kind} label={WORDS.kindNames[hit.kind]} />
            <span className="clip authored">{hit.title}</span>
            <small className="clip">{hit.alias ?? hit.path.split('/').slice(0, -1).join(' / ')}</small>
          </Row>
        ))}
        {writes && (
          <Row id={`${id}-${hits.length}`} isChosen={hits.length === at} onChoose={() => choose(hits.length)}>
            <Icon of={Plus} />
            <span className="clip">{WORDS.write(title)}</span>
            <small />
          </Row>
        )}
      </div>
      {count === 0 && data && <p className="find-note-none">{WORDS.nothingFound}</p>}
    </div>
  )
}

function Row({
  id,
  isChosen,
  onChoose,
  children,
}: {
  id: string
  isChosen: boolean
  onChoose: () => void
  children: ReactNode
}) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys go through the field, which keeps the focus
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isChosen}
      className="menu-item"
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      {children}
    </div>
  )
}

const focusOnce = (field: HTMLInputElement | null): void => field?.focus()
