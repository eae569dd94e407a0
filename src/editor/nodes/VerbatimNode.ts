import { CodeNode } from '@lexical/code-core'
import { $create, type EditorConfig, type LexicalNode } from 'lexical'
import { verbatimKind } from '../../core/markdown/source-kind.ts'

/**
 * A block kept as written: HTML, math, comments, reference definitions, odd lists. Its children are text and line
 * breaks. It is a CodeNode to Lexical, so that Enter, Tab and the Markdown shortcuts treat it as source and leave it
 * alone.
 */
export class VerbatimNode extends CodeNode {
  override $config() {
    return this.config('verbatim', { extends: CodeNode })
  }

  override createDOM(_config: EditorConfig): HTMLElement {
    const dom = document.createElement('pre')
    dom.className = 'verbatim'
    dom.setAttribute('spellcheck', 'false')
    this.#describe(dom)
    return dom
  }

  override updateDOM(_prev: unknown, dom: HTMLElement): false {
    this.#describe(dom)
    return false
  }

  #describe(dom: HTMLElement): void {
    const text = this.getTextContent()
    dom.dataset.source = verbatimKind(text)
    // the lines of a table say nothing once they are broken; those of other source do
    if (text.trimStart().startsWith('|')) dom.dataset.table = ''
    else delete dom.dataset.table
  }
}

export function $createVerbatimNode(): VerbatimNode {
  return $create(VerbatimNode)
}

export function $isVerbatimNode(node: LexicalNode | null | undefined): node is VerbatimNode {
  return node instanceof VerbatimNode
}
