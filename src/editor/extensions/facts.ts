import { $isHeadingNode } from '@lexical/rich-text'
import { $getRoot, $getSelection, $isRangeSelection, type LexicalEditor, type NodeKey } from 'lexical'
import type { Disposer } from '../../core/base/disposable.ts'

export type Heading = { readonly text: string; readonly level: number; readonly key: NodeKey }

/** What the footer and the outline say of a note. */
export type EditorFacts = {
  readonly words: number
  /** The block with the caret, from 1; 0 while there is no caret. */
  readonly paragraph: number
  readonly paragraphs: number
  readonly outline: readonly Heading[]
  readonly isEmpty: boolean
}

const WORD = /[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*/gu

/** Words of one text; figures count, signs do not. */
export const countWords = (text: string): number => text.match(WORD)?.length ?? 0

const DELAY_MS = 150

/** Tells what changed, a moment after it did: counting has no place between a key and its letter. */
export function registerFacts(editor: LexicalEditor, onFacts: (facts: EditorFacts) => void): Disposer {
  /** Words by block: only blocks that changed are counted again. */
  let counts = new Map<NodeKey, { text: string; words: number }>()
  let timer: ReturnType<typeof setTimeout> | undefined

  const read = (): EditorFacts => {
    const blocks = $getRoot().getChildren()
    const next: typeof counts = new Map()
    const outline: Heading[] = []
    let words = 0
    let isEmpty = blocks.length <= 1
    for (const block of blocks) {
      const key = block.getKey()
      const text = block.getTextContent()
      const before = counts.get(key)
      const count = before?.text === text ? before : { text, words: countWords(text) }
      next.set(key, count)
      words += count.words
      if (text !== '' || block.getType() !== 'paragraph') isEmpty = false
      if ($isHeadingNode(block)) outline.push({ text, level: Number(block.getTag().slice(1)), key })
    }
    counts = next
    const selection = $getSelection()
    const top = $isRangeSelection(selection) ? selection.focus.getNode().getTopLevelElement() : null
    return { words, paragraph: top ? top.getIndexWithinParent() + 1 : 0, paragraphs: blocks.length, outline, isEmpty }
  }
  const tell = () => {
    timer = undefined
    onFacts(editor.getEditorState().read(read))
  }
  const stop = editor.registerUpdateListener(() => {
    timer ??= setTimeout(tell, DELAY_MS)
  })
  tell()
  return () => {
    stop()
    clearTimeout(timer)
  }
}
