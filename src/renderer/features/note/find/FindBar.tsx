import { $getSelection, $isRangeSelection, COMMAND_PRIORITY_LOW, KEY_ESCAPE_COMMAND, type LexicalEditor } from 'lexical'
import { useCallback, useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import type { NoteId } from '../../../../core/base/ids.ts'
import { shownText } from '../../../../editor/nodes/wikilink-text.ts'
import { changeQuery, type FindRequest, useFind } from '../../../state/find.ts'
import { FindFields } from './FindFields.tsx'
import { createFinder, type FindCount, type Finder } from './finder.ts'

type FindBarProps = { readonly editor: LexicalEditor; readonly id: NoteId; readonly isLive: boolean }

/** Longer than what anybody looks for: a selection that was made for another reason. */
const LONGEST_SEED = 200

/** The bar over a note's text that looks for words in it; there is nothing of it while it is closed. */
export function FindBar({ editor, id, isLive }: FindBarProps) {
  const [finder, setFinder] = useState<Finder | null>(null)
  const [count, setCount] = useState<FindCount>({ count: 0, at: 0, isCapped: false, problem: null })
  const [replaces, setReplaces] = useState(false)
  /** Grows with each wish to type into the field. */
  const [asked, setAsked] = useState(0)
  const place = editor.getRootElement()?.closest('.content-layer')?.querySelector('.find-place') ?? null

  const close = useCallback(
    (goesBack: boolean) => {
      setFinder(null)
      if (!goesBack) return
      finder?.select()
      editor.getRootElement()?.focus({ preventScroll: true })
    },
    [finder, editor],
  )

  useEffect(() => {
    const answer = (request: FindRequest | null) => {
      if (request?.id !== id) return
      useFind.setState({ request: null })
      const { what } = request
      const inText = editor.getRootElement()?.contains(document.activeElement) === true
      const isStep = what === 'next' || what === 'previous'
      const now = finder ?? createFinder(editor, setCount)
      if (!finder) setFinder(now)
      if (!finder || (inText && !isStep)) now.start()
      const seed = isStep ? null : seedOf(editor)
      if (seed !== null) changeQuery({ query: useFind.getState().query.regex ? escaped(seed) : seed })
      if (!finder || !isStep) now.look(useFind.getState().query)
      if (isStep && useFind.getState().query.query !== '') now.step(what === 'next' ? 1 : -1, inText)
      else setAsked((times) => times + 1)
      if (!isStep) setReplaces(what === 'replace')
    }
    answer(useFind.getState().request)
    return useFind.subscribe(({ request }) => answer(request))
  }, [editor, id, finder])

  useEffect(() => () => finder?.dispose(), [finder])

  // In the text too Escape closes it; whatever else it means there comes first.
  useEffect(() => {
    if (!finder) return
    const onEscape = (event: KeyboardEvent) => {
      event.preventDefault()
      close(false)
      return true
    }
    return editor.registerCommand(KEY_ESCAPE_COMMAND, onEscape, COMMAND_PRIORITY_LOW)
  }, [editor, finder, close])

  if (!finder || !place) return null
  return createPortal(
    <FindFields
      finder={finder}
      count={count}
      asked={asked}
      canReplace={isLive}
      replaces={replaces && isLive}
      onReplaces={setReplaces}
      onClose={() => close(true)}
    />,
    place,
  )
}

/** What is selected, where it may be what somebody looks for. */
function seedOf(editor: LexicalEditor): string | null {
  const text = editor.getEditorState().read(() => {
    const selection = $getSelection()
    if (!$isRangeSelection(selection) || selection.isCollapsed()) return ''
    return selection.getTextContent()
  })
  const words = shownText(text)
  return words.trim() === '' || words.includes('\n') || words.length > LONGEST_SEED ? null : words
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
