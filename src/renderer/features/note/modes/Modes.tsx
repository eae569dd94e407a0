import type { LexicalEditor } from 'lexical'
import { useEffect } from 'react'
import type { NoteId } from '../../../../core/base/ids.ts'
import { registerSmartSigns, signsOf } from '../../../../editor/extensions/smart-signs.ts'
import { useLayout } from '../../../state/layout.ts'
import { setNoteFacts, useNoteFacts } from '../../../state/note-facts.ts'
import { useSession } from '../../../state/session.ts'
import { registerFocusParagraph } from './focus-paragraph.ts'
import { followReading } from './follow-reading.ts'
import { registerTypewriter } from './typewriter.ts'
import './modes.css'

/** Ways of writing that the person chose; nothing of them is drawn by React. */
export function Modes({ editor, id }: { readonly editor: LexicalEditor; readonly id: NoteId }) {
  const typewriter = useSession(({ settings }) => settings.typewriter)
  const dims = useSession(({ settings }) => settings.focusParagraph)
  const isFocusMode = useLayout((layout) => layout.isFocusMode)
  const writingKey = useNoteFacts(({ byNote }) => byNote[id]?.writingKey ?? null)
  const outline = useNoteFacts(({ byNote }) => byNote[id]?.outline)
  useEffect(() => (typewriter ? registerTypewriter(editor) : undefined), [editor, typewriter])
  useEffect(() => (dims && isFocusMode ? registerFocusParagraph(editor) : undefined), [editor, dims, isFocusMode])
  useEffect(
    () => registerSmartSigns(editor, () => signsOf(useSession.getState().settings.smartSigns, navigator.language)),
    [editor],
  )
  useEffect(
    () => followReading(editor, outline ?? [], writingKey, (readingKey) => setNoteFacts(id, { readingKey })),
    [editor, id, outline, writingKey],
  )
  return null
}
