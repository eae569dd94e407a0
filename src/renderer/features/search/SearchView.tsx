import { Search } from 'lucide-react'
import { useDeferredValue, useRef, useState } from 'react'
import { useIndex } from '../../platform/use-live.ts'
import { showOverlay } from '../../state/overlay.ts'
import { replacePlace } from '../../state/tabs.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Snippet } from '../../ui/Marked.tsx'
import { TermList } from '../../ui/TermList.tsx'
import { VirtualList } from '../../ui/VirtualList.tsx'
import { NoteGlyph } from '../kinds/index.ts'
import '../../ui/view.css'
import { runCommand } from '../commands/index.ts'
import { attempt, createNote, openNote } from '../note-actions/index.ts'
import { copyMarkdown } from '../transfer/index.ts'
import { WORDS } from './words.ts'
import './search.css'

const PAGE = 100
const ROW = 84

/** The vault's text, as it is typed; every answer but the newest is dropped. */
export function SearchView({ query }: { query: string }) {
  const scroller = useRef<HTMLDivElement>(null)
  const [shown, setShown] = useState({ query, limit: PAGE })
  const limit = shown.query === query ? shown.limit : PAGE
  const asked = useDeferredValue(query.trim())
  const { data } = useIndex(asked === '' ? null : `${limit}:${asked}`, (index) =>
    index.call('search', { query: asked, limit, prefix: true }),
  )
  const near = useIndex(data?.total === 0 ? `near:${asked}` : null, (index) =>
    index.call('titles', { query: asked, limit: 5 }),
  )
  const [kept, setKept] = useState(data)
  if (data && data !== kept) setKept(data)
  const answer = asked === '' ? null : kept
  return (
    <div className="view" ref={scroller}>
      <div className="view-columns">
        <div>
          <h1 className="sr-only">{WORDS.title}</h1>
          <div className="search-line">
            <Icon of={Search} />
            <input
              type="search"
              aria-label={WORDS.title}
              placeholder={WORDS.hint}
              value={query}
              // biome-ignore lint/a11y/noAutofocus: the view is this field; one comes here to type
              autoFocus
              spellCheck={false}
              data-search-field
              onChange={(event) => replacePlace({ at: 'search', query: event.currentTarget.value })}
            />
            <span className="search-total num" role="status">
              {answer && WORDS.total(answer.total)}
            </span>
            <button type="button" className="text-button search-replace" onClick={() => runCommand('go.replace')}>
              {WORDS.replace}
            </button>
          </div>
          {answer && answer.total > 0 && (
            <div className="search-acts">
              <button
                type="button"
                className="text-button"
                onClick={() => showOverlay({ is: 'export', start: { kind: 'search', query: asked } })}
              >
                {WORDS.takeOut}
              </button>
              <button
                type="button"
                className="text-button"
                onClick={() => attempt(() => copyMarkdown({ kind: 'search', query: asked, prefix: true }))}
              >
                {WORDS.copyMarkdown}
              </button>
            </div>
          )}
          {asked === '' && <p className="view-empty">{WORDS.ask}</p>}
          {answer?.total === 0 && (
            <>
              <p className="view-empty">{WORDS.nothing(asked)}</p>
              <button
                type="button"
                className="text-button"
                onClick={() => attempt(() => createNote({ kind: 'note', title: query.trim() }))}
              >
                {WORDS.write(asked)}
              </button>
              {near.data && near.data.length > 0 && (
                <section className="view-section" aria-label={WORDS.near}>
                  <div className="view-section-head">{WORDS.near}</div>
                  <ul>
                    {near.data.map(({ id, kind, title }) => (
                      <li key={id}>
                        <button type="button" className="note-item" onClick={() => openNote(id)}>
                          <NoteGlyph id={id} kind={kind} />
                          <span className="note-item-title clip">{title}</span>
                        </button>
                      </li>
                    ))}
                  </ul>
                </section>
              )}
            </>
          )}
          {answer && answer.total > 0 && (
            <>
              <VirtualList
                items={answer.hits}
                estimate={ROW}
                keyOf={({ id }) => id}
                scroller={scroller}
                label={WORDS.results}
              >
                {({ id, kind, title, path, snippet }) => (
                  <button
                    type="button"
                    className="search-hit"
                    onClick={(event) => openNote(id, { newTab: event.ctrlKey || event.metaKey })}
                  >
                    <NoteGlyph id={id} kind={kind} />
                    <span className="search-hit-title">
                      {title} <small>{path.split('/').slice(0, -1).join(' / ')}</small>
                    </span>
                    <span className="search-hit-text">
                      <Snippet pieces={snippet} />
                    </span>
                  </button>
                )}
              </VirtualList>
              {answer.hits.length < answer.total && (
                <button
                  type="button"
                  className="text-button search-more"
                  onClick={() => setShown({ query, limit: limit * 5 })}
                >
                  {WORDS.more}
                </button>
              )}
            </>
          )}
        </div>
        <aside className="view-side" aria-label={WORDS.canWrite}>
          <TermList title={WORDS.canWrite} terms={WORDS.help} />
        </aside>
      </div>
    </div>
  )
}
