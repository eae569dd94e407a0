import { $isCodeNode } from '@lexical/code-core'
import type { LexicalNode } from 'lexical'
import { rawKind, verbatimKind } from '../core/markdown/source-kind.ts'
import { languageOf } from './code-language.ts'
import { $isRawNode } from './nodes/RawNode.ts'
import { $isVerbatimNode } from './nodes/VerbatimNode.ts'
import { $isWikilinkNode } from './nodes/WikilinkNode.ts'

/**
 * What source is drawn as. `formula` inline or as a block; `code` has its language and a copy beside it; `diagram`
 * is code of Mermaid; `page` a block of HTML; `kept` other source that is
 * not read; `embed` a wikilink with `!`, of a note or a file; `picture` one in
 * Markdown's own form; `footnote` the mark of one.
 */
export type DrawingKind = 'formula' | 'code' | 'diagram' | 'page' | 'kept' | 'embed' | 'picture' | 'footnote'

export type Drawn = {
  readonly kind: DrawingKind
  readonly source: string
  /** Of code, what stands behind its fence: the language and whatever follows it. '' of everything else. */
  readonly info: string
}

/** What a node is drawn as, and from which source; null where it shows itself. Reads only. */
export function $drawingOf(node: LexicalNode): Drawn | null {
  const kind = $kindOf(node)
  const info = $isCodeNode(node) ? (node.getLanguage() ?? '') : ''
  return kind && { kind, source: node.getTextContent(), info }
}

function $kindOf(node: LexicalNode): DrawingKind | null {
  if ($isWikilinkNode(node)) return node.isEmbed() ? 'embed' : null
  if ($isRawNode(node)) {
    const kind = rawKind(node.getTextContent())
    if (kind === 'math') return 'formula'
    if (kind === 'image') return 'picture'
    return kind === 'footnote' ? 'footnote' : null
  }
  if ($isVerbatimNode(node)) {
    const kind = verbatimKind(node.getTextContent())
    if (kind === 'math') return 'formula'
    return kind === 'html' ? 'page' : 'kept'
  }
  if ($isCodeNode(node)) return languageOf(node.getLanguage()) === 'mermaid' ? 'diagram' : 'code'
  return null
}
