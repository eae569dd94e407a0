import {
  $create,
  $createParagraphNode,
  $isDecoratorNode,
  $isElementNode,
  type EditorConfig,
  ElementNode,
  type LexicalNode,
  type ParagraphNode,
  type RangeSelection,
} from 'lexical'
import { $unwrap } from './unwrap.ts'

/**
 * Blocks behind `> `. In the place of Lexical's own node of this type. A quote that was stored before quotes held
 * blocks has text for children: it stays so, as one paragraph that needs none around it, until somebody presses Enter
 * in it, since putting the text elsewhere would take it from whoever types there too.
 */
export class QuoteNode extends ElementNode {
  override $config() {
    return this.config('quote', { extends: ElementNode })
  }

  override isShadowRoot(): boolean {
    const isBlock = (node: LexicalNode | null) => $isElementNode(node) && !node.isInline()
    return this.isEmpty() || isBlock(this.getFirstChild()) || isBlock(this.getLastChild())
  }

  override createDOM(config: EditorConfig): HTMLElement {
    const dom = document.createElement('blockquote')
    dom.className = config.theme.quote ?? ''
    return dom
  }

  override updateDOM(): false {
    return false
  }

  override insertNewAfter(_selection: RangeSelection, restoreSelection = true): ParagraphNode {
    const paragraph = $createParagraphNode()
    this.insertAfter(paragraph, restoreSelection)
    return paragraph
  }

  /** Gives text that stands in no paragraph one, also beside those that a peer made. The selection stays in it. */
  wrapTexts(): void {
    let paragraph: ParagraphNode | null = null
    for (const child of this.getChildren()) {
      if ($isElementNode(child) && !child.isInline()) paragraph = null
      else if ($isDecoratorNode(child) && !child.isInline()) paragraph = null
      else {
        if (!paragraph) {
          paragraph = $createParagraphNode()
          child.insertBefore(paragraph)
        }
        paragraph.append(child)
      }
    }
  }

  override collapseAtStart(): true {
    this.wrapTexts()
    $unwrap(this)
    return true
  }
}

export const $createQuoteNode = (): QuoteNode => $create(QuoteNode)

export function $isQuoteNode(node: LexicalNode | null | undefined): node is QuoteNode {
  return node instanceof QuoteNode
}
