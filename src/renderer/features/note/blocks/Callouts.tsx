import { $getNodeByKey, type LexicalEditor } from 'lexical'
import { Check, ChevronDown, ChevronRight } from 'lucide-react'
import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { $tagAct } from '../../../../editor/extensions/blocks.ts'
import {
  type CalloutPlace,
  type CalloutPlaces,
  registerCalloutPlaces,
} from '../../../../editor/extensions/callout-places.ts'
import { $isCalloutNode, type CalloutNode } from '../../../../editor/nodes/CalloutNode.ts'
import { registerWriting } from '../../../state/writing.ts'
import { Icon } from '../../../ui/Icon.tsx'
import { Floating } from '../links/Floating.tsx'
import { CALLOUT_KINDS } from '../menus/slash-rows.ts'
import { BLOCK_WORDS } from './words.ts'
import './callouts.css'

/** In the title of each callout: its kind, which can be chosen anew, and what folds it. */
export function Callouts({ editor, isLive }: { editor: LexicalEditor; isLive: boolean }) {
  const [places, setPlaces] = useState<readonly CalloutPlace[]>([])
  const [open, setOpen] = useState<CalloutPlace | null>(null)
  const registered = useRef<CalloutPlaces | null>(null)
  useEffect(() => {
    const callouts = registerCalloutPlaces(editor, setPlaces)
    registered.current = callouts
    return () => {
      registered.current = null
      callouts.dispose()
    }
  }, [editor])
  const latest = useRef(places)
  latest.current = places
  useEffect(
    () =>
      registerWriting(editor, 'callout-kind', (key) => {
        setOpen(latest.current.find((callout) => callout.key === key) ?? null)
      }),
    [editor],
  )
  const close = () => {
    setOpen(null)
    editor.focus()
  }
  return (
    <>
      {places.map((callout) =>
        createPortal(
          <CalloutTools
            callout={callout}
            isLive={isLive}
            onKind={() => setOpen(callout)}
            onFold={() => registered.current?.toggle(callout.key)}
          />,
          callout.place,
          callout.key,
        ),
      )}
      {open && <KindPicker editor={editor} callout={open} onClose={close} />}
    </>
  )
}

type ToolsProps = { callout: CalloutPlace; isLive: boolean; onKind: () => void; onFold: () => void }

function CalloutTools({ callout: { kind, fold, isFolded }, isLive, onKind, onFold }: ToolsProps) {
  const word = wordOf(kind)
  return (
    <span className="callout-tools">
      <button
        type="button"
        className="callout-kind"
        aria-label={BLOCK_WORDS.kind(word)}
        aria-haspopup="dialog"
        aria-disabled={!isLive || undefined}
        tabIndex={-1}
        onMouseDown={keepFocus}
        onClick={isLive ? onKind : undefined}
        // drawn by the style sheet: what is no text of the note is no text of the page
        data-word={word}
      />
      {fold !== '' && (
        <button
          type="button"
          className="callout-fold"
          aria-label={isFolded ? BLOCK_WORDS.unfold : BLOCK_WORDS.fold}
          aria-expanded={!isFolded}
          tabIndex={-1}
          onMouseDown={keepFocus}
          onClick={onFold}
        >
          <Icon of={isFolded ? ChevronRight : ChevronDown} size={14} />
        </button>
      )}
    </span>
  )
}

/** The caret stays where it is. */
const keepFocus = (event: MouseEvent) => event.preventDefault()

const wordOf = (kind: string): string =>
  (kind.split('|')[0] ?? '').trim().replace(/[-_]+/g, ' ').toLowerCase() || 'callout'

type Choice = {
  readonly id: string
  readonly label: string
  readonly isNow: boolean
  readonly $run: (node: CalloutNode) => void
}

const FOLDS = [
  ['', BLOCK_WORDS.foldNever],
  ['+', BLOCK_WORDS.foldOpen],
  ['-', BLOCK_WORDS.foldShut],
] as const

/** Kinds that have a look, any other word, and how the callout opens. */
function KindPicker({
  editor,
  callout,
  onClose,
}: {
  editor: LexicalEditor
  callout: CalloutPlace
  onClose: () => void
}) {
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const field = useRef<HTMLInputElement>(null)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    field.current?.focus()
    const onPress = (event: PointerEvent) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) onClose()
    }
    document.addEventListener('pointerdown', onPress, true)
    return () => document.removeEventListener('pointerdown', onPress, true)
  }, [onClose])

  const wanted = query.trim().toLowerCase()
  const kinds = CALLOUT_KINDS.filter((kind) => kind.includes(wanted))
  const kindChoice = (kind: string, label: string): Choice => ({
    id: `kind-${kind}`,
    label,
    isNow: wordOf(callout.kind) === kind,
    $run: (node) => node.setKind(kind),
  })
  const choices: readonly Choice[] = [
    ...kinds.map((kind) => kindChoice(kind, kind)),
    ...(wanted !== '' && !CALLOUT_KINDS.includes(wanted) && !/[[\]]/.test(wanted)
      ? [kindChoice(query.trim(), BLOCK_WORDS.call(query.trim()))]
      : []),
    ...(wanted === ''
      ? FOLDS.map(([fold, label]) => ({
          id: `fold-${fold}`,
          label,
          isNow: callout.fold === fold,
          $run: (node: CalloutNode) => void node.setFold(fold),
        }))
      : []),
  ]
  const chosen = Math.min(at, choices.length - 1)
  const choose = ({ $run }: Choice) => {
    editor.update(() => {
      const node = $getNodeByKey(callout.key)
      if (!$isCalloutNode(node)) return
      $tagAct()
      $run(node)
    })
    onClose()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const choice = choices[chosen]
    if (step) setAt((chosen + step + choices.length) % choices.length)
    else if (event.key === 'Enter' && choice) choose(choice)
    else if (event.key === 'Escape' || event.key === 'Tab') onClose()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <Floating rect={() => callout.place.getBoundingClientRect()} anchorKey={callout.key}>
      <div ref={box} className="menu link-menu kind-picker" role="dialog" aria-label={BLOCK_WORDS.kinds}>
        <input
          ref={field}
          className="kind-field"
          role="combobox"
          aria-label={BLOCK_WORDS.anyWord}
          aria-expanded="true"
          aria-controls="kind-picker-list"
          aria-activedescendant={choices[chosen] && `kind-picker-${chosen}`}
          placeholder={BLOCK_WORDS.anyWord}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value)
            setAt(0)
          }}
          onKeyDown={onKeyDown}
        />
        <div role="listbox" id="kind-picker-list" aria-label={BLOCK_WORDS.kinds}>
          {choices.map((choice, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys go through the field, which keeps the focus
            <div
              key={choice.id}
              id={`kind-picker-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === chosen}
              className={`menu-item${choice.id === 'fold-' ? ' is-apart' : ''}`}
              onMouseDown={(event) => event.preventDefault()}
              onMouseMove={() => setAt(index)}
              onClick={() => choose(choice)}
            >
              {choice.isNow ? <Icon of={Check} size={14} /> : <span />}
              <span className="clip">{choice.label}</span>
            </div>
          ))}
        </div>
      </div>
    </Floating>
  )
}
