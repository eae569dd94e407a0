import {
  $getSelection,
  $isRangeSelection,
  FORMAT_TEXT_COMMAND,
  KEY_DOWN_COMMAND,
  type LexicalEditor,
  type TextFormatType,
} from 'lexical'
import { Bold, Code, Highlighter, Italic, Link, type LucideIcon, Pilcrow, Strikethrough } from 'lucide-react'
import { type KeyboardEvent as ReactKeyboardEvent, useEffect, useRef, useState } from 'react'
import { $selectedBlocks } from '../../../../editor/extensions/blocks.ts'
import { $blockKind, $turnInto, type BlockKind } from '../../../../editor/extensions/turn-into.ts'
import { $isInSource } from '../../../../editor/lexical-tree.ts'
import { registerWriting } from '../../../state/writing.ts'
import { Icon } from '../../../ui/Icon.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { type GlyphKind, KindGlyph } from '../../../ui/KindGlyph.tsx'
import { Menu } from '../../../ui/Menu.tsx'
import { Floating } from '../links/Floating.tsx'
import { turnIntoEntries } from './block-kinds.ts'
import { MENU_WORDS } from './words.ts'
import './menus.css'

/** What else can be done with a selection, such as making it a note. */
export type ToolbarAction = { readonly label: string; readonly kind?: GlyphKind; readonly run: () => void }

const FORMATS: readonly { readonly format: TextFormatType; readonly label: string; readonly icon: LucideIcon }[] = [
  { format: 'bold', label: MENU_WORDS.bold, icon: Bold },
  { format: 'italic', label: MENU_WORDS.italic, icon: Italic },
  { format: 'strikethrough', label: MENU_WORDS.strike, icon: Strikethrough },
  { format: 'highlight', label: MENU_WORDS.highlight, icon: Highlighter },
  { format: 'code', label: MENU_WORDS.code, icon: Code },
]

/** How long a selection has to rest. */
const REST_MS = 220

type Shown = {
  readonly formats: ReadonlySet<TextFormatType>
  readonly kind: BlockKind | null
  readonly version: number
}

/**
 * Above a selection once it rests. The focus stays in the text; Alt+F10 brings it here, arrows go along, Escape back.
 */
export function SelectionToolbar({
  editor,
  actions = [],
}: {
  editor: LexicalEditor
  actions?: readonly ToolbarAction[]
}) {
  const [shown, setShown] = useState<Shown | null>(null)
  const bar = useRef<HTMLDivElement>(null)
  const isShown = useRef(false)
  isShown.current = shown !== null
  const wantsFocus = useRef(false)

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let isPressed = false
    let version = 0
    const hide = () => {
      clearTimeout(timer)
      timer = undefined
      setShown(null)
    }
    const show = () => {
      const state = editor.isEditable() ? editor.getEditorState().read($readSelection) : null
      setShown(state && { ...state, version: ++version })
    }
    const hasFocus = () => {
      const active = document.activeElement
      return editor.getRootElement()?.contains(active) || bar.current?.contains(active) || !!active?.closest('.menu')
    }
    const later = () => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        if (!isPressed && hasFocus()) show()
      }, REST_MS)
    }
    const onPress = (event: PointerEvent) => {
      if (event.target instanceof Node && bar.current?.contains(event.target)) return
      if (event.target instanceof Element && event.target.closest('.menu')) return
      isPressed = true
      if (event.target instanceof Node && editor.getRootElement()?.contains(event.target)) hide()
    }
    const onRelease = () => {
      isPressed = false
      later()
    }
    const onFocus = () => {
      if (isShown.current && !hasFocus()) hide()
    }
    const onEscape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !isShown.current) return
      if (!editor.getRootElement()?.contains(document.activeElement)) return
      event.preventDefault()
      event.stopPropagation()
      hide()
    }
    const stopUpdates = editor.registerUpdateListener(({ editorState, dirtyElements, dirtyLeaves }) => {
      const isRange = editorState.read(() => {
        const selection = $getSelection()
        return $isRangeSelection(selection) && !selection.isCollapsed()
      })
      if (!isRange) return hide()
      const isEdit = dirtyElements.size > 0 || dirtyLeaves.size > 0
      // a format that changed leaves the selection where it is
      if (isEdit && isShown.current) return show()
      if (!isEdit) setShown(null)
      later()
    })
    const stopWriting = registerWriting(editor, 'toolbar', () => {
      wantsFocus.current = true
      show()
    })
    document.addEventListener('pointerdown', onPress, true)
    document.addEventListener('pointerup', onRelease, true)
    document.addEventListener('focusin', onFocus)
    document.addEventListener('keydown', onEscape, true)
    return () => {
      stopUpdates()
      stopWriting()
      clearTimeout(timer)
      document.removeEventListener('pointerdown', onPress, true)
      document.removeEventListener('pointerup', onRelease, true)
      document.removeEventListener('focusin', onFocus)
      document.removeEventListener('keydown', onEscape, true)
    }
  }, [editor])

  useEffect(() => {
    if (!shown || !wantsFocus.current) return
    wantsFocus.current = false
    bar.current?.querySelector('button')?.focus()
  }, [shown])

  if (!shown) return null
  const backToText = () => editor.focus()
  const onKeyDown = (event: ReactKeyboardEvent) => {
    const buttons = [...(bar.current?.querySelectorAll('button') ?? [])]
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement)
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    const to =
      event.key === 'Home'
        ? 0
        : event.key === 'End'
          ? buttons.length - 1
          : step && (at + step + buttons.length) % buttons.length
    if (event.key === 'Escape') backToText()
    else if (to !== undefined) buttons[to]?.focus()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <Floating
      rect={() => rectOfSelection(editor.getRootElement())}
      anchorKey={String(shown.version)}
      placement="top-start"
    >
      <div
        ref={bar}
        className="menu selection-bar"
        role="toolbar"
        aria-label={MENU_WORDS.selection}
        onMouseDown={(event) => event.preventDefault()}
        onKeyDown={onKeyDown}
      >
        {FORMATS.map(({ format, label, icon }, at) => (
          <IconButton
            key={format}
            icon={icon}
            label={label}
            tabIndex={at === 0 ? 0 : -1}
            aria-pressed={shown.formats.has(format)}
            onClick={() => editor.dispatchCommand(FORMAT_TEXT_COMMAND, format)}
          />
        ))}
        <IconButton icon={Link} label={MENU_WORDS.link} tabIndex={-1} onClick={() => beginLink(editor)} />
        <Menu
          label={MENU_WORDS.turnInto}
          trigger={<IconButton icon={Pilcrow} label={MENU_WORDS.turnInto} tabIndex={-1} />}
          entries={turnIntoEntries(shown.kind, (kind) => editor.update(() => $turnInto(kind)))}
          onClosed={(event) => {
            event.preventDefault()
            backToText()
          }}
        />
        {actions.length > 0 && <span className="selection-bar-line" />}
        {actions.map(({ label, kind, run }) => (
          <button key={label} type="button" className="button is-ghost" tabIndex={-1} onClick={run}>
            {kind ? <KindGlyph kind={kind} /> : <Icon of={Pilcrow} size={14} />}
            {label}
          </button>
        ))}
      </div>
    </Floating>
  )
}

/** As Mod+K does. */
function beginLink(editor: LexicalEditor): void {
  editor.focus(() => {
    editor.dispatchCommand(KEY_DOWN_COMMAND, new KeyboardEvent('keydown', { key: 'k', ctrlKey: true }))
  })
}

function $readSelection(): Omit<Shown, 'version'> | null {
  const selection = $getSelection()
  if (!$isRangeSelection(selection) || selection.isCollapsed() || selection.getTextContent().trim() === '') return null
  if ($isInSource(selection.anchor.getNode()) || $isInSource(selection.focus.getNode())) return null
  const formats = new Set(FORMATS.map(({ format }) => format).filter((format) => selection.hasFormat(format)))
  const [first] = $selectedBlocks()
  return { formats, kind: first ? $blockKind(first) : null }
}

/** Height of the bar with what is around it, px. */
const ROOM = 48

/**
 * Of a selection that begins above what is seen, the part that is: the bar lies at the top of it, over words that are
 * selected. One that is out of sight takes the bar along.
 */
function rectOfSelection(root: HTMLElement | null): DOMRect | null {
  const selection = getSelection()
  const rect = selection && selection.rangeCount > 0 ? selection.getRangeAt(0).getBoundingClientRect() : null
  const seen = scrollerOf(root)?.getBoundingClientRect()
  if (!rect || !seen || rect.bottom < seen.top || rect.top > seen.bottom) return rect
  const top = Math.max(rect.top, seen.top + ROOM)
  if (top === rect.top && rect.bottom <= seen.bottom) return rect
  return new DOMRect(rect.left, top, rect.width, Math.max(0, Math.min(rect.bottom, seen.bottom) - top))
}

function scrollerOf(element: HTMLElement | null): HTMLElement | null {
  for (let at = element; at; at = at.parentElement) if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at
  return null
}
