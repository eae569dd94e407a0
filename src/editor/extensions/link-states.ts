import {
  $getNodeByKey,
  type LexicalEditor,
  type LexicalNode,
  type MutationListener,
  mergeRegister,
  type NodeKey,
} from 'lexical'
import type { Disposer } from '../../core/base/disposable.ts'
import type { Kind } from '../../core/note/note.ts'
import { $isRawNode, RawNode } from '../nodes/RawNode.ts'
import { $isWikilinkNode, WikilinkNode } from '../nodes/WikilinkNode.ts'
import { shownText } from '../nodes/wikilink-text.ts'

/** What is known of where a wikilink leads. */
export type LinkState =
  | { readonly type: 'note'; readonly kind: Kind }
  | { readonly type: 'unwritten' }
  | { readonly type: 'ambiguous' }
  | { readonly type: 'file' }
  /** An embedded picture. */
  | { readonly type: 'image' }

export type LinkKey = { readonly target: string; readonly embed: boolean }

export type LinkStates = {
  /** Every different link of the note that is on the page. */
  links(): LinkKey[]
  /** Sets what is known; links without an entry keep what they had. Keys by `linkStateKey`. */
  set(states: ReadonlyMap<string, LinkState>): void
  dispose(): void
}

export const linkStateKey = ({ target, embed }: LinkKey): string => (embed ? `!${target}` : target)

export type LinkStatesOptions = {
  /** The set of links changed. */
  readonly onLinks: () => void
  /** Names for screen readers, said after the link's words. */
  readonly label: (shown: string, state: LinkState | undefined) => string
}

/**
 * Shows on each wikilink, and each picture in Markdown's own form, what it leads to, by attributes on its DOM:
 * `data-state`, `data-kind`. The editor's tree
 * and the doc know nothing of it, and Lexical does not watch attributes.
 */
export function registerLinkStates(editor: LexicalEditor, { onLinks, label }: LinkStatesOptions): LinkStates {
  const known = new Map<string, LinkState>()
  /** Links on the page by node. */
  const shown = new Map<NodeKey, LinkKey>()

  const paint = (key: NodeKey, link: LinkKey) => {
    const dom = editor.getElementByKey(key)
    if (dom) paintLink(dom, link, known.get(linkStateKey(link)), label)
  }

  const listen: MutationListener = (mutations) => {
    let changed = false
    editor.getEditorState().read(() => {
      for (const [key, mutation] of mutations) {
        const link = mutation === 'destroyed' ? null : $linkOf($getNodeByKey(key))
        const former = shown.get(key)
        if (!link) {
          changed = shown.delete(key) || changed
          const dom = former ? editor.getElementByKey(key) : null
          if (dom) unpaint(dom)
          continue
        }
        if (!former || linkStateKey(former) !== linkStateKey(link)) changed = true
        shown.set(key, link)
        paint(key, link)
      }
    })
    if (changed) onLinks()
  }
  const dispose: Disposer = mergeRegister(
    editor.registerMutationListener(WikilinkNode, listen, { skipInitialization: false }),
    editor.registerMutationListener(RawNode, listen, { skipInitialization: false }),
  )

  return {
    links: () => [...new Map([...shown.values()].map((link) => [linkStateKey(link), link])).values()],
    set: (states) => {
      for (const [key, state] of states) known.set(key, state)
      for (const [key, link] of shown) if (states.has(linkStateKey(link))) paint(key, link)
    },
    dispose,
  }
}

/** `![words](path)`: the path of a picture in Markdown's own form; with spaces it stands in angles. */
const PICTURE = /^!\[[^\]\n]*\]\((?:<([^<>\n]+)>|([^()\s]+))(?:\s+"[^"\n]*")?\)$/

function $linkOf(node: LexicalNode | null): LinkKey | null {
  if ($isWikilinkNode(node)) return { target: node.getTarget(), embed: node.isEmbed() }
  if (!$isRawNode(node)) return null
  const match = PICTURE.exec(node.getTextContent())
  const path = match?.[1] ?? match?.[2] ?? ''
  // a picture from the web is not fetched by looking at a note
  return path === '' || /^[a-z][a-z0-9+.-]*:/i.test(path) ? null : { target: decode(path), embed: true }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function unpaint({ dataset }: HTMLElement): void {
  delete dataset.state
  delete dataset.kind
}

function paintLink(
  dom: HTMLElement,
  link: LinkKey,
  state: LinkState | undefined,
  label: LinkStatesOptions['label'],
): void {
  const { dataset } = dom
  if (state) dataset.state = state.type
  else delete dataset.state
  if (state?.type === 'note') dataset.kind = state.kind
  else delete dataset.kind
  // source says itself what it is
  if (dom.getAttribute('role') !== 'link') return
  dom.setAttribute('aria-label', label(shownText(link.embed ? `![[${link.target}]]` : `[[${link.target}]]`), state))
}
