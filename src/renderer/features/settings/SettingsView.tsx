import { Search } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Icon } from '../../ui/Icon.tsx'
import '../../ui/view.css'
import { useAppearance } from './appearance.tsx'
import { useBackupSection } from './backups.tsx'
import { useCommitments } from './commitments.tsx'
import { isFound } from './found.ts'
import { useGeneral } from './general.tsx'
import { Row } from './Row.tsx'
import { useRelations } from './relations.tsx'
import type { SettingRow, SettingsSection } from './section.ts'
import { useShortcuts } from './shortcuts.tsx'
import { useVaults } from './vaults.tsx'
import { WORDS } from './words.ts'
import { useWriting } from './writing.tsx'
import './settings.css'

type Shown = { readonly section: SettingsSection; readonly rows: readonly SettingRow[] }

/** px below the top of the page from which a section is the one that is read. */
const READ_FROM = 96

/** One scrolling page; the search filters it in place (DESIGN 12). */
export function SettingsView() {
  const sections = [
    useGeneral(),
    useAppearance(),
    useWriting(),
    useCommitments(),
    useShortcuts(),
    useVaults(),
    useRelations(),
    useBackupSection(),
  ]
  const [query, setQuery] = useState('')
  const [current, setCurrent] = useState('general')
  /** Where to go when the page is whole again. */
  const [wanted, setWanted] = useState<string | null>(null)
  const page = useRef<HTMLDivElement>(null)
  const asked = query.trim()
  const all: readonly Shown[] = sections.map((section) => ({
    section,
    rows: section.rows.filter((row) => isFound(row, asked)),
  }))
  const found = all.reduce((sum, { rows }) => sum + rows.length, 0)
  // Where most was found comes first; the order is kept between equals.
  const shown =
    asked === '' ? all : all.filter(({ rows }) => rows.length > 0).sort((a, b) => b.rows.length - a.rows.length)

  const sectionElement = (id: string) => page.current?.querySelector<HTMLElement>(`#settings-${id}`)
  const goTo = (id: string) => {
    setQuery('')
    setWanted(id)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: after the page has been drawn whole
  useEffect(() => {
    if (wanted === null || asked !== '') return
    sectionElement(wanted)?.scrollIntoView({ block: 'start' })
    setCurrent(wanted)
    setWanted(null)
  }, [wanted, asked])

  const onScroll = () => {
    const view = page.current
    if (!view || wanted !== null) return
    const top = view.getBoundingClientRect().top + READ_FROM
    const isRead = (id: string) => (sectionElement(id)?.getBoundingClientRect().top ?? Number.POSITIVE_INFINITY) <= top
    const isAtEnd = view.scrollTop + view.clientHeight >= view.scrollHeight - 1
    // The last ones are too short to come up to the top; one that was asked for stays the one.
    if (isAtEnd && view.scrollTop > 0) return
    setCurrent(sections.findLast(({ id }) => isRead(id))?.id ?? 'general')
  }

  return (
    <div className="view settings" ref={page} onScroll={onScroll}>
      <div className="settings-side">
        <label className="settings-find">
          <Icon of={Search} />
          <input
            type="search"
            placeholder={WORDS.find}
            aria-label={WORDS.find}
            value={query}
            spellCheck={false}
            onChange={(event) => setQuery(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Escape' || query === '') return
              event.preventDefault()
              setQuery('')
            }}
          />
        </label>
        <nav aria-label={WORDS.sections}>
          <ul>
            {all.map(({ section: { id, title, icon }, rows }) => (
              <li key={id}>
                <button
                  type="button"
                  className="settings-link"
                  aria-current={asked === '' && id === current ? 'true' : undefined}
                  onClick={() => goTo(id)}
                >
                  <Icon of={icon} size={14} />
                  {title}
                  {asked !== '' && rows.length > 0 && <span className="num">{rows.length}</span>}
                </button>
              </li>
            ))}
          </ul>
        </nav>
      </div>
      <div className="settings-page">
        <div className="settings-title">
          <h1 className="view-title">{asked === '' ? WORDS.title : WORDS.foundFor(asked)}</h1>
          <span className="num" role="status">
            {asked !== '' && WORDS.found(found)}
          </span>
        </div>
        {shown.map(({ section, rows }) => (
          <Section key={section.id} section={section} rows={rows} query={asked} onAll={() => goTo(section.id)} />
        ))}
        {asked !== '' && found === 0 && (
          <>
            <p className="view-empty">{WORDS.nothing}</p>
            <button type="button" className="text-button" onClick={() => setQuery('')}>
              {WORDS.showAll}
            </button>
          </>
        )}
      </div>
    </div>
  )
}

function Section({
  section: { id, title, lede, isGrouped, foot, rows: every },
  rows,
  query,
  onAll,
}: {
  section: SettingsSection
  rows: readonly SettingRow[]
  query: string
  onAll: () => void
}) {
  const list = (of: readonly SettingRow[]) => (
    <ul>
      {of.map((row) => (
        <Row key={row.id} row={row} query={query} />
      ))}
    </ul>
  )
  const groups = isGrouped && query === '' ? [...new Set(rows.map(({ group = '' }) => group))] : []
  return (
    <section className="view-section" id={`settings-${id}`} aria-labelledby={`settings-${id}-title`}>
      <h2 className={groups.length > 0 ? 'settings-head' : 'view-section-head'} id={`settings-${id}-title`}>
        {title}
        {query !== '' && rows.length < every.length && (
          <button type="button" className="text-button is-right" onClick={onAll}>
            {WORDS.all(every.length)}
          </button>
        )}
      </h2>
      {groups.length === 0 ? (
        list(rows)
      ) : (
        <>
          {lede && <p className="view-lede">{lede}</p>}
          <div className="setting-groups">
            {halves(groups).map((half) => (
              <div key={half.join()}>
                {half.map((group) => (
                  <div key={group} className="setting-group">
                    <h3 className="view-section-head">{group}</h3>
                    {list(rows.filter((row) => row.group === group))}
                  </div>
                ))}
              </div>
            ))}
          </div>
        </>
      )}
      {query === '' && foot && <p className="setting-foot">{foot}</p>}
    </section>
  )
}

/** Two columns that stay where they are, whatever opens in one of them. */
function halves<T>(all: readonly T[]): readonly (readonly T[])[] {
  const half = Math.ceil(all.length / 2)
  return [all.slice(0, half), all.slice(half)].filter((each) => each.length > 0)
}
