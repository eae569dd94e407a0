import {
  $getNodeByKey,
  $getSelection,
  $isElementNode,
  $isRangeSelection,
  type LexicalEditor,
  type LexicalNode,
  type NodeKey,
} from 'lexical'
import { ArrowDown, ArrowUp, Copy, GripVertical, Link, Pilcrow, Trash2 } from 'lucide-react'
import { type PointerEvent as ReactPointerEvent, useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { $giveBlockId } from '../../../../editor/extensions/block-ids.ts'
import {
  $deleteBlocks,
  $duplicateBlocks,
  $moveBlocks,
  $placeBeside,
  $selectedBlocks,
  $unitOf,
  $withNested,
} from '../../../../editor/extensions/blocks.ts'
import { $blockKind, $turnInto, BLOCK_KINDS, type BlockKind } from '../../../../editor/extensions/turn-into.ts'
import type { NoteDetails } from '../../../platform/notes.ts'
import { showToast } from '../../../state/notices.ts'
import { registerWriting, runWriting } from '../../../state/writing.ts'
import { Icon } from '../../../ui/Icon.tsx'
import { Menu, type MenuEntry } from '../../../ui/Menu.tsx'
import { copyText } from '../../note-actions/index.ts'
import { turnIntoEntries } from '../menus/block-kinds.ts'
import { MENU_WORDS } from '../menus/words.ts'
import { dragBlocks } from './drag.ts'
import { gripOf, rectOfBlock, scrollerOf, unitAt } from './places.ts'
import { BLOCK_WORDS } from './words.ts'
import './blocks.css'

/** A press that moved so far is a drag. */
const DRAG_FROM = 4

type Props = { editor: LexicalEditor; note: NoteDetails; isLive: boolean }

/**
 * The grip at the left of the block under the pointer, or at the caret: a press opens its menu, a drag moves the
 * block, or all that are selected with it. By keyboard: Mod+/ and Mod+Shift with an arrow.
 */
export function BlockHandle({ editor, note, isLive }: Props) {
  const [at, setAt] = useState<NodeKey | null>(null)
  const [isOpen, setOpen] = useState(false)
  const [isDragging, setDragging] = useState(false)
  const [, setMoved] = useState(0)
  const held = useRef(false)
  const afterwards = useRef<(() => void) | null>(null)
  held.current = isOpen || isDragging

  useEffect(() => {
    if (!isLive) return setAt(null)
    const root = editor.getRootElement()
    const scroller = root && (scrollerOf(root) ?? root)
    if (!root || !scroller) return
    let current: NodeKey | null = null
    const point = (key: NodeKey | null) => {
      current = key
      setAt(key)
      setMoved((count) => count + 1)
    }
    const onMove = (event: PointerEvent) => {
      if (held.current || event.buttons !== 0) return
      const { clientX: x, clientY: y } = event
      const rect = current === null ? null : rectOfBlock(editor, current)
      // on the way to the grip the pointer passes what lies around the block: it keeps its grip
      if (rect && x < rect.left && y >= rect.top - 4 && y <= rect.bottom + 4) return
      const key = unitAt(editor, x, y)
      if (key !== null && key !== current) point(key)
    }
    const stopUpdates = editor.registerUpdateListener(({ editorState, dirtyElements, dirtyLeaves }) => {
      if (held.current) return
      // while somebody types there is nothing beside the text
      if (dirtyElements.size > 0 || dirtyLeaves.size > 0) {
        // a key draws nothing anew where nothing was beside it
        if (current !== null) point(null)
        return
      }
      if (!root.contains(document.activeElement)) return
      const key = editorState.read(() => {
        const selection = $getSelection()
        const unit = $isRangeSelection(selection) ? $unitOf(selection.focus.getNode()) : null
        return unit?.getKey() ?? null
      })
      if (key !== current) point(key)
    })
    const acts = [
      registerWriting(editor, 'block-menu', () => {
        const key = editor.read(() => $selectedBlocks()[0]?.getKey() ?? null)
        if (key === null) return
        point(key)
        setOpen(true)
      }),
      registerWriting(editor, 'turn-into', (kind) => {
        if (BLOCK_KINDS.some((each) => each === kind)) editor.update(() => $turnInto(kind as BlockKind))
        editor.focus()
      }),
      registerWriting(editor, 'duplicate', () => {
        editor.update(() => $duplicateBlocks($selectedBlocks()))
        editor.focus()
      }),
    ]
    scroller.addEventListener('pointermove', onMove)
    return () => {
      stopUpdates()
      for (const stop of acts) stop()
      scroller.removeEventListener('pointermove', onMove)
    }
  }, [editor, isLive])

  const surface = editor.getRootElement()?.parentElement
  const grip = at !== null && surface ? gripOf(editor, at, surface) : null
  if (!surface || !grip || at === null) return null

  const withBlocks = ($run: (units: readonly LexicalNode[]) => void) => () => {
    editor.update(() => {
      const units = $unitsFrom(at)
      if (units.length > 0) $run(units)
    })
  }
  // the menu gives the focus back first
  const chooseKind = () => runWriting('callout-kind', at)
  const copyLink = () => {
    let id = ''
    editor.update(
      () => {
        const block = $getNodeByKey(at)
        if (block) id = $giveBlockId(block)
      },
      { discrete: true },
    )
    const link = `[[${note.title}#^${id}]]`
    copyText(link)
    showToast(BLOCK_WORDS.linkCopied(link))
  }
  const move = (direction: 'up' | 'down') =>
    withBlocks((units) => {
      const place = $placeBeside(units, direction)
      if (place) $moveBlocks(units, place)
    })
  const [kind, canMove] = editor.read(() => {
    const units = $unitsFrom(at)
    const [first] = units
    return [first ? $blockKind(first) : null, { up: $placeBeside(units, 'up'), down: $placeBeside(units, 'down') }]
  })
  const entries: readonly MenuEntry[] = [
    {
      is: 'sub',
      label: MENU_WORDS.turnInto,
      icon: Pilcrow,
      entries: turnIntoEntries(kind, (next) => withBlocks((units) => $turnInto(next, units))()),
    },
    ...(kind === 'callout'
      ? [{ is: 'item', label: BLOCK_WORDS.kinds, run: () => (afterwards.current = chooseKind) } as const]
      : []),
    { is: 'line' },
    { is: 'item', label: BLOCK_WORDS.duplicate, icon: Copy, run: withBlocks($duplicateBlocks) },
    { is: 'item', label: BLOCK_WORDS.up, icon: ArrowUp, run: move('up'), isDisabled: !canMove.up },
    { is: 'item', label: BLOCK_WORDS.down, icon: ArrowDown, run: move('down'), isDisabled: !canMove.down },
    { is: 'item', label: BLOCK_WORDS.copyLink, icon: Link, run: copyLink },
    { is: 'line' },
    { is: 'item', label: BLOCK_WORDS.remove, icon: Trash2, run: withBlocks($deleteBlocks) },
  ]

  const onPointerDown = (event: ReactPointerEvent) => {
    if (event.button !== 0) return
    // the focus, and with it the selection, stays in the text; Radix would open at once
    event.preventDefault()
    const { clientX, clientY } = event
    const onMove = (moved: PointerEvent) => {
      if (Math.hypot(moved.clientX - clientX, moved.clientY - clientY) < DRAG_FROM) return
      stop()
      setDragging(true)
      const keys = editor.read(() => $unitsFrom(at).map((unit) => unit.getKey()))
      dragBlocks(editor, keys, () => setDragging(false))
    }
    const onUp = () => {
      stop()
      setOpen(true)
    }
    const stop = () => {
      removeEventListener('pointermove', onMove, true)
      removeEventListener('pointerup', onUp, true)
    }
    addEventListener('pointermove', onMove, true)
    addEventListener('pointerup', onUp, true)
  }

  const handle = (
    <button
      type="button"
      className="block-handle"
      tabIndex={-1}
      aria-label={BLOCK_WORDS.menu}
      data-dragging={isDragging || undefined}
      onPointerDown={onPointerDown}
      style={grip}
    >
      <Icon of={GripVertical} size={16} />
    </button>
  )
  return createPortal(
    <Menu
      trigger={handle}
      entries={entries}
      label={BLOCK_WORDS.menu}
      isOpen={isOpen}
      onOpen={setOpen}
      onClosed={(event) => {
        event.preventDefault()
        const next = afterwards.current
        afterwards.current = null
        editor.update(() => $keepSelection(at))
        if (next) next()
        else editor.focus()
      }}
    />,
    surface,
  )
}

/** The block, or all that are selected where it is one of them. */
function $unitsFrom(key: NodeKey): readonly LexicalNode[] {
  const block = $getNodeByKey(key)
  if (!block) return []
  const selected = $selectedBlocks()
  return selected.length > 1 && selected.some((unit) => unit.is(block)) ? selected : $withNested([block])
}

/** What was done with a block that the caret is not in goes on there. */
function $keepSelection(key: NodeKey): void {
  const block = $getNodeByKey(key)
  const selection = $getSelection()
  if (selection !== null || !$isElementNode(block)) return
  block.selectEnd()
}
