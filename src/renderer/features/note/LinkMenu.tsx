import { autoUpdate, flip, offset, type Placement, shift, useFloating } from '@floating-ui/react'
import {
  COMMAND_PRIORITY_CRITICAL,
  KEY_ARROW_DOWN_COMMAND,
  KEY_ARROW_UP_COMMAND,
  KEY_ENTER_COMMAND,
  KEY_ESCAPE_COMMAND,
  KEY_TAB_COMMAND,
  type LexicalEditor,
  mergeRegister,
  type NodeKey,
} from 'lexical'
import { Link as LinkIcon, Plus } from 'lucide-react'
import { type ReactNode, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { safeUrl } from '../../../core/link/url.ts'
import type { Completion } from '../../../editor/extensions/completion.ts'
import { useIndex } from '../../platform/use-live.ts'
import { Icon } from '../../ui/Icon.tsx'
import { KindGlyph } from '../../ui/KindGlyph.tsx'
import { type LinkChoice, linkChoices, nameOf } from './link-choices.ts'
import { WORDS } from './words.ts'

const MOST = 8

type LinkMenuProps = {
  editor: LexicalEditor
  completion: Completion
  /** Words of a selection that becomes the link; null where the link is typed. */
  words: string | null
  onChoose: (choice: LinkChoice) => void
  onClose: () => void
}

/** The notes that a link may lead to, under what is typed; the focus stays in the text. */
export function LinkMenu({ editor, completion, words, onChoose, onClose }: LinkMenuProps) {
  const id = useId()
  const name = nameOf(completion.query)
  const url = safeUrl(completion.query)
  const { data } = useIndex(`titles:${name}`, (index) => index.call('titles', { query: name, limit: MOST }))
  const last = useRef<NonNullable<typeof data>>([])
  // the rows of the last word stay until those of this one are here: nothing flickers
  if (data) last.current = data
  const hits = data ?? last.current
  const choices = useMemo<LinkChoice[]>(
    () => (url ? [{ is: 'address', key: 'address', url }] : linkChoices(completion.query, hits, words)),
    [url, completion.query, hits, words],
  )
  const [chosen, setChosen] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another query starts at its first row
  useEffect(() => setChosen(0), [completion.query])
  const at = Math.min(chosen, choices.length - 1)

  const latest = useRef({ choices, at, onChoose, onClose })
  latest.current = { choices, at, onChoose, onClose }
  useEffect(() => {
    const move = (step: number) => (event: KeyboardEvent) => {
      const { choices, at } = latest.current
      if (choices.length === 0) return false
      event.preventDefault()
      setChosen((at + step + choices.length) % choices.length)
      return true
    }
    const accept = (event: KeyboardEvent | null) => {
      const { choices, at, onChoose } = latest.current
      const choice = event?.shiftKey ? choices.find(({ is }) => is === 'write') : choices[at]
      if (!choice || event?.ctrlKey || event?.metaKey) return false
      event?.preventDefault()
      onChoose(choice)
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
  }, [editor])

  // the text stays the focused field and says which row is chosen
  const activeId = choices[at] ? `${id}-${at}` : undefined
  useEffect(() => {
    const root = editor.getRootElement()
    if (!root) return
    root.setAttribute('aria-controls', id)
    if (activeId) root.setAttribute('aria-activedescendant', activeId)
    return () => {
      root.removeAttribute('aria-controls')
      root.removeAttribute('aria-activedescendant')
    }
  }, [editor, id, activeId])

  if (choices.length === 0) return null
  return (
    <Floating
      rect={() => rectOf(editor, completion.key, completion.start, completion.end)}
      anchorKey={completion.query}
    >
      <div className="menu link-menu" id={id} role="listbox" aria-label={WORDS.links}>
        {choices.map((choice, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys go through the text, which keeps the focus
          <div
            key={choice.key}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className={`menu-item${choice.is === 'write' && index > 0 ? ' is-apart' : ''}`}
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={() => setChosen(index)}
            onClick={() => onChoose(choice)}
          >
            <Row choice={choice} query={name} />
          </div>
        ))}
        {!url && (
          <p className="link-menu-hint" aria-hidden="true">
            {WORDS.hint}
          </p>
        )}
      </div>
    </Floating>
  )
}

function Row({ choice, query }: { choice: LinkChoice; query: string }) {
  if (choice.is === 'address') {
    return (
      <>
        <Icon of={LinkIcon} />
        <span className="clip">{WORDS.linkTo(choice.url)}</span>
      </>
    )
  }
  if (choice.is === 'write') {
    return (
      <>
        <Icon of={Plus} />
        <span className="clip">{WORDS.write(choice.title)}</span>
        <small>⇧↩</small>
      </>
    )
  }
  const { title, alias, path, kind } = choice.hit
  return (
    <>
      <KindGlyph kind={kind} label={WORDS.kind[kind]} />
      <span className="clip authored">
        <Marked text={title} query={query} />
      </span>
      <small>{alias ? WORDS.alsoCalled(alias) : path.split('/').slice(0, -1).join('/')}</small>
    </>
  )
}

function Marked({ text, query }: { text: string; query: string }) {
  const at = query === '' ? -1 : text.toLowerCase().indexOf(query.toLowerCase())
  if (at < 0) return text
  return (
    <>
      {text.slice(0, at)}
      <b>{text.slice(at, at + query.length)}</b>
      {text.slice(at + query.length)}
    </>
  )
}

type FloatingProps = {
  /** Where it hangs, in the window's coordinates; null while that place is not drawn. */
  rect: () => DOMRect | null
  /** Another value: another place. */
  anchorKey: string
  placement?: Placement
  children: ReactNode
}

/** Hangs its content under a place in the text, or where `placement` says; never over it. */
export function Floating({ rect, anchorKey, placement = 'bottom-start', children }: FloatingProps) {
  const latest = useRef(rect)
  latest.current = rect
  const { refs, floatingStyles, update } = useFloating({
    placement,
    strategy: 'fixed',
    middleware: [offset(4), flip({ padding: 8 }), shift({ padding: 8 })],
    whileElementsMounted: autoUpdate,
  })
  useLayoutEffect(() => {
    refs.setPositionReference({ getBoundingClientRect: () => latest.current() ?? new DOMRect() })
  }, [refs])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says that the place moved
  useLayoutEffect(() => update(), [anchorKey, update])
  return createPortal(
    <div ref={refs.setFloating} className="floating" style={floatingStyles}>
      {children}
    </div>,
    document.body,
  )
}

/** The rectangle of some characters of a text node on the page. */
export function rectOf(editor: LexicalEditor, key: NodeKey, start: number, end: number): DOMRect | null {
  let leaf: Node | null = editor.getElementByKey(key)
  while (leaf && leaf.nodeType !== Node.TEXT_NODE) leaf = leaf.firstChild
  if (!leaf) return null
  const size = leaf.nodeValue?.length ?? 0
  const range = document.createRange()
  range.setStart(leaf, Math.min(start, size))
  range.setEnd(leaf, Math.min(end, size))
  return range.getClientRects()[0] ?? range.getBoundingClientRect()
}
