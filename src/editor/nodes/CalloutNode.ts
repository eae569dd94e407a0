import { $create, type EditorConfig, ElementNode, type LexicalNode, nodeSchema, stringValue } from 'lexical'
import { $createCalloutTitleNode, $isCalloutTitleNode, type CalloutTitleNode } from './CalloutTitleNode.ts'

const calloutSchema = nodeSchema<CalloutNode>()({ kind: stringValue(), fold: stringValue() })

/** `> [!kind]+ Title` and the blocks below it. The first child is the title, which may be empty. */
export class CalloutNode extends ElementNode {
  /** As written behind the `!`. */
  __kind: string
  /** '', '+' or '-'. */
  __fold: string

  override $config() {
    return this.config('callout', { extends: ElementNode, json: calloutSchema })
  }

  constructor(kind = '', fold = '') {
    super()
    this.__kind = kind
    this.__fold = fold
  }

  override afterCloneFrom(prev: this): void {
    super.afterCloneFrom(prev)
    this.__kind = prev.__kind
    this.__fold = prev.__fold
  }

  getKind(): string {
    return this.getLatest().__kind
  }

  setKind(kind: string): this {
    const self = this.getWritable()
    self.__kind = kind
    return self
  }

  getFold(): string {
    return this.getLatest().__fold
  }

  setFold(fold: string): this {
    const self = this.getWritable()
    self.__fold = fold
    return self
  }

  /** Null only within the update that took it away. */
  getTitle(): CalloutTitleNode | null {
    const first = this.getFirstChild()
    return $isCalloutTitleNode(first) ? first : null
  }

  override isShadowRoot(): true {
    return true
  }

  override createDOM(config: EditorConfig): HTMLElement {
    const dom = document.createElement('div')
    dom.className = config.theme.callout ?? ''
    dom.setAttribute('role', 'note')
    this.#describe(dom)
    return dom
  }

  override updateDOM(_prev: this, dom: HTMLElement): false {
    this.#describe(dom)
    return false
  }

  #describe(dom: HTMLElement): void {
    const label = calloutLabel(this.__kind)
    dom.dataset.callout = label.toLowerCase()
    // the word stands behind the title; a string for `content`, without what could end it
    dom.style.setProperty('--callout-kind', `"${label.replace(/[^\p{L}\p{N} ]/gu, '')}"`)
    if (this.__fold === '') delete dom.dataset.fold
    else dom.dataset.fold = this.__fold
    dom.setAttribute('aria-label', label)
  }
}

/** The word for a kind: without what Obsidian's themes write behind a bar, beginning with a capital. */
function calloutLabel(kind: string): string {
  const word = (kind.split('|')[0] ?? '').trim().replace(/[-_]+/g, ' ')
  return word === '' ? 'Callout' : word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()
}

/** With an empty title. */
export function $createCalloutNode(kind: string, fold = ''): CalloutNode {
  const node = $create(CalloutNode).setKind(kind).setFold(fold)
  return node.append($createCalloutTitleNode())
}

export function $isCalloutNode(node: LexicalNode | null | undefined): node is CalloutNode {
  return node instanceof CalloutNode
}
