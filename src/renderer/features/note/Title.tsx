import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { NoteId } from '../../../core/base/ids.ts'
import { attempt, renameNote, say } from '../note-actions/index.ts'
import { WORDS } from './words.ts'

type TitleProps = {
  id: NoteId
  /** The note's name, which links use. */
  title: string
  /** What is shown where the note's own frontmatter says so. */
  shownTitle: string
  /** A note that was just made asks for its name first. */
  isFresh: boolean
  /** Enter and ArrowDown go on with the text. */
  onLeave: () => void
}

/** Titles that were given and are not their notes' names yet. */
const giving = new Set<Promise<void>>()

/** Settles when every title that was written in this window is its note's name, or was refused. */
export async function titlesGiven(): Promise<void> {
  while (giving.size > 0) await Promise.allSettled(giving)
}

function give(id: NoteId, title: string): Promise<void> {
  const given = renameNote(id, title).finally(() => giving.delete(given))
  giving.add(given)
  return given
}

/** The name of a note, written in place. Renaming rewrites every link to it, so it happens once: on leaving. */
export function Title({ id, title, shownTitle, isFresh, onLeave }: TitleProps) {
  const field = useRef<HTMLSpanElement>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [isEditing, setEditing] = useState(false)
  /** What was typed and is not committed yet. */
  const draft = useRef<string | null>(null)

  // The element's text is the person's while they write: React must not touch it, so it is set from here.
  useEffect(() => {
    const element = field.current
    if (element && !isEditing && problem === null) element.textContent = shownTitle
  }, [shownTitle, isEditing, problem])

  useEffect(() => {
    if (isFresh) field.current?.focus()
  }, [isFresh])

  // Another note in its place takes the field away without a blur that React hears: what was typed is kept all the same.
  const latest = useRef(title)
  latest.current = title
  useLayoutEffect(
    () => () => {
      const next = oneLine(draft.current ?? '')
      draft.current = null
      if (next !== '' && next !== latest.current) attempt(() => give(id, next))
    },
    [id],
  )

  const commit = async () => {
    const next = draft.current === null ? title : oneLine(draft.current)
    draft.current = null
    setEditing(false)
    if (next === '' || next === title) {
      setProblem(next === '' ? WORDS.emptyTitle : null)
      if (field.current) field.current.textContent = shownTitle
      if (next === '') setTimeout(() => setProblem(null), 4000)
      return
    }
    try {
      await give(id, next)
      setProblem(null)
    } catch (error) {
      if (field.current) setProblem(say(error))
      else attempt(() => Promise.reject(error))
    }
  }

  const onKeyDown = (event: KeyboardEvent<HTMLSpanElement>) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') {
      event.preventDefault()
      onLeave()
    } else if (event.key === 'ArrowDown' && isAtEnd()) {
      event.preventDefault()
      onLeave()
    } else if (event.key === 'Escape') {
      event.preventDefault()
      setProblem(null)
      draft.current = null
      if (field.current) field.current.textContent = title
      field.current?.blur()
    }
  }

  return (
    <>
      <h1 className="note-title">
        {/* biome-ignore lint/a11y/useSemanticElements: a field that wraps and keeps the heading's own type */}
        <span
          ref={field}
          role="textbox"
          tabIndex={0}
          contentEditable="plaintext-only"
          suppressContentEditableWarning
          aria-label={WORDS.title}
          aria-invalid={problem !== null}
          spellCheck
          onFocus={(event) => {
            setEditing(true)
            if (event.currentTarget.textContent !== title && problem === null) event.currentTarget.textContent = title
            if (isFresh) getSelection()?.selectAllChildren(event.currentTarget)
          }}
          onInput={(event) => {
            draft.current = event.currentTarget.textContent
          }}
          onBlur={() => void commit()}
          onKeyDown={onKeyDown}
        />
      </h1>
      {problem !== null && (
        <p className="note-title-problem" role="alert">
          {problem}
        </p>
      )}
    </>
  )
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

function isAtEnd(): boolean {
  const selection = getSelection()
  return !!selection?.isCollapsed && selection.focusOffset === (selection.focusNode?.textContent?.length ?? 0)
}
