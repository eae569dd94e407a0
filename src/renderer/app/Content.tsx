import { useEffect, useState } from 'react'
import type { NoteId } from '../../core/base/ids.ts'
import { CommitmentsView } from '../features/commitments/index.ts'
import { EvidenceView } from '../features/evidence/index.ts'
import { ChangesView } from '../features/history/index.ts'
import { KindList } from '../features/lists/index.ts'
import { MirrorView } from '../features/mirror/index.ts'
import { fetchNote } from '../features/note/index.ts'
import { ReplaceView } from '../features/replace/index.ts'
import { SearchView } from '../features/search/index.ts'
import { SettingsView } from '../features/settings/index.ts'
import { TrashView } from '../features/trash/index.ts'
import { type Place, placeKey } from '../state/place.ts'
import { activeNote, activeTab, useTabs } from '../state/tabs.ts'
import { Blank } from './Blank.tsx'
import { Guard } from './Guard.tsx'
import { NotePane } from './NotePane.tsx'
import { WholeGraph } from './WholeGraph.tsx'

/** Notes that stay as they are while another tab is shown, with caret, undo and scroll. */
const KEPT_NOTES = 6

/** What the active tab shows. */
export function Content() {
  const { place } = useTabs(activeTab)
  useEffect(
    () =>
      useTabs.subscribe((tabs) => {
        const id = activeNote(tabs)
        if (id !== null) fetchNote(id)
      }),
    [],
  )
  const open = useTabs(({ tabs }) => tabs).flatMap((tab) => (tab.place.at === 'note' ? [tab.place.id] : []))
  const [recent, setRecent] = useState<readonly NoteId[]>([])
  const shown = place.at === 'note' ? place.id : null
  const next = [...(shown === null ? [] : [shown]), ...recent.filter((id) => id !== shown && open.includes(id))]
  const kept = next.slice(0, KEPT_NOTES)
  if (kept.join() !== recent.join()) setRecent(kept)
  return (
    <div className="content" data-pane="note">
      {/* In a steady order: moving an editor in the page would lose its caret. */}
      {kept.toSorted().map((id) => (
        <div className="content-layer" key={id} hidden={id !== shown}>
          <Guard resetKey={id}>
            <NotePane id={id} isShown={id === shown} />
          </Guard>
        </div>
      ))}
      {shown === null && (
        <div className="content-layer" key={placeKey(place)}>
          <Guard resetKey={placeKey(place)}>
            <View place={place} />
          </Guard>
        </div>
      )}
    </div>
  )
}

function View({ place }: { place: Place }) {
  switch (place.at) {
    case 'list':
      return place.kind === 'commitment' ? <CommitmentsView /> : <KindList kind={place.kind} />
    case 'search':
      return <SearchView query={place.query} />
    case 'replace':
      return <ReplaceView place={place} />
    case 'mirror':
      return <MirrorView />
    case 'trash':
      return <TrashView />
    case 'changes':
      return <ChangesView />
    case 'evidence':
      return <EvidenceView list={place.list ?? null} />
    case 'graph':
      return <WholeGraph />
    case 'settings':
      return <SettingsView />
    case 'note':
    case 'blank':
      return <Blank />
  }
}
