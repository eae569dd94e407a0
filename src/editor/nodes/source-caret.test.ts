import { createHeadlessEditor } from '@lexical/headless'
import {
  $createParagraphNode,
  $createTextNode,
  $getRoot,
  $getSelection,
  $isRangeSelection,
  type TextNode,
} from 'lexical'
import { expect, test } from 'vitest'
import { NOTE_NODES } from '../note-nodes.ts'
import { $createRawNode } from './RawNode.ts'
import { $createWikilinkNode } from './WikilinkNode.ts'

/** What stands there after the source was written anew with the caret at its `edge`, and a key was pressed. */
function typeAfter($create: () => TextNode, text: string, edge: 'start' | 'end'): string {
  const editor = createHeadlessEditor({
    nodes: [...NOTE_NODES],
    onError: (error) => {
      throw error
    },
  })
  editor.update(
    () => {
      const node = $create()
      $getRoot().append($createParagraphNode().append($createTextNode('a '), node, $createTextNode(' b')))
      const offset = edge === 'start' ? 0 : node.getTextContentSize()
      node.select(offset, offset)
      node.setTextContent(text)
      const selection = $getSelection()
      if ($isRangeSelection(selection)) selection.insertText('x')
    },
    { discrete: true },
  )
  return editor.read(() => $getRoot().getTextContent())
}

const picture = () => $createWikilinkNode('p.png|640', { embed: true })
const raw = () => $createRawNode('![|640](p.png)')

test('E5 a source that is written anew keeps the caret at its edge: the next key stands beside it', () => {
  for (const text of ['![[p.png|64]]', '![[p.png]]', '![[another.png|1024]]']) {
    expect(typeAfter(picture, text, 'end')).toBe(`a ${text}x b`)
    expect(typeAfter(picture, text, 'start')).toBe(`a x${text} b`)
  }
  for (const text of ['![](p.png)', '![|1024](another.png)']) {
    expect(typeAfter(raw, text, 'end')).toBe(`a ${text}x b`)
    expect(typeAfter(raw, text, 'start')).toBe(`a x${text} b`)
  }
})
