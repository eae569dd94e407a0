import type { ReactNode } from 'react'
import type { NoteId } from '../../../core/base/ids.ts'
import type { Kind } from '../../../core/note/note.ts'
import { KindGlyph } from '../../ui/KindGlyph.tsx'
import { openNote } from '../note-actions/index.ts'
import { WORDS } from './words.ts'

/** A note with the sentence that leads to it or from it. */
export function LinkItem({
  id,
  kind,
  title,
  children,
}: {
  id: NoteId
  kind: Kind
  title: string
  children?: ReactNode
}) {
  return (
    <li>
      <button
        type="button"
        className="ctx-link"
        onClick={(event) => openNote(id, { newTab: event.ctrlKey || event.metaKey })}
        onAuxClick={(event) => {
          if (event.button === 1) openNote(id, { newTab: true, background: true })
        }}
      >
        <KindGlyph kind={kind} label={WORDS.kinds[kind]} />
        <span className="ctx-link-title">{title}</span>
        {children && <span className="ctx-sentence">{children}</span>}
      </button>
    </li>
  )
}
