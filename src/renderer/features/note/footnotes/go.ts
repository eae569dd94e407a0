import type { LexicalEditor, NodeKey } from 'lexical'
import { AS_ACT } from '../../../../editor/extensions/blocks.ts'
import {
  $goToFootnote,
  $goToInline,
  $goToMark,
  $jumpAtCaret,
  type FootnoteJump,
} from '../../../../editor/extensions/footnotes.ts'

/** The mark that one came from, by editor: where a note has two of a label, the way back leads to that one. */
const cameFrom = new WeakMap<LexicalEditor, NodeKey>()

/** Runs a jump and shows where it led. */
function jump(editor: LexicalEditor, $jump: () => FootnoteJump | null): boolean {
  let went: FootnoteJump | null = null
  editor.update(
    () => {
      went = $jump()
    },
    // where the footnote was missing it is made: one step
    { discrete: true, tag: AS_ACT },
  )
  return arrive(editor, went)
}

function arrive(editor: LexicalEditor, went: FootnoteJump | null): boolean {
  if (!went) return false
  if (went.fromMark === null) cameFrom.delete(editor)
  else cameFrom.set(editor, went.fromMark)
  const { to } = went
  editor.focus(() => editor.getElementByKey(to)?.scrollIntoView({ block: 'nearest' }))
  return true
}

export const goToFootnote = (editor: LexicalEditor, mark: NodeKey): boolean => jump(editor, () => $goToFootnote(mark))

export const goToMark = (editor: LexicalEditor, note: NodeKey): boolean =>
  jump(editor, () => $goToMark(note, cameFrom.get(editor) ?? null))

export const goToInline = (editor: LexicalEditor, mark: NodeKey): boolean => jump(editor, () => $goToInline(mark))

/** Within a command, which is an update already. */
export function $goAtCaret(editor: LexicalEditor): boolean {
  const went = $jumpAtCaret(cameFrom.get(editor) ?? null)
  if (!went) return false
  queueMicrotask(() => arrive(editor, went))
  return true
}
