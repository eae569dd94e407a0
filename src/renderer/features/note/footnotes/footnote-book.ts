import { type LexicalEditor, mergeRegister, setDOMUnmanaged, stopLexicalPropagation } from 'lexical'
import { useSyncExternalStore } from 'react'
import { $readFootnotes, type FootnoteBook } from '../../../../editor/extensions/footnotes.ts'
import { FootnoteNode } from '../../../../editor/nodes/FootnoteNode.ts'
import { RawNode } from '../../../../editor/nodes/RawNode.ts'
import { WORDS } from './words.ts'

const EMPTY: FootnoteBook = { numbers: new Map(), noteNumbers: new Map(), inline: [] }

type Book = {
  get(): FootnoteBook
  subscribe(listener: () => void): () => void
  /** Called with a footnote whose way back was pressed. */
  onBack: ((key: string) => void) | null
}

const books = new WeakMap<LexicalEditor, Book>()

/** Numbers of a note's footnotes, kept for as long as its editor lives; shown on the footnotes by their DOM only. */
export function bookOf(editor: LexicalEditor): Book {
  const known = books.get(editor)
  if (known) return known
  const listeners = new Set<() => void>()
  let current = EMPTY
  let isStale = true
  /** Raw nodes and footnotes of the note: where there are none, nothing is read. */
  const held = new Set<string>()

  const paint = (key: string) => {
    const dom = editor.getElementByKey(key)
    if (!dom) return
    const number = current.noteNumbers.get(key)
    if (number === undefined) delete dom.dataset.number
    else dom.dataset.number = String(number)
    const button = backOf(dom, () => book.onBack?.(key))
    button.hidden = number === undefined
    button.setAttribute('aria-label', WORDS.back(number ?? ''))
  }
  const read = () => {
    isStale = false
    const next = editor.getEditorState().read($readFootnotes)
    const isSame =
      same(next.numbers, current.numbers) &&
      same(next.noteNumbers, current.noteNumbers) &&
      JSON.stringify(next.inline) === JSON.stringify(current.inline)
    if (!isSame) current = next
    for (const key of held) if (editor.getElementByKey(key)?.classList.contains('footnote')) paint(key)
    if (!isSame) for (const listener of listeners) listener()
  }
  const note = (mutations: ReadonlyMap<string, 'created' | 'updated' | 'destroyed'>) => {
    for (const [key, mutation] of mutations) {
      if (mutation === 'destroyed') held.delete(key)
      else held.add(key)
    }
    isStale = true
  }
  mergeRegister(
    editor.registerMutationListener(RawNode, note, { skipInitialization: false }),
    editor.registerMutationListener(FootnoteNode, note, { skipInitialization: false }),
    // mutation listeners are called before
    editor.registerUpdateListener(({ dirtyElements }) => {
      // an order may differ where children of an element came, went or moved
      if (!isStale && held.size > 0) for (const isOwn of dirtyElements.values()) if (isOwn) isStale = true
      if (isStale) read()
    }),
  )
  const book: Book = {
    get: () => current,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onBack: null,
  }
  books.set(editor, book)
  read()
  return book
}

function same(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  if (a.size !== b.size) return false
  for (const [key, value] of a) if (b.get(key) !== value) return false
  return true
}

/** The way back stands behind the footnote's blocks, where Lexical leaves it alone (extensions/drawings, `drawing`). */
function backOf(dom: HTMLElement, onBack: () => void): HTMLButtonElement {
  const last = dom.lastElementChild
  const place = last?.className === 'drawing' && last instanceof HTMLElement ? last : document.createElement('div')
  const known = place.querySelector('button')
  if (known) {
    if (place.parentElement !== dom) dom.append(place)
    return known
  }
  place.className = 'drawing'
  place.contentEditable = 'false'
  setDOMUnmanaged(place, { captureSelection: true })
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'footnote-back'
  button.textContent = '↩'
  for (const name of ['click', 'mousedown', 'pointerdown', 'keydown', 'keyup'])
    button.addEventListener(name, stopLexicalPropagation)
  button.addEventListener('click', onBack)
  place.append(button)
  dom.append(place)
  return button
}

export function useFootnotes(editor: LexicalEditor): FootnoteBook {
  const book = bookOf(editor)
  return useSyncExternalStore(book.subscribe, book.get)
}
