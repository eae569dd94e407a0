import { $createTextNode, type LexicalEditor, mergeRegister, TabNode } from 'lexical'
import type { Disposer } from '../../core/base/disposable.ts'
import { RawNode } from '../nodes/RawNode.ts'
import { WikilinkNode } from '../nodes/WikilinkNode.ts'
import { readWikilinkText } from '../nodes/wikilink-text.ts'

/**
 * Shapes that the doc has no place for do not outlive the update that makes them. Transforms run on local
 * edits only, so that loading and merging never write.
 */
export function registerNormalForms(editor: LexicalEditor): Disposer {
  return mergeRegister(
    // an empty run is nothing in the doc: the binding would lose count of the text nodes
    editor.registerNodeTransform(RawNode, (node) => {
      if (node.getTextContent() === '') node.remove()
    }),
    // a link that lost a bracket is text
    editor.registerNodeTransform(WikilinkNode, (node) => {
      const text = node.getTextContent()
      if (!readWikilinkText(text)) node.replace($createTextNode(text).setFormat(node.getFormat()))
    }),
    // a tab is a character like others; Lexical's node of its own for it splits every run around it
    editor.registerNodeTransform(TabNode, (node) => {
      node.replace($createTextNode('\t').setFormat(node.getFormat()))
    }),
  )
}
