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
import { type MouseEvent, useEffect, useRef } from 'react'

type TextMenu = {
  readonly editor: LexicalEditor
  /** Of the list, and of the row that is chosen; undefined while nothing is shown. */
  readonly id: string
  readonly activeId: string | undefined
  /** Chooses the row so many further down. */
  readonly onMove: (step: 1 | -1) => void
  /** Enter, or Tab; false leaves the key to the text. */
  readonly onAccept: (event: KeyboardEvent | null) => boolean
  readonly onClose: () => void
}

/** A menu under what is typed: the text keeps the focus, passes its keys on and says which row is chosen. */
export function useTextMenu(menu: TextMenu): void {
  const { editor, id, activeId } = menu
  const isShown = activeId !== undefined
  const latest = useRef(menu)
  latest.current = menu
  useEffect(() => {
    if (!isShown) return
    const move = (step: 1 | -1) => (event: KeyboardEvent) => {
      event.preventDefault()
      latest.current.onMove(step)
      return true
    }
    const accept = (event: KeyboardEvent | null) => {
      if (event?.ctrlKey || event?.metaKey || event?.isComposing || !latest.current.onAccept(event)) return false
      event?.preventDefault()
      return true
    }
    const close = (event: KeyboardEvent) => {
      event.preventDefault()
      event.stopPropagation()
      latest.current.onClose()
      return true
    }
    return mergeRegister(
      editor.registerCommand(KEY_ARROW_DOWN_COMMAND, move(1), COMMAND_PRIORITY_CRITICAL),
      editor.registerCommand(KEY_ARROW_UP_COMMAND, move(-1), COMMAND_PRIORITY_CRITICAL),
      editor.registerCommand(KEY_ENTER_COMMAND, accept, COMMAND_PRIORITY_CRITICAL),
      editor.registerCommand(KEY_TAB_COMMAND, (event) => !event.shiftKey && accept(event), COMMAND_PRIORITY_CRITICAL),
      editor.registerCommand(KEY_ESCAPE_COMMAND, close, COMMAND_PRIORITY_CRITICAL),
    )
  }, [editor, isShown])

  useEffect(() => {
    const root = editor.getRootElement()
    if (!root || activeId === undefined) return
    root.setAttribute('aria-controls', id)
    root.setAttribute('aria-activedescendant', activeId)
    document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' })
    return () => {
      root.removeAttribute('aria-controls')
      root.removeAttribute('aria-activedescendant')
    }
  }, [editor, id, activeId])
}

/** Whether the pointer moved: a menu that opens under one at rest is no choice of it. */
export const hasMoved = ({ movementX, movementY }: MouseEvent): boolean => movementX !== 0 || movementY !== 0
