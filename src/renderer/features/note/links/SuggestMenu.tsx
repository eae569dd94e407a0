import {
  COMMAND_PRIORITY_CRITICAL,
  KEY_ARROW_DOWN_COMMAND,
  KEY_ARROW_UP_COMMAND,
  KEY_ENTER_COMMAND,
  KEY_ESCAPE_COMMAND,
  KEY_TAB_COMMAND,
  type LexicalEditor,
  mergeRegister,
} from 'lexical'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import type { Typed } from '../../../../editor/extensions/completion.ts'
import { shareHighlight, textRange } from '../../../../editor/extensions/highlights.ts'
import { Floating, rectOf } from './Floating.tsx'

export type SuggestRow = {
  readonly key: string
  readonly content: ReactNode
  /** A line before it. */
  readonly isApart?: boolean
  /** Small words over it, where a group begins. */
  readonly heading?: string
  /** What Shift+Enter takes, whichever row is chosen. */
  readonly takesShiftEnter?: boolean
}

type SuggestMenuProps = {
  editor: LexicalEditor
  typed: Typed
  /** What a screen reader says of the list. */
  label: string
  rows: readonly SuggestRow[]
  hint?: string
  /** The row that is chosen now. */
  onMove?: (index: number) => void
  onChoose: (index: number) => void
  onClose: () => void
}

/** Rows to complete what is typed, under it. The focus stays in the text, which says which row is chosen. */
export function SuggestMenu({ editor, typed, label, rows, hint, onMove, onChoose, onClose }: SuggestMenuProps) {
  const id = useId()
  const [chosen, setChosen] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another query starts at its first row
  useEffect(() => setChosen(0), [typed.query])
  const at = Math.min(chosen, rows.length - 1)
  const isShown = rows.length > 0

  // biome-ignore lint/correctness/useExhaustiveDependencies: told of another row, not of another listener
  useEffect(() => onMove?.(at), [at])

  const latest = useRef({ rows, at, onChoose, onClose })
  latest.current = { rows, at, onChoose, onClose }
  useEffect(() => {
    if (!isShown) return
    const move = (step: number) => (event: KeyboardEvent) => {
      const { rows, at } = latest.current
      event.preventDefault()
      setChosen((at + step + rows.length) % rows.length)
      return true
    }
    const accept = (event: KeyboardEvent | null) => {
      const { rows, at, onChoose } = latest.current
      const index = event?.shiftKey ? rows.findIndex(({ takesShiftEnter }) => takesShiftEnter) : at
      if (index < 0 || event?.ctrlKey || event?.metaKey || event?.isComposing) return false
      event?.preventDefault()
      onChoose(index)
      return true
    }
    return mergeRegister(
      editor.registerCommand(KEY_ARROW_DOWN_COMMAND, move(1), COMMAND_PRIORITY_CRITICAL),
      editor.registerCommand(KEY_ARROW_UP_COMMAND, move(-1), COMMAND_PRIORITY_CRITICAL),
      editor.registerCommand(KEY_ENTER_COMMAND, accept, COMMAND_PRIORITY_CRITICAL),
      editor.registerCommand(KEY_TAB_COMMAND, (event) => !event.shiftKey && accept(event), COMMAND_PRIORITY_CRITICAL),
      editor.registerCommand(
        KEY_ESCAPE_COMMAND,
        (event) => {
          event.preventDefault()
          event.stopPropagation()
          latest.current.onClose()
          return true
        },
        COMMAND_PRIORITY_CRITICAL,
      ),
    )
  }, [editor, isShown])

  const activeId = isShown ? `${id}-${at}` : undefined
  useEffect(() => {
    const root = editor.getRootElement()
    if (!root || !activeId) return
    root.setAttribute('aria-controls', id)
    root.setAttribute('aria-activedescendant', activeId)
    document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' })
    return () => {
      root.removeAttribute('aria-controls')
      root.removeAttribute('aria-activedescendant')
    }
  }, [editor, id, activeId])

  useEffect(() => {
    if (!isShown) return
    const share = shareHighlight('completing')
    const range = textRange(editor.getElementByKey(typed.key), typed.start, typed.end)
    share.set(range ? [range] : [])
    return share.dispose
  }, [editor, isShown, typed])

  if (!isShown) return null
  return (
    <Floating
      rect={() => rectOf(editor, typed.key, typed.start, typed.end)}
      anchorKey={`${typed.query}:${rows.length}`}
    >
      <div className="menu link-menu" id={id} role="listbox" aria-label={label}>
        {rows.map((row, index) => [
          row.heading !== undefined && (
            <p key={`over ${row.key}`} className="menu-label" aria-hidden="true">
              {row.heading}
            </p>
          ),
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys go through the text, which keeps the focus
          <div
            key={row.key}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className={`menu-item${row.isApart ? ' is-apart' : ''}`}
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={({ movementX, movementY }) => {
              // a menu that opens under a pointer at rest is no choice of it
              if (movementX !== 0 || movementY !== 0) setChosen(index)
            }}
            onClick={() => onChoose(index)}
          >
            {row.content}
          </div>,
        ])}
        {hint !== undefined && (
          <p className="link-menu-hint" aria-hidden="true">
            {hint}
          </p>
        )}
      </div>
    </Floating>
  )
}
