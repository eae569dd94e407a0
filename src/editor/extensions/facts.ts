import { $isHeadingNode } from '@lexical/rich-text'
import {
  $getNodeByKey,
  $getRoot,
  $getSelection,
  $isRangeSelection,
  $isRootNode,
  type LexicalEditor,
  type LexicalNode,
  type NodeKey,
} from 'lexical'
import type { Disposer } from '../../core/base/disposable.ts'
import { countCharacters, countWords } from '../../core/note/count-words.ts'
import { $isContainerNode } from './containers.ts'

export type Heading = { readonly text: string; readonly level: number; readonly key: NodeKey }

/** What the footer and the outline say of a note. */
export type EditorFacts = {
  readonly words: number
  /** Of what is selected; 0 while nothing is. */
  readonly selectedWords: number
  readonly characters: number
  readonly charactersUnspaced: number
  /** The heading that the caret stands under, or in; null above the first and without a caret. */
  readonly writingKey: NodeKey | null
  /** The block with the caret, from 1; 0 while there is no caret. */
  readonly paragraph: number
  readonly paragraphs: number
  readonly outline: readonly Heading[]
  readonly isEmpty: boolean
}

const DELAY_MS = 150
/** While somebody goes on typing: counts that change with each word are drawn at the cost of a letter. */
const LATEST_MS = 600

/** Tells what changed, a moment after it did: counting has no place between a key and its letter. */
export function registerFacts(editor: LexicalEditor, onFacts: (facts: EditorFacts) => void): Disposer {
  /** What is known of each block; only blocks that changed are read again. */
  let known = new Map<NodeKey, BlockFacts>()
  const dirty = new Set<NodeKey>()
  let outline: readonly Heading[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let wasEmpty = true
  let asked = 0
  let last = 0

  const read = (): EditorFacts => {
    const blocks = $getRoot().getChildren()
    const next: typeof known = new Map()
    const headings: Heading[] = []
    let words = 0
    let characters = 0
    let charactersUnspaced = 0
    for (const block of blocks) {
      const key = block.getKey()
      const fact = (dirty.has(key) ? undefined : known.get(key)) ?? $readBlock(block)
      next.set(key, fact)
      words += fact.words
      characters += fact.characters
      charactersUnspaced += fact.charactersUnspaced
      headings.push(...fact.headings)
    }
    known = next
    dirty.clear()
    // the same list while it says the same, so that whoever shows it need not look
    const isSame = headings.length === outline.length && headings.every((heading, at) => heading === outline[at])
    if (!isSame) outline = headings
    const [first] = next.values()
    const isEmpty = next.size === 0 || (next.size === 1 && first?.isBlank === true)
    const selection = $getSelection()
    const top = $isRangeSelection(selection) ? $topBlock(selection.focus.getNode()) : null
    return {
      words,
      selectedWords:
        $isRangeSelection(selection) && !selection.isCollapsed() ? countWords(selection.getTextContent()) : 0,
      characters,
      charactersUnspaced,
      writingKey: $isRangeSelection(selection) ? $headingAbove(selection.focus.getNode(), outline) : null,
      paragraph: top ? top.getIndexWithinParent() + 1 : 0,
      paragraphs: blocks.length,
      outline,
      isEmpty,
    }
  }
  const tell = () => {
    timer = undefined
    const facts = editor.getEditorState().read(read)
    wasEmpty = facts.isEmpty
    onFacts(facts)
  }
  const wait = () => {
    const now = performance.now()
    const isTyping = now - last < DELAY_MS && now - asked < LATEST_MS
    // what stands in an empty note gives way to its first letter
    if (wasEmpty || !isTyping) return tell()
    timer = setTimeout(wait, DELAY_MS)
  }
  const stop = editor.registerUpdateListener(({ dirtyElements }) => {
    // a block is dirty with anything in it
    for (const key of dirtyElements.keys()) dirty.add(key)
    last = performance.now()
    if (timer !== undefined) return
    asked = last
    timer = setTimeout(wait, DELAY_MS)
  })
  tell()
  return () => {
    stop()
    clearTimeout(timer)
  }
}

/** Whatever it stands in: a container ends what Lexical calls the top level. */
const $topBlock = (node: LexicalNode): LexicalNode | null =>
  [node, ...node.getParents()].find((parent) => $isRootNode(parent.getParent())) ?? null

/** The last heading that begins before the caret's block, or is it. */
function $headingAbove(node: LexicalNode, outline: readonly Heading[]): NodeKey | null {
  let low = 0
  let high = outline.length
  while (low < high) {
    const middle = (low + high) >> 1
    const heading = $getNodeByKey(outline[middle]?.key ?? '')
    if (heading && (heading.is(node) || heading.isParentOf(node) || heading.isBefore(node))) low = middle + 1
    else high = middle
  }
  return outline[low - 1]?.key ?? null
}

type BlockFacts = {
  readonly words: number
  readonly characters: number
  readonly charactersUnspaced: number
  readonly isBlank: boolean
  readonly headings: readonly Heading[]
}

function $readBlock(block: LexicalNode): BlockFacts {
  const text = block.getTextContent()
  const { all, unspaced } = countCharacters(text)
  return {
    words: countWords(text),
    characters: all,
    charactersUnspaced: unspaced,
    isBlank: text === '' && block.getType() === 'paragraph',
    headings: $headingsOf(block),
  }
}

/** Of a block, and of what a container holds. */
function $headingsOf(block: LexicalNode): Heading[] {
  if ($isHeadingNode(block)) {
    return [{ text: block.getTextContent(), level: Number(block.getTag().slice(1)), key: block.getKey() }]
  }
  return $isContainerNode(block) ? block.getChildren().flatMap($headingsOf) : []
}
