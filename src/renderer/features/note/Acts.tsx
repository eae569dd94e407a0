import { type LexicalEditor, mergeRegister } from 'lexical'
import { useCallback, useEffect, useRef } from 'react'
import type { NoteId } from '../../../core/base/ids.ts'
import { AS_ACT } from '../../../editor/extensions/blocks.ts'
import { $insertFootnote } from '../../../editor/extensions/footnotes.ts'
import { registerWriting } from '../../state/writing.ts'
import { attempt } from '../note-actions/index.ts'
import { pickFiles } from './pictures/pick-files.ts'
import { type OpenPreview, Previews } from './preview/Previews.tsx'

/** What commands of the window do in this text, and the previews of its links. */
export function Acts({ editor, noteId, isLive }: { editor: LexicalEditor; noteId: NoteId; isLive: boolean }) {
  const preview = useRef<OpenPreview | null>(null)
  const offer = useCallback((open: OpenPreview | null) => {
    preview.current = open
  }, [])
  useEffect(() => {
    if (!isLive) return
    return mergeRegister(
      registerWriting(editor, 'insert-file', () => attempt(() => pickFiles(editor))),
      // the palette has the focus until it is closed
      registerWriting(editor, 'footnote', () =>
        editor.focus(() => {
          editor.update(() => $insertFootnote(editor), { tag: AS_ACT })
        }),
      ),
      registerWriting(editor, 'preview-link', () => preview.current?.()),
    )
  }, [editor, isLive])
  return <Previews editor={editor} noteId={noteId} onOffer={offer} />
}
