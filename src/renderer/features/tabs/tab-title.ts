import {
  FolderSync,
  History,
  type LucideIcon,
  Plus,
  Replace,
  Scale,
  Search,
  Settings,
  Trash2,
  Waypoints,
} from 'lucide-react'
import { useNote } from '../../platform/notes.ts'
import type { Place } from '../../state/place.ts'
import type { GlyphKind } from '../../ui/KindGlyph.tsx'
import { shownTitle } from '../../ui/shown-title.ts'
import { WORDS } from './words.ts'

export type TabTitle = {
  readonly text: string
  /** Words of a person, set in serif. */
  readonly isAuthored: boolean
  readonly glyph: GlyphKind | LucideIcon
  /** Spoken after the title. */
  readonly kind: string | null
  readonly isGone: boolean
}

const app = (text: string, glyph: GlyphKind | LucideIcon): TabTitle => ({
  text,
  glyph,
  isAuthored: false,
  kind: null,
  isGone: false,
})

/** What a tab is called. A note that is not read yet has no title for a moment. */
export function useTabTitle(place: Place): TabTitle {
  const note = useNote(place.at === 'note' ? place.id : null)
  switch (place.at) {
    case 'note':
      if (note.data) {
        const { kind, path, shownTitle: title, trashed } = note.data
        return {
          text: shownTitle(title, path),
          isAuthored: true,
          glyph: kind,
          kind: WORDS.kinds[kind],
          isGone: trashed,
        }
      }
      return { ...app(note.failed === null ? '' : WORDS.gone, 'note'), isGone: note.failed !== null }
    case 'list':
      return app(WORDS.lists[place.kind], place.kind)
    case 'search':
      return app(place.query === '' ? WORDS.search_ : WORDS.searchFor(place.query), Search)
    case 'replace':
      return app(place.query === '' ? WORDS.replace : WORDS.replaceFor(place.query), Replace)
    case 'mirror':
      return app(WORDS.mirror, FolderSync)
    case 'trash':
      return app(WORDS.trash, Trash2)
    case 'changes':
      return app(WORDS.changes, History)
    case 'evidence':
      return app(WORDS.evidence, Scale)
    case 'graph':
      return app(WORDS.graph, Waypoints)
    case 'settings':
      return app(WORDS.settings, Settings)
    case 'blank':
      return app(WORDS.blank, Plus)
  }
}
