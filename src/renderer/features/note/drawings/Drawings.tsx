import type { LexicalEditor } from 'lexical'
import { type ComponentType, useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import type { NoteId } from '../../../../core/base/ids.ts'
import type { DrawingKind } from '../../../../editor/drawing-kinds.ts'
import { type Drawing, registerDrawings } from '../../../../editor/extensions/drawings.ts'
import { EmbedDrawer } from '../embeds/EmbedDrawer.tsx'
import { FootnoteDrawer } from '../footnotes/FootnoteDrawer.tsx'
import { PictureDrawer } from '../pictures/PictureInText.tsx'
import { Code } from './Code.tsx'
import { Diagram } from './Diagram.tsx'
import type { DrawerProps } from './drawer.ts'
import { Formula } from './Formula.tsx'
import { Kept, Page } from './Page.tsx'
import './drawings.css'

/** Who draws what. A kind without a drawer shows its source. */
const DRAWERS: Partial<Record<DrawingKind, ComponentType<DrawerProps>>> = {
  embed: EmbedDrawer,
  footnote: FootnoteDrawer,
  picture: PictureDrawer,
  formula: Formula,
  code: Code,
  diagram: Diagram,
  page: Page,
  kept: Kept,
}

/** Draws the formulas, diagrams, pictures and embedded notes of a text, each in the place beside its source. */
export function Drawings({ editor, noteId }: { editor: LexicalEditor; noteId: NoteId }) {
  const [all, setAll] = useState<readonly Drawing[]>([])
  useEffect(() => {
    const drawings = registerDrawings(editor, setAll)
    return () => drawings.dispose()
  }, [editor])
  return all.map((drawing) => {
    const Drawer = DRAWERS[drawing.kind]
    return (
      Drawer && createPortal(<Drawer editor={editor} noteId={noteId} drawing={drawing} />, drawing.place, drawing.key)
    )
  })
}
