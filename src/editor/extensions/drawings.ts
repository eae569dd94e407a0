import { CodeNode } from '@lexical/code-core'
import {
  $getNodeByKey,
  $getSelection,
  $isElementNode,
  $isRangeSelection,
  type DOMSlot,
  type EditorDOMRenderConfig,
  type ElementDOMSlot,
  type Klass,
  type LexicalEditor,
  type LexicalNode,
  type MutationListener,
  mergeRegister,
  type NodeKey,
  setDOMUnmanaged,
  type UpdateListener,
} from 'lexical'
import type { Disposer } from '../../core/base/disposable.ts'
import { $drawingOf, type Drawn } from '../drawing-kinds.ts'
import { RawNode } from '../nodes/RawNode.ts'
import { VerbatimNode } from '../nodes/VerbatimNode.ts'
import { WikilinkNode } from '../nodes/WikilinkNode.ts'

/**
 * Source of a note that is shown as something else: a formula, a diagram, a picture, an embedded note. The tree and
 * the doc hold the source and nothing more. `place` is an element inside the source's own DOM, behind its text,
 * that Lexical leaves alone; whoever draws puts into it what it likes.
 */
export type Drawing = Drawn & { readonly key: NodeKey; readonly place: HTMLElement }

export type Drawings = {
  /** Those on the page, in no order; another list whenever one comes, changes or goes. */
  readonly all: readonly Drawing[]
  dispose(): void
}

/** Types of nodes that may be drawn. */
const DRAWN: readonly Klass<LexicalNode>[] = [RawNode, WikilinkNode, VerbatimNode, CodeNode]

/** Class of an element inside a block's DOM that Lexical leaves alone, and that stays last in it. */
export const PLACE = 'drawing'
const INSIDE = 'data-inside'

/**
 * Keeps a place for each source that is drawn, also where Lexical makes the source's DOM anew: what was drawn moves
 * along. `data-drawn` on the source's DOM says its kind, `data-inside` that the caret is in it: the style sheet
 * shows the source then.
 */
export function registerDrawings(editor: LexicalEditor, onChange: (drawings: readonly Drawing[]) => void): Drawings {
  const known = new Map<NodeKey, Drawing>()
  let all: readonly Drawing[] = []
  let inside: ReadonlySet<NodeKey> = new Set()

  /** Reads a node that may be drawn; answers whether that changes what there is to draw. */
  const $refresh = (key: NodeKey, node: LexicalNode | null): boolean => {
    const found = node && $drawingOf(node)
    const dom = editor.getElementByKey(key)
    const former = known.get(key)
    if (!found || !dom) {
      if (former) former.place.remove()
      if (dom) delete dom.dataset.drawn
      return known.delete(key)
    }
    const place = former?.place ?? createPlace($isElementNode(node))
    if (dom.dataset.drawn !== found.kind) dom.dataset.drawn = found.kind
    if (place.parentElement !== dom) dom.append(place)
    if (inside.has(key)) dom.setAttribute(INSIDE, '')
    const isSame = former?.kind === found.kind && former.source === found.source && former.info === found.info
    if (!isSame) known.set(key, { key, ...found, place })
    return !isSame
  }

  const tell = (changed: boolean) => {
    if (!changed) return
    all = [...known.values()]
    onChange(all)
  }

  const listen: MutationListener = (mutations) => {
    let changed = false
    editor.getEditorState().read(() => {
      for (const [key, mutation] of mutations) {
        changed = $refresh(key, mutation === 'destroyed' ? null : $getNodeByKey(key)) || changed
      }
    })
    tell(changed)
  }

  /** A block is no mutation of its own where only the text in it has changed. */
  const readDirty: UpdateListener = ({ dirtyElements, editorState }) => {
    let changed = false
    editorState.read(() => {
      for (const key of dirtyElements.keys()) {
        const node = $getNodeByKey(key)
        if (node instanceof CodeNode) changed = $refresh(key, node) || changed
      }
    })
    tell(changed)
  }

  const showInside = () => {
    const next = editor.getEditorState().read(() => $keysAtCaret(known))
    if (next.size === 0 && inside.size === 0) return
    for (const key of inside) if (!next.has(key)) editor.getElementByKey(key)?.removeAttribute(INSIDE)
    for (const key of next) if (!inside.has(key)) editor.getElementByKey(key)?.setAttribute(INSIDE, '')
    inside = next
  }

  const dispose: Disposer = mergeRegister(
    ...DRAWN.map((klass) => editor.registerMutationListener(klass, listen, { skipInitialization: false })),
    editor.registerUpdateListener(readDirty),
    editor.registerUpdateListener(showInside),
  )
  return {
    get all() {
      return all
    },
    dispose: () => {
      dispose()
      for (const { place } of known.values()) place.remove()
    },
  }
}

/** Drawings that the selection begins or ends in. */
function $keysAtCaret(known: ReadonlyMap<NodeKey, Drawing>): Set<NodeKey> {
  const keys = new Set<NodeKey>()
  const selection = $getSelection()
  if (known.size === 0 || !$isRangeSelection(selection)) return keys
  for (const point of [selection.anchor, selection.focus]) {
    for (let node: LexicalNode | null = point.getNode(); node; node = node.getParent()) {
      if (known.has(node.getKey())) keys.add(node.getKey())
    }
  }
  return keys
}

function createPlace(isBlock: boolean): HTMLElement {
  const place: HTMLElement = document.createElement(isBlock ? 'div' : 'span')
  place.className = PLACE
  place.contentEditable = 'false'
  // a selection in what is drawn (words in a field, of a preview) is its own
  setDOMUnmanaged(place, { captureSelection: true })
  // and so are keys of a button there, but for those of the window
  place.addEventListener('keydown', (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation()
  })
  return place
}

/** Lexical puts what is in a block before its place, which stays last. */
export const keepDrawingLast: EditorDOMRenderConfig['$getDOMSlot'] = (node, dom) => {
  const slot: DOMSlot<HTMLElement> = node.getDOMSlot(dom)
  const last = dom.lastElementChild
  const isPlaced = $isElementNode(node) && last !== null && last.className === PLACE
  return (isPlaced ? (slot as ElementDOMSlot<HTMLElement>).withBefore(last) : slot) as never
}
