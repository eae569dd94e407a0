import { Scale, Trash2, Waypoints } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Kind } from '../../../core/note/note.ts'
import { useVaultFacts } from '../../platform/notes.ts'
import { type Place, placeKey } from '../../state/place.ts'
import { activeTab, openPlace, useTabs } from '../../state/tabs.ts'
import { Icon } from '../../ui/Icon.tsx'
import { KindGlyph } from '../../ui/KindGlyph.tsx'
import { WORDS } from './words.ts'

const KIND_ROWS: readonly (readonly [Kind, string])[] = [
  ['essay', WORDS.essays],
  ['example', WORDS.examples],
  ['commitment', WORDS.commitments],
  ['note', WORDS.notes],
]

/** The vault by kind, its graph and its trash. */
export function VaultSection() {
  const { data } = useVaultFacts()
  return (
    <section className="nav-section" aria-labelledby="nav-vault">
      <div className="nav-head">
        <h2 id="nav-vault">{WORDS.vault}</h2>
      </div>
      <ul>
        {KIND_ROWS.map(([kind, label]) => (
          <PlaceRow
            key={kind}
            place={{ at: 'list', kind }}
            glyph={<KindGlyph kind={kind} />}
            label={label}
            count={data?.counts[kind]}
          />
        ))}
        <PlaceRow place={{ at: 'evidence' }} glyph={<Icon of={Scale} size={14} />} label={WORDS.evidence} />
        <PlaceRow place={{ at: 'graph' }} glyph={<Icon of={Waypoints} size={14} />} label={WORDS.graph} />
        <PlaceRow
          place={{ at: 'trash' }}
          glyph={<Icon of={Trash2} size={14} />}
          label={WORDS.trash}
          count={data?.trashed}
        />
      </ul>
    </section>
  )
}

type PlaceRowProps = { place: Place; glyph: ReactNode; label: string; count?: number | undefined }

function PlaceRow({ place, glyph, label, count }: PlaceRowProps) {
  const isCurrent = useTabs((tabs) => placeKey(activeTab(tabs).place) === placeKey(place))
  return (
    <li>
      <button
        type="button"
        className="nav-row"
        aria-current={isCurrent ? 'page' : undefined}
        onClick={(event) => openPlace(place, { newTab: event.ctrlKey || event.metaKey })}
        onAuxClick={(event) => {
          if (event.button === 1) openPlace(place, { newTab: true })
        }}
      >
        <span className="nav-glyph">{glyph}</span>
        <span className="clip nav-text">{label}</span>
        {count !== undefined && count > 0 && <span className="nav-count num">{count.toLocaleString()}</span>}
      </button>
    </li>
  )
}
