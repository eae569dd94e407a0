import type { ReactElement, ReactNode } from 'react'
import type { NoteId } from '../../../core/base/ids.ts'
import type { Kind } from '../../../core/note/note.ts'
import { NoteGlyph } from '../kinds/index.ts'
import { openNote } from '../note-actions/index.ts'
import { WORDS } from './words.ts'

/** A note with the sentence that leads to it or from it. */
export function LinkItem({
  id,
  kind,
  title,
  children,
  aside,
  around = (row) => row,
}: {
  id: NoteId
  kind: Kind
  title: string
  children?: ReactNode
  /** What can be done with it, at its right. */
  aside?: ReactNode
  /** A menu by right click, around its row. */
  around?: (row: ReactElement) => ReactNode
}) {
  return (
    <li className={aside ? 'ctx-row' : undefined}>
      {around(
        <button
          type="button"
          className="ctx-link"
          onClick={(event) => openNote(id, { newTab: event.ctrlKey || event.metaKey })}
          onAuxClick={(event) => {
            if (event.button === 1) openNote(id, { newTab: true, background: true })
          }}
        >
          <NoteGlyph id={id} kind={kind} label={WORDS.kinds[kind]} />
          <span className="ctx-link-title">{title}</span>
          {children && <span className="ctx-sentence">{children}</span>}
        </button>,
      )}
      {aside}
    </li>
  )
}
