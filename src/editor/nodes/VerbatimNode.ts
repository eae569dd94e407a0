import { CodeNode } from '@lexical/code-core'
import { $create, type EditorConfig, type LexicalNode } from 'lexical'

/**
 * A block kept as written: tables, HTML, callouts, odd lists. Its children are text and line breaks. It is a
 * CodeNode to Lexical, so that Enter, Tab and the Markdown shortcuts treat it as source and leave it alone.
 */
export class VerbatimNode extends CodeNode {
  override $config() {
    return this.config('verbatim', { extends: CodeNode })
  }

  override createDOM(_config: EditorConfig): HTMLElement {
    const dom = document.createElement('pre')
    dom.className = 'verbatim'
    dom.setAttribute('spellcheck', 'false')
    // the lines of a table say nothing once they are broken; those of other source do
    if (this.getTextContent().trimStart().startsWith('|')) dom.dataset.table = ''
    return dom
  }

  override updateDOM(): false {
    return false
  }
}

export function $createVerbatimNode(): VerbatimNode {
  return $create(VerbatimNode)
}

export function $isVerbatimNode(node: LexicalNode | null | undefined): node is VerbatimNode {
  return node instanceof VerbatimNode
}
