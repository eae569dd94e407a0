import { useState } from 'react'
import { NoteGlyph } from '../kinds/index.ts'
import { openNote } from '../note-actions/index.ts'
import { type Dependent, steps } from './radius.ts'
import { WORDS } from './words.ts'
import './blast-radius.css'

const FIRST = 60

/** Notes by how far they are from the one that is asked about; each opens. `onOpen`: before it does. */
export function RadiusList({ items, onOpen }: { items: readonly Dependent[]; onOpen: () => void }) {
  const [most, setMost] = useState(FIRST)
  const left = items.length - most
  return (
    <>
      {steps(items.slice(0, most)).map(({ depth, items: own }) => {
        const heading = depth === 1 ? WORDS.directly : WORDS.stepsOn(depth)
        return (
          <section key={depth} className="radius-step" aria-label={heading}>
            <h3>
              {heading}
              <span className="num">{items.filter((item) => item.depth === depth).length.toLocaleString('en')}</span>
            </h3>
            <ul>
              {own.map(({ id, title, kind, relation }) => (
                <li key={id}>
                  <button
                    type="button"
                    className="radius-note"
                    onClick={(event) => {
                      onOpen()
                      openNote(id, { newTab: event.ctrlKey || event.metaKey })
                    }}
                  >
                    <NoteGlyph id={id} kind={kind} label={WORDS.kinds[kind]} />
                    <span className="radius-title">{title}</span>
                    <span className="radius-leans">{WORDS.leans(relation, depth === 1)}</span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )
      })}
      {left > 0 && (
        <button type="button" className="text-button radius-more" onClick={() => setMost(most + 400)}>
          {WORDS.more(left)}
        </button>
      )}
    </>
  )
}
