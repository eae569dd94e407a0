import { $create, type EditorConfig, ElementNode, type LexicalNode, nodeSchema, stringValue } from 'lexical'

const footnoteSchema = nodeSchema<FootnoteNode>()({ label: stringValue() })

/** `[^label]: ` and the blocks of a footnote. */
export class FootnoteNode extends ElementNode {
  __label: string

  override $config() {
    return this.config('footnote', { extends: ElementNode, json: footnoteSchema })
  }

  constructor(label = '') {
    super()
    this.__label = label
  }

  override afterCloneFrom(prev: this): void {
    super.afterCloneFrom(prev)
    this.__label = prev.__label
  }

  getLabel(): string {
    return this.getLatest().__label
  }

  setLabel(label: string): this {
    const self = this.getWritable()
    self.__label = label
    return self
  }

  override isShadowRoot(): true {
    return true
  }

  override createDOM(config: EditorConfig): HTMLElement {
    const dom = document.createElement('div')
    dom.className = config.theme.footnote ?? ''
    dom.setAttribute('role', 'note')
    this.#describe(dom)
    return dom
  }

  override updateDOM(_prev: this, dom: HTMLElement): false {
    this.#describe(dom)
    return false
  }

  #describe(dom: HTMLElement): void {
    dom.dataset.label = this.__label
    dom.setAttribute('aria-label', `Footnote ${this.__label}`)
  }

  /** A footnote that is taken apart would leave its mark in the text without a note: it stays. */
  override collapseAtStart(): false {
    return false
  }
}

export const $createFootnoteNode = (label: string): FootnoteNode => $create(FootnoteNode).setLabel(label)

export function $isFootnoteNode(node: LexicalNode | null | undefined): node is FootnoteNode {
  return node instanceof FootnoteNode
}
