import {
  COMMAND_PRIORITY_HIGH,
  COMMAND_PRIORITY_LOW,
  KEY_DOWN_COMMAND,
  type LexicalEditor,
  mergeRegister,
} from 'lexical'
import { ArrowLeft, ArrowRight, ChevronDown, GripVertical, Plus, Trash2 } from 'lucide-react'
import { type KeyboardEvent as Key, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { TABLE_COMMAND, TABLE_DID_COMMAND, type TableAct } from '../../../../editor/extensions/tables.ts'
import { isMac } from '../../../state/session.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Menu, type MenuEntry } from '../../../ui/Menu.tsx'
import { isSamePlace, markCells, placeIn, type TablePlace } from './table-place.ts'
import { saidOf, WORDS } from './words.ts'
import './tables.css'

const MOVE_KEYS = { up: '↑', down: '↓', left: '←', right: '→' } as const
const keysOf = (to: keyof typeof MOVE_KEYS) => (isMac() ? `⇧⌘${MOVE_KEYS[to]}` : `Ctrl+Shift+${MOVE_KEYS[to]}`)

/**
 * The tools of the table with the caret: a bar over its column, a grip beside its row. Alt+F10 goes to them, Escape
 * back to the text; a pointer leaves the focus in the text.
 */
export function TableTools({ editor, isLive }: { editor: LexicalEditor; isLive: boolean }) {
  const [place, setPlace] = useState<TablePlace | null>(null)
  const [said, setSaid] = useState('')
  const bar = useRef<HTMLDivElement>(null)
  const grip = useRef<HTMLDivElement>(null)

  useEffect(() => {
    let now: TablePlace | null = null
    const show = () => {
      const next = isLive && isWithin(editor, bar.current, grip.current) ? placeIn(editor) : null
      markCells(editor, next)
      if (isSamePlace(now, next)) return
      now = next
      setPlace(next)
    }
    // the focus is on its way when it leaves
    const later = () => queueMicrotask(show)
    document.addEventListener('focusin', show)
    document.addEventListener('focusout', later)
    const stop = mergeRegister(
      editor.registerUpdateListener(show),
      editor.registerCommand(
        TABLE_DID_COMMAND,
        (act) => {
          // the same words again are said again only where they differ
          setSaid((last) => (last === saidOf(act) ? `${saidOf(act)}\u00a0` : saidOf(act)))
          return false
        },
        COMMAND_PRIORITY_LOW,
      ),
      editor.registerCommand(
        KEY_DOWN_COMMAND,
        (event) => {
          const first = bar.current?.querySelector<HTMLElement>('[tabindex="0"]')
          if (!first || event.key !== 'F10' || !event.altKey) return false
          event.preventDefault()
          first.focus()
          return true
        },
        COMMAND_PRIORITY_HIGH,
      ),
    )
    show()
    return () => {
      document.removeEventListener('focusin', show)
      document.removeEventListener('focusout', later)
      stop()
      markCells(editor, null)
    }
  }, [editor, isLive])

  useLayoutEffect(() => (place ? keepInPlace(editor, place, bar.current, grip.current) : undefined), [editor, place])

  const run = useCallback(
    (act: TableAct) => {
      const button = document.activeElement
      const isOurs = isInTools(button, bar.current, grip.current)
      editor.update(() => void editor.dispatchCommand(TABLE_COMMAND, act), {
        onUpdate: () => {
          if (!isOurs) return
          // whoever pressed a key on a tool may press it again
          requestAnimationFrame(() => {
            if (button instanceof HTMLElement && button.isConnected) button.focus()
            else editor.focus()
          })
        },
      })
    },
    [editor],
  )
  const back = (event: Key) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    editor.focus()
  }
  const closed = (event: Event) => {
    event.preventDefault()
    editor.focus()
  }

  const surface = editor.getRootElement()?.parentElement
  return (
    <>
      <p className="sr-only" aria-live="polite">
        {said}
      </p>
      {place &&
        surface &&
        createPortal(
          <>
            <div
              ref={bar}
              className="table-bar"
              role="toolbar"
              aria-label={WORDS.column}
              onKeyDown={(event) => {
                rove(event)
                back(event)
              }}
              onMouseDown={(event) => event.preventDefault()}
            >
              <IconButton
                icon={ArrowLeft}
                label={WORDS.columnLeft}
                keys={keysOf('left')}
                tabIndex={0}
                isDisabled={place.at.column === 0}
                onClick={() => run({ do: 'move-column', to: 'left' })}
              />
              <IconButton
                icon={ArrowRight}
                label={WORDS.columnRight}
                keys={keysOf('right')}
                tabIndex={-1}
                isDisabled={place.at.column === place.columns - 1}
                onClick={() => run({ do: 'move-column', to: 'right' })}
              />
              <IconButton
                icon={Plus}
                label={WORDS.addColumn}
                tabIndex={-1}
                onClick={() => run({ do: 'add-column', side: 'right' })}
              />
              <IconButton
                icon={Trash2}
                label={WORDS.removeColumn}
                tabIndex={-1}
                onClick={() => run({ do: 'remove-column' })}
              />
              <Menu
                label={WORDS.column}
                align="end"
                onClosed={closed}
                trigger={<IconButton icon={ChevronDown} label={WORDS.more} tabIndex={-1} />}
                entries={columnEntries(place, run)}
              />
            </div>
            {/* biome-ignore lint/a11y/noStaticElementInteractions: only keeps the focus in the text */}
            <div ref={grip} className="table-grip" onKeyDown={back} onMouseDown={(event) => event.preventDefault()}>
              <Menu
                label={WORDS.row}
                onClosed={closed}
                trigger={<IconButton icon={GripVertical} label={WORDS.row} />}
                entries={rowEntries(place, run)}
              />
            </div>
          </>,
          surface,
        )}
    </>
  )
}

type Run = (act: TableAct) => void

const columnEntries = ({ align }: TablePlace, run: Run): MenuEntry[] => [
  { is: 'label', label: WORDS.align },
  ...WORDS.aligns.map(([value, label]): MenuEntry => {
    return { is: 'choice', label, isChosen: align === value, run: () => run({ do: 'align', align: value }) }
  }),
  { is: 'line' },
  { is: 'item', label: WORDS.ascending, run: () => run({ do: 'sort', order: 'ascending' }) },
  { is: 'item', label: WORDS.descending, run: () => run({ do: 'sort', order: 'descending' }) },
  { is: 'line' },
  { is: 'item', label: WORDS.addColumnLeft, run: () => run({ do: 'add-column', side: 'left' }) },
]

const rowEntries = ({ at, rows, areCells }: TablePlace, run: Run): MenuEntry[] => [
  {
    is: 'item',
    label: WORDS.rowUp,
    hint: keysOf('up'),
    isDisabled: at.row === 0,
    run: () => run({ do: 'move-row', to: 'up' }),
  },
  {
    is: 'item',
    label: WORDS.rowDown,
    hint: keysOf('down'),
    isDisabled: at.row === rows - 1,
    run: () => run({ do: 'move-row', to: 'down' }),
  },
  { is: 'line' },
  { is: 'item', label: WORDS.addAbove, run: () => run({ do: 'add-row', side: 'above' }) },
  { is: 'item', label: WORDS.addBelow, run: () => run({ do: 'add-row', side: 'below' }) },
  { is: 'line' },
  ...(areCells ? [{ is: 'item', label: WORDS.clear, run: () => run({ do: 'clear' }) } as const] : []),
  { is: 'item', label: WORDS.removeRow, run: () => run({ do: 'remove-row' }) },
  { is: 'item', label: WORDS.removeTable, run: () => run({ do: 'remove-table' }) },
]

/** Arrows walk a toolbar, which is one stop of Tab. */
function rove(event: Key<HTMLElement>): void {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
  if (step === undefined) return
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('button')]
  const at = buttons.indexOf(document.activeElement as HTMLElement)
  event.preventDefault()
  buttons[(at + step + buttons.length) % buttons.length]?.focus()
}

const isInTools = (element: Element | null, ...tools: (HTMLElement | null)[]): boolean =>
  element !== null && tools.some((tool) => tool?.contains(element))

/** Whether the focus is in the text, on a tool, or in a menu of one. */
function isWithin(editor: LexicalEditor, ...tools: (HTMLElement | null)[]): boolean {
  const { activeElement } = document
  const isInText = editor.getRootElement()?.contains(activeElement) ?? false
  return isInText || isInTools(activeElement, ...tools) || Boolean(activeElement?.closest('[role="menu"]'))
}

/** The browser scrolls to the caret; a cell is wider. */
function showWhole(wrapper: HTMLElement, cell: HTMLElement | null): void {
  if (!cell || wrapper.scrollWidth <= wrapper.clientWidth) return
  const [around, own] = [wrapper.getBoundingClientRect(), cell.getBoundingClientRect()]
  if (own.left - 8 < around.left) wrapper.scrollLeft += own.left - 8 - around.left
  else if (own.right > around.right) wrapper.scrollLeft += own.right - around.right
}

/** Puts the tools beside column and row, in the coordinates of the text, and keeps them there. */
function keepInPlace(
  editor: LexicalEditor,
  place: TablePlace,
  bar: HTMLElement | null,
  grip: HTMLElement | null,
): (() => void) | undefined {
  const [wrapper, head, row] = [place.table, place.head, place.row].map((key) => editor.getElementByKey(key))
  const surface = bar?.parentElement
  if (!bar || !grip || !surface || !wrapper || !head || !row) return
  const put = () => {
    const from = surface.getBoundingClientRect()
    const [shown, column, line] = [wrapper, head, row].map((element) => element.getBoundingClientRect())
    if (!shown || !column || !line) return
    // a column that is scrolled away has its bar at the edge where it went
    const most = shown.right - bar.offsetWidth
    const end = place.at.column === place.columns - 1 ? column.right + 8 : column.right - 8
    bar.style.left = `${Math.min(Math.max(end - bar.offsetWidth, shown.left), most) - from.left}px`
    bar.style.top = `${shown.top - bar.offsetHeight - from.top}px`
    grip.style.left = `${shown.left - grip.offsetWidth - from.left}px`
    grip.style.top = `${line.top + (line.height - grip.offsetHeight) / 2 - from.top}px`
  }
  showWhole(wrapper, editor.getElementByKey(place.cell))
  put()
  const sizes = new ResizeObserver(put)
  for (const element of [surface, wrapper, head, row]) sizes.observe(element)
  wrapper.addEventListener('scroll', put)
  const stop = editor.registerUpdateListener(() => put())
  return () => {
    sizes.disconnect()
    wrapper.removeEventListener('scroll', put)
    stop()
  }
}
