import { COMMAND_PRIORITY_CRITICAL, KEY_ENTER_COMMAND, type LexicalEditor } from 'lexical'
import { useEffect, useMemo, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import type { NoteId } from '../../../../core/base/ids.ts'
import { parseMarkdown } from '../../../../core/markdown/parse.ts'
import type { InlineFootnote } from '../../../../editor/extensions/footnotes.ts'
import { useFollow } from '../embeds/use-follow.tsx'
import type { Reading } from '../reading/reading.ts'
import { TreeView } from '../reading/TreeView.tsx'
import { bookOf, useFootnotes } from './footnote-book.ts'
import { $goAtCaret, goToInline, goToMark } from './go.ts'
import { WORDS } from './words.ts'
import './footnotes.css'

/**
 * Mod+Enter on a mark goes to its footnote, in a footnote back to the mark; each footnote has its way back. Those
 * whose words stand in the text are listed below it.
 */
export function Footnotes({ editor, noteId }: { editor: LexicalEditor; noteId: NoteId }) {
  useEffect(() => {
    const book = bookOf(editor)
    book.onBack = (key) => goToMark(editor, key)
    const stop = editor.registerCommand(
      KEY_ENTER_COMMAND,
      (event) => {
        if (!event || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return false
        if (!$goAtCaret(editor)) return false
        event.preventDefault()
        return true
      },
      COMMAND_PRIORITY_CRITICAL,
    )
    return () => {
      book.onBack = null
      stop()
    }
  }, [editor])
  const { inline } = useFootnotes(editor)
  const [surface, setSurface] = useState<Element | null>(null)
  useEffect(() => editor.registerRootListener((root) => setSurface(root?.closest('.note-surface') ?? null)), [editor])
  if (inline.length === 0 || !surface) return null
  // right below the text, before what else there is of the note
  return createPortal(
    <ol className="inline-footnotes prose is-reading" aria-label={WORDS.inText}>
      {inline.map((footnote) => (
        <Row key={footnote.key} {...{ editor, noteId, footnote }} />
      ))}
    </ol>,
    surface,
  )
}

function Row({ editor, noteId, footnote }: { editor: LexicalEditor; noteId: NoteId; footnote: InlineFootnote }) {
  const { key, number, words } = footnote
  const blocks = useMemo(() => parseMarkdown(words).blocks, [words])
  const { onFollow, menu } = useFollow(noteId)
  const latest = useRef(onFollow)
  latest.current = onFollow
  const reading = useMemo<Reading>(
    () => ({
      noteId,
      onFollow: (...given) => latest.current(...given),
      Embed: null,
      Picture: null,
      drawSource: null,
    }),
    [noteId],
  )
  return (
    <li data-number={number}>
      <TreeView blocks={blocks} reading={reading} />
      <button
        type="button"
        className="footnote-back"
        aria-label={WORDS.back(number)}
        onClick={() => goToInline(editor, key)}
      >
        ↩
      </button>
      {menu}
    </li>
  )
}
