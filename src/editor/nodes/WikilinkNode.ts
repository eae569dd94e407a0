import {
  $create,
  type DOMExportOutput,
  type EditorConfig,
  type LexicalEditor,
  type LexicalNode,
  type NodeKey,
  nodeSchema,
  stringValue,
  TextNode,
} from 'lexical'
import { $keepCaretAtEnd } from './source-caret.ts'
import { maskWikilink, printWikilinkText, readWikilinkText, shownText } from './wikilink-text.ts'

const wikilinkSchema = nodeSchema<WikilinkNode>()({ targetId: stringValue() })

/**
 * A wikilink: one run of text that is deleted as a whole (facts/editor.md: a token TextNode is the only
 * shape that the V2 binding merges without losing or doubling links). Its text is the source, `[[target]]`;
 * the page shows only the words of it. Its state (kind, not written) is no part of the node: it is set on the
 * DOM by extensions/link-states.ts, so that a note's content never depends on what other notes exist.
 */
export class WikilinkNode extends TextNode {
  /** Id of the note that the link leads to, where it is known; '' else. Synced only when set. */
  __target: string

  override $config() {
    return this.config('wikilink', { extends: TextNode, json: wikilinkSchema })
  }

  /** Without arguments for the binding, which reads the defaults of a type from such a node. */
  constructor(text = '', key?: NodeKey) {
    super(text, key)
    this.__mode = 1
    this.__target = ''
  }

  override afterCloneFrom(prev: this): void {
    super.afterCloneFrom(prev)
    this.__target = prev.__target
  }

  getTargetId(): string {
    return this.getLatest().__target
  }

  setTargetId(id: string): this {
    const self = this.getWritable()
    self.__target = id
    return self
  }

  /** What stands between the brackets; the text itself where it is no wikilink. */
  getTarget(): string {
    const text = this.getTextContent()
    return readWikilinkText(text)?.target ?? text
  }

  /** The words that the page shows: text.slice(shownStart, shownEnd). */
  getShownRange(): { readonly shownStart: number; readonly shownEnd: number } {
    const text = this.getTextContent()
    return readWikilinkText(text) ?? { shownStart: 0, shownEnd: text.length }
  }

  isEmbed(): boolean {
    return this.getTextContent().startsWith('!')
  }

  override createDOM(config: EditorConfig, editor?: LexicalEditor): HTMLElement {
    const dom = super.createDOM(config, editor)
    dom.classList.add('wikilink')
    dom.setAttribute('role', 'link')
    dom.setAttribute('spellcheck', 'false')
    dom.setAttribute('aria-label', shownText(this.__text))
    if (this.__text.startsWith('!')) dom.dataset.embed = ''
    this.#mask(dom)
    return dom
  }

  override updateDOM(prev: this, dom: HTMLElement): boolean {
    if (prev.__text !== this.__text || prev.__format !== this.__format || prev.__style !== this.__style) return true
    // after a composition the browser may have left something behind
    this.#mask(dom)
    return false
  }

  override exportDOM(): DOMExportOutput {
    const element = document.createElement('span')
    element.textContent = this.getTextContent()
    return { element }
  }

  override setTextContent(text: string): this {
    const size = this.getTextContentSize()
    const self = super.setTextContent(text)
    $keepCaretAtEnd(self, size)
    return self
  }

  override canInsertTextBefore(): false {
    return false
  }

  override canInsertTextAfter(): false {
    return false
  }

  #mask(dom: HTMLElement): void {
    let leaf: Node | null = dom
    while (leaf && leaf.nodeType !== Node.TEXT_NODE) leaf = leaf.firstChild
    if (!leaf) return
    const suffix = this.isComposing() ? '\u200b' : ''
    const masked = maskWikilink(this.__text) + suffix
    if (leaf.nodeValue !== masked) leaf.nodeValue = masked
  }
}

/** `target` is what stands between the brackets; `id` of the note it leads to, where that is known. */
export function $createWikilinkNode(target: string, options: { embed?: boolean; id?: string } = {}): WikilinkNode {
  const node = $create(WikilinkNode).setTextContent(printWikilinkText(target, options.embed))
  return options.id ? node.setTargetId(options.id) : node
}

export function $isWikilinkNode(node: LexicalNode | null | undefined): node is WikilinkNode {
  return node instanceof WikilinkNode
}
