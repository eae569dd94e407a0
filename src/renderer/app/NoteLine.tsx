import { Ellipsis, Maximize, Minimize } from 'lucide-react'
import { Fragment } from 'react'
import { KINDS } from '../../core/note/note.ts'
import { keyLabel, runCommand } from '../features/commands/index.ts'
import { showAllProperties, useShowsAll } from '../features/note/index.ts'
import type { NoteDetails } from '../platform/notes.ts'
import { useLayout } from '../state/layout.ts'
import { Icon } from '../ui/Icon.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { Menu, type MenuEntry } from '../ui/Menu.tsx'
import { WORDS } from './words.ts'

/** Where the note lies; its title too once the page's own has scrolled away. At the right, what can be done with it. */
export function NoteLine({ note, isScrolled }: { note: NoteDetails; isScrolled: boolean }) {
  const isFocusMode = useLayout((layout) => layout.isFocusMode)
  const showsAll = useShowsAll(({ id }) => id === note.id)
  const folders = note.path.split('/').slice(0, -1)
  const entries: MenuEntry[] = [
    { is: 'label', label: WORDS.kind },
    ...KINDS.map(
      (kind): MenuEntry => ({
        is: 'choice',
        label: WORDS.kinds[kind],
        isChosen: note.kind === kind,
        run: () => runCommand(`note.kind-${kind}`),
      }),
    ),
    { is: 'line' },
    { is: 'item', label: WORDS.rename, hint: keyLabel('note.rename') ?? '', run: () => runCommand('note.rename') },
    { is: 'item', label: WORDS.startFrom, run: () => runCommand('note.start-from') },
    { is: 'item', label: WORDS.addProperty, run: () => runCommand('note.add-property') },
    ...(note.kind === 'commitment'
      ? [
          {
            is: 'choice',
            label: WORDS.allProperties,
            isChosen: showsAll,
            run: () => showAllProperties(note.id, !showsAll),
          } as const,
        ]
      : []),
    { is: 'item', label: WORDS.move, run: () => runCommand('note.move') },
    { is: 'item', label: WORDS.copyLink, run: () => runCommand('note.copy-link') },
    { is: 'item', label: WORDS.copyMarkdown, run: () => runCommand('note.copy-markdown') },
    { is: 'item', label: WORDS.takeOut, run: () => runCommand('note.export') },
    {
      is: 'item',
      label: WORDS.restsOnThis,
      hint: keyLabel('note.blast-radius') ?? '',
      run: () => runCommand('note.blast-radius'),
    },
    { is: 'item', label: WORDS.versions, run: () => runCommand('note.versions') },
    { is: 'line' },
    { is: 'item', label: WORDS.webPage, run: () => runCommand('note.web-page') },
    { is: 'item', label: WORDS.pdf, run: () => runCommand('note.pdf') },
    { is: 'item', label: WORDS.print, run: () => runCommand('note.print') },
    { is: 'line' },
    { is: 'item', label: WORDS.trash, run: () => runCommand('note.trash') },
  ]
  return (
    <div className="note-line">
      {folders.map((name, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the names of a path may repeat, their places do not move
        <Fragment key={at}>
          {at > 0 && (
            <span className="note-line-slash" aria-hidden="true">
              /
            </span>
          )}
          <span className="clip">{name}</span>
        </Fragment>
      ))}
      {isScrolled && (
        <>
          {folders.length > 0 && (
            <span className="note-line-slash" aria-hidden="true">
              /
            </span>
          )}
          <span className="clip authored note-line-title">{note.shownTitle}</span>
        </>
      )}
      <span className="note-line-right">
        <IconButton
          icon={isFocusMode ? Minimize : Maximize}
          label={isFocusMode ? WORDS.leaveFocus : WORDS.focus}
          keys={keyLabel('view.focus')}
          aria-pressed={isFocusMode}
          onClick={() => runCommand('view.focus')}
        />
        <Menu
          label={WORDS.noteMenu}
          align="end"
          entries={entries}
          trigger={
            <button type="button" className="icon-button" aria-label={WORDS.noteMenu}>
              <Icon of={Ellipsis} />
            </button>
          }
        />
      </span>
    </div>
  )
}
