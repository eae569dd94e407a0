import { $getSelection, $isRangeSelection } from 'lexical'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Tree } from '../../../../core/markdown/tree.ts'
import { $wordsOfMark } from '../../../../editor/extensions/footnotes.ts'
import type { DrawerProps } from '../drawings/drawer.ts'
import { enterSource } from '../drawings/enter-source.ts'
import { useFollow } from '../embeds/use-follow.tsx'
import { Floating } from '../links/Floating.tsx'
import { PictureView } from '../pictures/PictureView.tsx'
import { Quiet } from '../reading/Quiet.tsx'
import type { Reading } from '../reading/reading.ts'
import { TreeView } from '../reading/TreeView.tsx'
import { useFootnotes } from './footnote-book.ts'
import { goToFootnote } from './go.ts'
import { WORDS } from './words.ts'
import './footnotes.css'

/** Leaving the mark for its words must not close them. */
const LINGER_MS = 120

/** The number of a footnote in a text; its words are read in place, by hover or where the caret is at the mark. */
export function FootnoteDrawer({ editor, noteId, drawing }: DrawerProps) {
  const { numbers } = useFootnotes(editor)
  const number = numbers.get(drawing.key)
  const [isHovered, setHovered] = useState(false)
  const isAtCaret = useCaretAt(editor, drawing.key)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const over = () => {
    clearTimeout(timer.current)
    setHovered(true)
  }
  const out = () => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setHovered(false), LINGER_MS)
  }
  if (number === undefined) return null
  return (
    <>
      <Quiet>
        <button
          type="button"
          className="footnote-mark"
          aria-label={WORDS.mark(number)}
          onPointerEnter={over}
          onPointerLeave={out}
          onFocus={over}
          onBlur={out}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => {
            clearTimeout(timer.current)
            setHovered(false)
            // the words of one that stands in the text are written where it stands
            if (!goToFootnote(editor, drawing.key)) enterSource(editor, drawing.key, ']')
          }}
        >
          {number}
        </button>
      </Quiet>
      {(isHovered || isAtCaret) && (
        <Words
          editor={editor}
          noteId={noteId}
          drawing={drawing}
          number={number}
          isAsked={isHovered}
          onOver={over}
          onOut={out}
        />
      )}
    </>
  )
}

type WordsProps = DrawerProps & { number: number; isAsked: boolean; onOver: () => void; onOut: () => void }

function Words({ editor, noteId, drawing, number, isAsked, onOver, onOut }: WordsProps) {
  const words = useWords(editor, drawing.key)
  const { onFollow, menu } = useFollow(noteId)
  const latest = useRef(onFollow)
  latest.current = onFollow
  const reading = useMemo<Reading>(
    () => ({
      noteId,
      onFollow: (...given) => latest.current(...given),
      Embed: null,
      Picture: ({ source }) => <PictureView from={noteId} source={source} />,
      drawSource: null,
    }),
    [noteId],
  )
  const isEmpty = !words || JSON.stringify(words) === '[{"type":"paragraph","children":[]}]' || words.length === 0
  // what is being written has no words to be read yet
  if (isEmpty && !isAsked) return null
  return (
    <Floating rect={() => editor.getElementByKey(drawing.key)?.getBoundingClientRect() ?? null} anchorKey={drawing.key}>
      <Quiet isBlock>
        <div className="menu footnote-words" role="tooltip" onPointerEnter={onOver} onPointerLeave={onOut}>
          <span className="footnote-words-number">{number}</span>
          {isEmpty ? (
            <p className="footnote-words-missing">
              {WORDS.missing}{' '}
              <button type="button" className="text-button" onClick={() => goToFootnote(editor, drawing.key)}>
                {WORDS.writeIt}
              </button>
            </p>
          ) : (
            <div className="prose is-reading">
              <TreeView blocks={words} reading={reading} />
            </div>
          )}
        </div>
      </Quiet>
      {menu}
    </Floating>
  )
}

/** The words of a mark, as they are while they are shown. */
function useWords(editor: DrawerProps['editor'], key: string): Tree | null {
  const read = useCallback(() => editor.getEditorState().read(() => $wordsOfMark(key), { editor }), [editor, key])
  const [words, setWords] = useState(read)
  useEffect(() => editor.registerUpdateListener(() => setWords(read())), [editor, read])
  return words
}

/** Whether the caret stands at a node, with the text focused. */
function useCaretAt(editor: DrawerProps['editor'], key: string): boolean {
  const [isAt, setAt] = useState(false)
  useEffect(
    () =>
      editor.registerUpdateListener(({ editorState }) =>
        setAt(
          editorState.read(() => {
            const selection = $getSelection()
            return $isRangeSelection(selection) && selection.isCollapsed() && selection.anchor.key === key
          }) && document.activeElement === editor.getRootElement(),
        ),
      ),
    [editor, key],
  )
  return isAt
}
