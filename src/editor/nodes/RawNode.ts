import { $create, type EditorConfig, type LexicalEditor, type LexicalNode, type NodeKey, TextNode } from 'lexical'

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
    return dom
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
