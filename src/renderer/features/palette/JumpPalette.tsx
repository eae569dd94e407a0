import { Plus, Search } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import type { NoteId } from '../../../core/base/ids.ts'
import type { Kind } from '../../../core/note/note.ts'
import { useLedger } from '../../platform/ledger.ts'
import { useIndex } from '../../platform/use-live.ts'
import { closeOverlay } from '../../state/overlay.ts'
import { isMac } from '../../state/session.ts'
import { openPlace } from '../../state/tabs.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Snippet } from '../../ui/Marked.tsx'
import { Palette, type PaletteOption } from '../../ui/Palette.tsx'
import { availableCommands, keyLabel, keysLabel, runCommand } from '../commands/index.ts'
import { NoteGlyph, withStatus } from '../kinds/index.ts'
import { attempt, createNote, openNote } from '../note-actions/index.ts'
import { matched } from './matched.ts'
import { ranked } from './ranked.ts'
import { WORDS } from './words.ts'

const TITLES = 6
const PASSAGES = 4
const COMMANDS = 3
const STARTS: readonly Kind[] = ['note', 'essay', 'example', 'commitment']
/** Full text is asked from this many letters on; before, titles say more. */
const TEXT_FROM = 2

/** Titles, then the text, then what could be written or done under that name. */
export function JumpPalette({ initial = '' }: { initial?: string }) {
  const [query, setQuery] = useState(initial)
  const asked = useDeferredValue(query.trim())
  const titles = useIndex(`titles:${asked}`, (index) => index.call('titles', { query: asked, limit: TITLES }))
  const found = useIndex(asked.length < TEXT_FROM ? null : `text:${asked}`, (index) =>
    index.call('search', { query: asked, limit: PASSAGES + TITLES, prefix: true }),
  )
  // While the next answer is under way the last one stays: an empty list for a moment would flicker.
  const [kept, setKept] = useState({ titles: titles.data, found: found.data })
  if (titles.data && titles.data !== kept.titles) setKept({ ...kept, titles: titles.data })
  if (found.data && found.data !== kept.found) setKept({ ...kept, found: found.data })
  const shownTitles = kept.titles ?? []
  const shown = new Set(shownTitles.map(({ id }) => id))
  const passages =
    asked.length < TEXT_FROM ? [] : (kept.found?.hits ?? []).filter(({ id }) => !shown.has(id)).slice(0, PASSAGES)
  const total = kept.found?.total ?? 0

  const statuses = useLedger()?.statuses
  const nameOf = (id: NoteId, title: string, kind: Kind) => {
    const status = (kind === 'commitment' && statuses?.get(id)) || null
    return `${title}, ${withStatus(WORDS.kinds[kind], status)}`
  }

  const done = (act: () => void) => () => {
    closeOverlay()
    act()
  }
  const write = (kind: Kind, newTab = false) =>
    done(() => attempt(() => createNote({ kind, newTab, ...(query.trim() === '' ? {} : { title: query.trim() }) })))

  const options: PaletteOption[] = [
    ...shownTitles.map(
      ({ id, title, kind, path, alias }): PaletteOption => ({
        key: `title-${id}`,
        group: asked === '' ? WORDS.recent : WORDS.titles,
        name: nameOf(id, title, kind),
        run: ({ isMod }) => done(() => openNote(id, { newTab: isMod }))(),
        content: (
          <>
            <NoteGlyph id={id} kind={kind} />
            <span className="palette-title clip">
              {matched(title, asked).map(({ text, hit }, at) =>
                // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one title never change their order
                hit ? <b key={at}>{text}</b> : <span key={at}>{text}</span>,
              )}
            </span>
            <span className="palette-meta clip">{alias === null ? folderOf(path) : WORDS.alias(alias)}</span>
          </>
        ),
      }),
    ),
    ...passages.map(
      ({ id, title, kind, path, snippet }): PaletteOption => ({
        key: `text-${id}`,
        group: WORDS.inText,
        name: nameOf(id, title, kind),
        run: ({ isMod }) => done(() => openNote(id, { newTab: isMod }))(),
        content: (
          <>
            <NoteGlyph id={id} kind={kind} />
            <span className="palette-title clip">{title}</span>
            <span className="palette-meta clip">{folderOf(path)}</span>
            <span className="palette-snippet clip">
              <Snippet pieces={snippet} />
            </span>
          </>
        ),
      }),
    ),
    ...(passages.length > 0 && total > passages.length
      ? [
          {
            key: 'all',
            group: WORDS.inText,
            name: WORDS.allResults(total),
            run: done(() => openPlace({ at: 'search', query: query.trim() })),
            content: <PlainRow icon={Search} text={WORDS.allResults(total)} hint={keyLabel('go.search')} />,
          },
        ]
      : []),
    ...(asked === ''
      ? []
      : STARTS.map(
          (kind): PaletteOption => ({
            key: `start-${kind}`,
            group: WORDS.start,
            name: WORDS.startKind[kind](query.trim()),
            run: ({ isMod }) => write(kind, isMod)(),
            content: (
              <PlainRow
                icon={Plus}
                text={WORDS.startKind[kind](query.trim())}
                hint={kind === 'note' ? keysLabel('Shift+Enter', isMac()) : undefined}
              />
            ),
          }),
        )),
    ...(asked === '' ? [] : ranked(availableCommands(), asked)).slice(0, COMMANDS).map(
      ({ id, label }): PaletteOption => ({
        key: `command-${id}`,
        group: WORDS.commands,
        name: label,
        run: done(() => runCommand(id)),
        content: <PlainRow text={label} hint={keyLabel(id)} />,
      }),
    ),
  ]

  return (
    <Palette
      label={WORDS.jumpLabel}
      hint={WORDS.jumpHint}
      query={query}
      onQuery={setQuery}
      options={options}
      isCurrent={asked === query.trim() && titles.data !== null}
      status={asked.length < TEXT_FROM || !kept.found ? '' : WORDS.inTheText(total)}
      onWrite={write('note')}
      onClose={closeOverlay}
      foot={
        <>
          <span>
            <kbd>↩</kbd>
            {WORDS.open}
          </span>
          <span>
            <kbd>{keysLabel('$mod+Enter', isMac())}</kbd>
            {WORDS.newTab}
          </span>
          <span>
            <kbd>{keysLabel('Shift+Enter', isMac())}</kbd>
            {WORDS.write}
          </span>
          <span className="is-last">
            <kbd>{keyLabel('go.commands')}</kbd>
            {WORDS.commandsKey}
          </span>
          <span>
            <kbd>{keyLabel('go.search')}</kbd>
            {WORDS.searchKey}
          </span>
        </>
      }
    />
  )
}

/** A row that the app says, not a person. */
export function PlainRow({ icon, text, hint }: { icon?: typeof Plus; text: string; hint?: string | undefined }) {
  return (
    <>
      {icon ? <Icon of={icon} /> : <span />}
      <span className="clip">{text}</span>
      <span className="palette-meta">{hint}</span>
    </>
  )
}

const folderOf = (path: string): string => path.split('/').slice(0, -1).join('/')
