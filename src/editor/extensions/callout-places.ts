import {
  $getNodeByKey,
  $getSelection,
  $isRangeSelection,
  COMMAND_PRIORITY_CRITICAL,
  KEY_ENTER_COMMAND,
  type LexicalEditor,
  type LexicalNode,
  type MutationListener,
  mergeRegister,
  type NodeKey,
  setDOMUnmanaged,
} from 'lexical'
import { $isCalloutNode, CalloutNode } from '../nodes/CalloutNode.ts'
import { $isCalloutTitleNode, CalloutTitleNode } from '../nodes/CalloutTitleNode.ts'
import { PLACE } from './drawings.ts'

/** A callout on the page. `place` is an element behind the words of its title, for what is done with it. */
export type CalloutPlace = {
  readonly key: NodeKey
  /** As written behind the `!`. */
  readonly kind: string
  readonly fold: string
  readonly isFolded: boolean
  readonly place: HTMLElement
}

export type CalloutPlaces = {
  /** Shows or hides what is below the title, in this window only: nothing is written. */
  toggle(key: NodeKey): void
  dispose(): void
}

const FOLDED = 'data-folded'

/**
 * Keeps a place in each callout's title, and what is folded. A callout opens as its source says (`-` folded); after
 * that folding is a state of this window. What is folded opens when the caret comes into it. Mod+Enter in a title
 * folds and unfolds.
 */
export function registerCalloutPlaces(
  editor: LexicalEditor,
  onChange: (places: readonly CalloutPlace[]) => void,
): CalloutPlaces {
  const known = new Map<NodeKey, CalloutPlace>()
  const tell = () => onChange([...known.values()])

  const show = (callout: CalloutNode): boolean => {
    const key = callout.getKey()
    const title = callout.getTitle()
    const dom = editor.getElementByKey(key)
    const line = title && editor.getElementByKey(title.getKey())
    if (!dom || !line) return known.delete(key)
    const former = known.get(key)
    const [kind, fold] = [callout.getKind(), callout.getFold()]
    const isFolded = former?.fold === fold ? former.isFolded : fold === '-'
    const place = former?.place ?? createPlace()
    if (place.parentElement !== line) line.append(place)
    dom.toggleAttribute(FOLDED, isFolded)
    if (former && former.kind === kind && former.fold === fold && former.isFolded === isFolded) return false
    known.set(key, { key, kind, fold, isFolded, place })
    return true
  }
  const listen: MutationListener = (mutations) => {
    let changed = false
    editor.getEditorState().read(() => {
      for (const [key, mutation] of mutations) {
        const node = mutation === 'destroyed' ? null : $getNodeByKey(key)
        const callout = $isCalloutTitleNode(node) ? node.getParent() : node
        if ($isCalloutNode(callout)) changed = show(callout) || changed
        else if (known.has(key)) {
          known.get(key)?.place.remove()
          changed = known.delete(key)
        }
      }
    })
    if (changed) tell()
  }
  const setFolded = (key: NodeKey, isFolded: boolean) => {
    const former = known.get(key)
    if (!former || former.isFolded === isFolded) return
    known.set(key, { ...former, isFolded })
    editor.getElementByKey(key)?.toggleAttribute(FOLDED, isFolded)
    tell()
  }
  const toggle = (key: NodeKey) => {
    const former = known.get(key)
    if (!former || former.fold === '') return
    if (!former.isFolded && editor.isEditable()) {
      // a caret in what is not shown would be nowhere
      editor.update(
        () => {
          const callout = $getNodeByKey(key)
          if ($isCalloutNode(callout) && $isBelowTitle(callout)) callout.getTitle()?.selectEnd()
        },
        { discrete: true },
      )
    }
    setFolded(key, !former.isFolded)
  }
  const dispose = mergeRegister(
    editor.registerMutationListener(CalloutNode, listen, { skipInitialization: false }),
    editor.registerMutationListener(CalloutTitleNode, listen, { skipInitialization: false }),
    editor.registerUpdateListener(({ editorState }) => {
      if (known.size === 0) return
      const hidden = editorState.read(() => {
        const selection = $getSelection()
        if (!$isRangeSelection(selection)) return []
        const around = selection.focus.getNode().getParents().filter($isCalloutNode)
        return around.filter($isBelowTitle).map((callout) => callout.getKey())
      })
      for (const key of hidden) setFolded(key, false)
    }),
    editor.registerCommand(
      KEY_ENTER_COMMAND,
      (event) => {
        const selection = $getSelection()
        if (!event || !(event.ctrlKey || event.metaKey) || !$isRangeSelection(selection)) return false
        const node = selection.anchor.getNode()
        const title = $isCalloutTitleNode(node) ? node : node.getParent()
        // on a link it follows that
        if (!$isCalloutTitleNode(title) || node.getType() === 'wikilink') return false
        const callout = title.getParent()
        if (!$isCalloutNode(callout) || callout.getFold() === '') return false
        event.preventDefault()
        const key = callout.getKey()
        setFolded(key, !known.get(key)?.isFolded)
        return true
      },
      COMMAND_PRIORITY_CRITICAL,
    ),
  )
  return {
    toggle,
    dispose: () => {
      dispose()
      for (const { place } of known.values()) place.remove()
    },
  }
}

/** Whether the selection ends in a callout, but not in its title. */
function $isBelowTitle(callout: CalloutNode): boolean {
  const selection = $getSelection()
  if (!$isRangeSelection(selection)) return false
  const focus: LexicalNode = selection.focus.getNode()
  const child = [focus, ...focus.getParents()].find((node) => callout.is(node.getParent()))
  return child !== undefined && !$isCalloutTitleNode(child)
}

function createPlace(): HTMLElement {
  const place = document.createElement('span')
  place.className = PLACE
  place.contentEditable = 'false'
  setDOMUnmanaged(place, { captureSelection: true })
  // keys on its buttons are the buttons'
  place.addEventListener('keydown', (event) => event.stopPropagation())
  return place
}
