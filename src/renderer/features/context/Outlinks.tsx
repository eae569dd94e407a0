import type { NoteId } from '../../../core/base/ids.ts'
import { MENTIONS } from '../../../core/relation/words.ts'
import { useWords } from '../../platform/relation-words.ts'
import { KindGlyph } from '../../ui/KindGlyph.tsx'
import { RelationLine } from '../../ui/RelationLine.tsx'
import { attempt, openTarget } from '../note-actions/index.ts'
import { usePins } from './GroundChanged.tsx'
import { grouped } from './grouped.ts'
import { RelationItem } from './RelationItem.tsx'
import { Section } from './Section.tsx'
import { useOutlinks } from './use-context.ts'
import { WORDS } from './words.ts'

/** What a note says of others with a verb, and the names in it that no note bears yet. */
export function Outlinks({ id }: { id: NoteId }) {
  const { data } = useOutlinks(id)
  const words = useWords()
  const pins = usePins(id).data
  if (!data) return null
  const related = unique(
    data.filter((link) => link.relation !== MENTIONS && link.id !== null),
    (link) => `${link.relation} ${link.id}`,
  )
  const waiting = unique(
    data.filter((link) => link.id === null && link.target !== ''),
    (link) => link.target.toLowerCase(),
  )
  return (
    <>
      {related.length > 0 && (
        <Section name="outlinks" title={WORDS.leadsOut} count={related.length}>
          {grouped(related, false, words).map(({ heading, relation, items }) => (
            <section key={heading} aria-label={heading}>
              <h4 className="ctx-group">
                <RelationLine relation={relation} />
                {heading}
                <span className="num">{items.length}</span>
              </h4>
              <ul>
                {items.map((link) =>
                  link.id === null ? null : (
                    <RelationItem
                      key={link.id}
                      written={{ from: id, word: link.relation, to: link.id }}
                      backwards={false}
                      pin={
                        pins?.find(
                          ({ pin }) => pin.target === link.id && pin.word === link.relation && pin.anchor === '',
                        )?.pin.id ?? null
                      }
                      id={link.id}
                      kind={link.kind ?? 'note'}
                      title={link.ambiguous ? WORDS.ambiguous(link.title) : link.title}
                    />
                  ),
                )}
              </ul>
            </section>
          ))}
        </Section>
      )}
      {waiting.length > 0 && (
        <Section name="unwritten" title={WORDS.notWritten} count={waiting.length}>
          <ul>
            {waiting.map(({ target }) => (
              <li key={target}>
                <button
                  type="button"
                  className="ctx-link is-waiting"
                  aria-label={WORDS.write(target)}
                  onClick={() => attempt(() => openTarget(target, id))}
                >
                  <KindGlyph kind="unresolved" />
                  <span className="ctx-link-title">{target}</span>
                </button>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}

function unique<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [key(item), item])).values()]
}
