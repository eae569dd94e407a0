import type { LexicalEditor } from 'lexical'
import { type ReactNode, useEffect, useId, useState } from 'react'
import type { Typed } from '../../../../editor/extensions/completion.ts'
import { shareHighlight, textRange } from '../../../../editor/extensions/highlights.ts'
import { hasMoved, useTextMenu } from '../text-menu.ts'
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

  useTextMenu({
    editor,
    id,
    activeId: isShown ? `${id}-${at}` : undefined,
    onMove: (step) => setChosen((at + step + rows.length) % rows.length),
    onAccept: (event) => {
      const index = event?.shiftKey ? rows.findIndex(({ takesShiftEnter }) => takesShiftEnter) : at
      if (index >= 0) onChoose(index)
      return index >= 0
    },
    onClose,
  })

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
            onMouseMove={(event) => hasMoved(event) && setChosen(index)}
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
