import { readingOf } from '../../../core/relation/words.ts'
import { useWords } from '../../platform/relation-words.ts'
import { KindGlyph } from '../../ui/KindGlyph.tsx'
import { RelationLine } from '../../ui/RelationLine.tsx'
import type { Counts } from './graph-data.ts'
import { NODE_KINDS, type NodeKind } from './messages.ts'
import { WORDS } from './words.ts'

const SHOWN_RELATIONS = 8

type LegendProps = {
  counts: Counts
  hidden: ReadonlySet<NodeKind>
  onHide: (kind: NodeKind, isHidden: boolean) => void
}

/** What shapes and lines mean, as text on the canvas; kinds can be left out. */
export function Legend({ counts, hidden, onHide }: LegendProps) {
  const words = useWords()
  return (
    <div className="graph-legend">
      <fieldset>
        <legend>{WORDS.kindsHead}</legend>
        {NODE_KINDS.filter((kind) => counts.kinds[kind] > 0).map((kind) => (
          <label key={kind} className={hidden.has(kind) ? 'graph-kind is-off' : 'graph-kind'}>
            <input
              type="checkbox"
              checked={!hidden.has(kind)}
              onChange={(event) => onHide(kind, !event.currentTarget.checked)}
            />
            <KindGlyph kind={kind} />
            <span>{WORDS.kinds[kind]}</span>
            <span className="num">{counts.kinds[kind].toLocaleString()}</span>
          </label>
        ))}
      </fieldset>
      {counts.relations.length > 0 && (
        <section aria-label={WORDS.relationsHead}>
          <h2>{WORDS.relationsHead}</h2>
          <ul>
            {counts.relations.slice(0, SHOWN_RELATIONS).map(({ word, edges }) => (
              <li key={word} className="graph-relation">
                <RelationLine relation={word} />
                <span>{readingOf(word, false, words)}</span>
                <span className="num">{edges.toLocaleString()}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}
