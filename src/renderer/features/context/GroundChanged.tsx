import { useState } from 'react'
import type { NoteId } from '../../../core/base/ids.ts'
import { readingOf } from '../../../core/relation/words.ts'
import { vaultClient } from '../../platform/clients.ts'
import { useWords } from '../../platform/relation-words.ts'
import { useIndex } from '../../platform/use-live.ts'
import { useSession } from '../../state/session.ts'
import { KindGlyph } from '../../ui/KindGlyph.tsx'
import { attempt, openNote } from '../note-actions/index.ts'
import { WORDS } from './words.ts'

export const usePins = (id: NoteId) => useIndex(`pins-of:${id}`, (index) => index.call('pinsOf', { id }))
/** Those that other notes have on this one. */
export const usePinsOn = (id: NoteId) => useIndex(`pins-on:${id}`, (index) => index.call('pinsOn', { id }))

/**
 * What a note's relations lead to and does not read as it did when it was pinned, with the words of then and now.
 * Of a note that was started from another, that one may change as it likes: it is no ground.
 */
export function GroundChanged({ id, heading = 'h3' }: { id: NoteId; heading?: 'h2' | 'h3' }) {
  const { data } = usePins(id)
  const words = useWords()
  const author = useSession(({ settings }) => settings.personName)
  const [busy, setBusy] = useState<string | null>(null)
  const changed = (data ?? []).filter(({ pin, state }) => state.is !== 'same' && pin.word !== 'derived_from')
  if (changed.length === 0) return null
  const Heading = heading
  const holds = (pin: string) => {
    setBusy(pin)
    attempt(() =>
      vaultClient()
        .call('reread', { id, pin, author })
        .finally(() => setBusy(null)),
    )
  }
  return (
    <section className="ctx-section ground" aria-label={WORDS.ground}>
      <div className="ctx-head">
        <Heading className="ground-head">
          {WORDS.ground}
          <span className="ctx-count num">{changed.length.toLocaleString()}</span>
        </Heading>
      </div>
      <ul>
        {changed.map(({ pin, state, to }) => (
          <li key={pin.id} className="ground-item">
            <p className="ground-title">
              {to && <KindGlyph kind={to.kind} label={WORDS.kinds[to.kind]} />}
              <span className="authored">{to?.title ?? WORDS.goneNote}</span>
              <small>{readingOf(pin.word, false, words)}</small>
            </p>
            {state.is !== 'same' && (
              <p className="ground-words">
                <del>{short(state.was)}</del>{' '}
                {state.is === 'changed' ? <ins>{short(state.now)}</ins> : WORDS.gonePassage}
              </p>
            )}
            <p className="ground-acts">
              {to && state.is === 'changed' && (
                <button
                  type="button"
                  className="text-button"
                  aria-label={WORDS.holdsLabel(to.title)}
                  aria-busy={busy === pin.id || undefined}
                  onClick={() => busy !== pin.id && holds(pin.id)}
                >
                  {WORDS.holds}
                </button>
              )}
              {to && (
                <button
                  type="button"
                  className="text-button"
                  aria-label={WORDS.openLabel(to.title)}
                  onClick={(event) => openNote(to.id, { newTab: event.ctrlKey || event.metaKey })}
                >
                  {WORDS.open}
                </button>
              )}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

const MOST = 280

/** As much of a passage as is read beside a note; the whole stands where it leads. */
const short = (text: string): string => (text.length > MOST ? `${text.slice(0, MOST).trimEnd()} …` : text)
