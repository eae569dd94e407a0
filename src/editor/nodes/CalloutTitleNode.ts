import {
  $create,
  $createParagraphNode,
  type EditorConfig,
  ElementNode,
  type LexicalNode,
  type ParagraphNode,
  type RangeSelection,
} from 'lexical'
import { $unwrap } from './unwrap.ts'

/** The one line of words of a callout, its first child. */
export class CalloutTitleNode extends ElementNode {
  override $config() {
    return this.config('callouttitle', { extends: ElementNode })
  }

  override createDOM(config: EditorConfig): HTMLElement {
    const dom = document.createElement('p')
    dom.className = config.theme.calloutTitle ?? ''
    return dom
  }

  override updateDOM(): false {
    return false
  }

  /** What stands behind the caret becomes text of the callout. */
  override insertNewAfter(_selection: RangeSelection, restoreSelection = true): ParagraphNode {
    const paragraph = $createParagraphNode()
    this.insertAfter(paragraph, restoreSelection)
    return paragraph
  }

  /** The callout is none any more; its words stay. */
  override collapseAtStart(): true {
    const callout = this.getParentOrThrow()
    if (this.isEmpty() && callout.getChildrenSize() > 1) {
      const next = this.getNextSibling()
      this.remove()
      next?.selectStart()
    } else {
      const paragraph = $createParagraphNode().append(...this.getChildren())
      this.replace(paragraph)
      paragraph.selectStart()
    }
    $unwrap(callout)
    return true
  }
}

export const $createCalloutTitleNode = (): CalloutTitleNode => $create(CalloutTitleNode)

export function $isCalloutTitleNode(node: LexicalNode | null | undefined): node is CalloutTitleNode {
  return node instanceof CalloutTitleNode
}
