import { $create, type EditorConfig, type LexicalEditor, type LexicalNode, type NodeKey, TextNode } from 'lexical'
import { rawKind } from '../../core/markdown/source-kind.ts'
import { $keepCaretAtEnd } from './source-caret.ts'

/** Inline source that is printed as it stands: HTML, math, comments, footnote marks, images. Edited as text. */
export class RawNode extends TextNode {
  override $config() {
    return this.config('raw', { extends: TextNode })
  }

  constructor(text = '', key?: NodeKey) {
    super(text, key)
  }

  override createDOM(config: EditorConfig, editor?: LexicalEditor): HTMLElement {
    const dom = super.createDOM(config, editor)
    dom.classList.add('raw')
    dom.setAttribute('spellcheck', 'false')
    dom.dataset.source = rawKind(this.__text)
    return dom
  }

  override updateDOM(prev: this, dom: HTMLElement, config: EditorConfig): boolean {
    if (super.updateDOM(prev, dom, config)) return true
    dom.dataset.source = rawKind(this.__text)
    return false
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
}

export function $createRawNode(source: string): RawNode {
  return $create(RawNode).setTextContent(source)
}

export function $isRawNode(node: LexicalNode | null | undefined): node is RawNode {
  return node instanceof RawNode
}
