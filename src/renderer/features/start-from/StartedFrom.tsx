import type { NoteId } from '../../../core/base/ids.ts'
import { useIndex } from '../../platform/use-live.ts'
import { showOverlay } from '../../state/overlay.ts'
import { dayOf } from '../../ui/dates.ts'
import { KindGlyph } from '../../ui/KindGlyph.tsx'
import { openNote } from '../note-actions/index.ts'
import { WORDS } from './words.ts'
import './start-from.css'

const WORD = 'derived_from'

/** What a note was made from and when, with what is otherwise now; nothing where it says of none. */
export function StartedFrom({ id }: { id: NoteId }) {
  const links = useIndex(`outlinks:${id}`, (index) => index.call('outlinks', { id })).data
  const source = links?.find(({ relation, id: to }) => relation === WORD && to !== null && to !== id)
  const pins = useIndex(source ? `pins-of:${id}` : null, (index) => index.call('pinsOf', { id })).data
  const to = source?.id
  if (!source || !to || !pins) return null
  const pin = pins.find(({ pin }) => pin.word === WORD && pin.target === to && pin.anchor === '')?.pin
  const at = pin ? Date.parse(pin.at) : Number.NaN
  return (
    <p className="started-from">
      <span>
        {pin ? WORDS.startedFrom : WORDS.derivedFrom}{' '}
        <button
          type="button"
          className="text-button started-source"
          onClick={(event) => openNote(to, { newTab: event.ctrlKey || event.metaKey })}
        >
          <KindGlyph kind={source.kind ?? 'note'} size={10} label={WORDS.kinds[source.kind ?? 'note']} />
          <span>{source.title}</span>
        </button>
        {Number.isNaN(at) ? '' : WORDS.asItWas(dayOf(at, new Date()))}
      </span>
      <button type="button" className="text-button" onClick={() => showOverlay({ is: 'source-difference', id })}>
        {WORDS.difference}
      </button>
    </p>
  )
}
