import { useState } from 'react'
import type { NoteId } from '../../../core/base/ids.ts'
import type { Kind } from '../../../core/note/note.ts'
import { useWords } from '../../platform/relation-words.ts'
import { useIndex } from '../../platform/use-live.ts'
import { Marked } from '../../ui/Marked.tsx'
import { RelationLine } from '../../ui/RelationLine.tsx'
import { useDelayed } from '../../ui/use-delayed.ts'
import { attempt, createNote } from '../note-actions/index.ts'
import { usePinsOn } from './GroundChanged.tsx'
import { grouped } from './grouped.ts'
import { LinkItem } from './LinkItem.tsx'
import { RelationItem } from './RelationItem.tsx'
import { Section } from './Section.tsx'
import { useBacklinks } from './use-context.ts'
import { WORDS } from './words.ts'

const FIRST = 30
/** Sooner, three grey lines would only flicker (DESIGN 5). */
const LATE_MS = 300

/** Links to a note by what they say, each in its sentence. */
export function Backlinks({ id, kind }: { id: NoteId; kind: Kind }) {
  const { data } = useBacklinks(id)
  const words = useWords()
  const pins = usePinsOn(id).data
  const isLate = useDelayed(data === null, LATE_MS)
  const [shown, setShown] = useState({ id, most: FIRST })
  const most = shown.id === id ? shown.most : FIRST
  const items = data?.items.slice(0, most) ?? []
  const left = (data?.items.length ?? 0) - items.length
  return (
    <Section name="backlinks" title={WORDS.linksTo[kind]} count={data?.total}>
      {isLate && (
        <div className="ctx-ghost" aria-hidden="true">
          <i />
          <i />
          <i />
        </div>
      )}
      {data?.total === 0 && (
        <div className="ctx-empty">
          <p className="authored">{WORDS.noLinks[kind]}</p>
          {kind === 'essay' && (
            <button
              type="button"
              className="text-button"
              onClick={() => attempt(() => createNote({ kind: 'example' }))}
            >
              {WORDS.tellIt}
            </button>
          )}
        </div>
      )}
      {grouped(items, true, words).map(({ heading, relation, items: links }) => (
        <section key={heading} aria-label={heading}>
          <h4 className="ctx-group">
            <RelationLine relation={relation} />
            {heading}
            <span className="num">
              {data?.items.filter((item) => links.some((l) => l.relation === item.relation)).length}
            </span>
          </h4>
          <ul>
            {links.map((link) => (
              <RelationItem
                key={`${link.id}-${link.relation}`}
                id={link.id}
                kind={link.kind}
                title={link.title}
                written={{ from: link.id, word: link.relation, to: id }}
                backwards
                pin={
                  pins?.find(({ from, pin }) => from.id === link.id && pin.word === link.relation && pin.anchor === '')
                    ?.pin.id ?? null
                }
              >
                {link.context && <Marked context={link.context} start={link.start} end={link.end} />}
              </RelationItem>
            ))}
          </ul>
        </section>
      ))}
      {left > 0 && (
        <button type="button" className="text-button ctx-more" onClick={() => setShown({ id, most: most + 200 })}>
          {WORDS.more(left)}
        </button>
      )}
    </Section>
  )
}

const MENTIONS = 20

/** Where the note's name stands in other notes without a link. */
export function UnlinkedMentions({ id }: { id: NoteId }) {
  const { data } = useIndex(`unlinked:${id}`, (index) => index.call('unlinkedMentions', { id, limit: MENTIONS }))
  if (!data || data.total === 0) return null
  return (
    <Section name="unlinked" title={WORDS.unlinked} count={data.total}>
      <ul>
        {data.items.map((item) => (
          <LinkItem key={`${item.id}-${item.start}`} id={item.id} kind={item.kind} title={item.title}>
            <Marked context={item.context} start={item.start} end={item.end} />
          </LinkItem>
        ))}
      </ul>
    </Section>
  )
}
