import {
  AppWindow,
  ArrowRight,
  ChevronDown,
  ChevronRight,
  Copy,
  FolderMinus,
  FolderOutput,
  FolderPlus,
  Link2,
  PanelTop,
  Pencil,
  Trash2,
} from 'lucide-react'
import { type RefObject, useMemo, useState } from 'react'
import type { FolderId } from '../../../core/base/ids.ts'
import { KINDS } from '../../../core/note/note.ts'
import { vaultClient } from '../../platform/clients.ts'
import { useLedger } from '../../platform/ledger.ts'
import { useVaultList } from '../../platform/use-live.ts'
import { type ExportStart, showOverlay } from '../../state/overlay.ts'
import { notePlace } from '../../state/place.ts'
import { useSession } from '../../state/session.ts'
import { activeNote, useTabs } from '../../state/tabs.ts'
import { setExpanded, useTree } from '../../state/tree.ts'
import { Icon } from '../../ui/Icon.tsx'
import { MenuAtPointer, type MenuEntry } from '../../ui/Menu.tsx'
import { Tree } from '../../ui/Tree.tsx'
import { openWindow } from '../commands/index.ts'
import { NoteGlyph } from '../kinds/index.ts'
import { fetchNote } from '../note/index.ts'
import {
  attempt,
  copyLink,
  copyText,
  createNote,
  moveNote,
  openNote,
  startFromNote,
  trashNote,
} from '../note-actions/index.ts'
import { copyMarkdown } from '../transfer/index.ts'
import { type FolderTreeRow, folderRows } from './folder-rows.ts'
import { WORDS } from './words.ts'

const ROW_HEIGHT = { compact: 24, default: 28, roomy: 32 } as const

/** The folders of the vault; an open one shows its notes. */
export function FolderTree({ scroller }: { scroller: RefObject<HTMLElement | null> }) {
  const expanded = useTree((tree) => tree.expanded)
  const current = useTabs(activeNote)
  const density = useSession((session) => session.settings.density)
  const [pointed, setPointed] = useState<FolderTreeRow | null>(null)
  const open = [...expanded].toSorted()
  const { data } = useVaultList(`tree:${open.join()}`, async (vault) => {
    const folders = await vault.call('folders', {})
    const shown: (FolderId | null)[] = [null, ...folders.map(({ id }) => id).filter((id) => expanded.has(id))]
    const lists = await Promise.all(shown.map((folderId) => vault.call('notes', { folderId })))
    return { folders, notes: new Map(shown.map((id, at) => [id, lists[at] ?? []])) }
  })
  const [kept, setKept] = useState(data)
  // While newly opened folders are read, what was there stays.
  if (data && data !== kept) setKept(data)
  const statuses = useLedger()?.statuses
  const rows = useMemo(
    () => (kept ? folderRows({ folders: kept.folders, notes: kept.notes, expanded, statuses }) : []),
    [kept, expanded, statuses],
  )
  if (!kept) return null
  if (rows.length === 0) return <p className="nav-empty">{WORDS.noFolders}</p>

  const folderOf = (row: FolderTreeRow): FolderId | null => {
    if (row.is === 'folder') return row.id
    const parent = rows.find(({ key }) => key === row.parent)
    return parent?.is === 'folder' ? parent.id : null
  }
  const isInside = (folder: FolderTreeRow, target: FolderTreeRow): boolean => {
    for (let row: FolderTreeRow | undefined = target; row; row = rows.find(({ key }) => key === row?.parent)) {
      if (row.key === folder.key) return true
    }
    return false
  }
  const find = (key: string) => rows.find((row) => row.key === key)

  return (
    <MenuAtPointer
      label={pointed?.is === 'note' ? WORDS.noteMenu : WORDS.folderMenu}
      entries={pointed ? menuOf(pointed) : []}
    >
      <div>
        <Tree
          label={WORDS.folders}
          rows={rows}
          rowHeight={ROW_HEIGHT[density]}
          scroller={scroller}
          currentKey={current && `note:${current}`}
          onPoint={setPointed}
          onExpand={(row, isExpanded) => {
            if (row.is === 'folder') setExpanded(row.id, isExpanded)
          }}
          // a press takes as long as reading a note does
          onPress={(row) => {
            if (row.is === 'note') fetchNote(row.id)
          }}
          onOpen={(row, { isMod }) => {
            if (row.is === 'note') openNote(row.id, { newTab: isMod })
            else setExpanded(row.id, !row.isExpanded)
          }}
          onKey={(row, event) => {
            if (event.key === 'F2') {
              event.preventDefault()
              rename(row)
            } else if (event.key === 'Delete' && row.is === 'note') {
              event.preventDefault()
              attempt(() => trashNote(row.id))
            }
          }}
          canDrop={(dragged, target) => {
            const row = find(dragged)
            if (!row || folderOf(target) === folderOf(row) || row.key === target.key) return false
            return row.is === 'note' || !isInside(row, target)
          }}
          onDrop={(dragged, target) => {
            const row = find(dragged)
            const folderId = folderOf(target)
            if (row?.is === 'note') attempt(() => moveNote(row.id, folderId))
            if (row?.is === 'folder') {
              attempt(() => vaultClient().call('moveFolder', { id: row.id, parentId: folderId }))
            }
          }}
        >
          {(row) => <RowContent row={row} />}
        </Tree>
      </div>
    </MenuAtPointer>
  )
}

function RowContent({ row }: { row: FolderTreeRow }) {
  if (row.is === 'note') {
    return (
      <>
        <span className="nav-glyph">
          <NoteGlyph id={row.id} kind={row.kind} />
        </span>
        <span className="clip nav-text authored">{row.text}</span>
      </>
    )
  }
  return (
    <>
      <span className="nav-glyph nav-twist">
        <Icon of={row.isExpanded ? ChevronDown : ChevronRight} size={12} />
      </span>
      <span className="clip nav-text">{row.text}</span>
      {!row.isExpanded && row.notes > 0 && <span className="nav-count num">{row.notes.toLocaleString()}</span>}
    </>
  )
}

function rename(row: FolderTreeRow): void {
  if (row.is === 'folder') showOverlay({ is: 'rename-folder', id: row.id, name: row.text })
  else showOverlay({ is: 'rename-note', id: row.id, title: row.text })
}

const takesOut = (start: ExportStart): MenuEntry[] => [
  { is: 'item', label: WORDS.copyMarkdown, icon: Copy, run: () => attempt(() => copyMarkdown(start)) },
  { is: 'item', label: WORDS.takeOut, icon: FolderOutput, run: () => showOverlay({ is: 'export', start }) },
]

function menuOf(row: FolderTreeRow): MenuEntry[] {
  if (row.is === 'note') {
    return [
      { is: 'item', label: WORDS.open, icon: ArrowRight, run: () => openNote(row.id) },
      { is: 'item', label: WORDS.openInTab, icon: PanelTop, run: () => openNote(row.id, { newTab: true }) },
      { is: 'item', label: WORDS.openInWindow, icon: AppWindow, run: () => openWindow(notePlace(row.id)) },
      { is: 'line' },
      { is: 'item', label: WORDS.rename, icon: Pencil, hint: 'F2', run: () => rename(row) },
      { is: 'item', label: WORDS.moveTo, run: () => showOverlay({ is: 'move-note', id: row.id }) },
      { is: 'item', label: WORDS.copyLink, icon: Link2, run: () => attempt(() => copyLink(row.id, copyText)) },
      { is: 'item', label: WORDS.startFrom, run: () => attempt(() => startFromNote(row.id)) },
      {
        is: 'sub',
        label: WORDS.kind,
        entries: KINDS.map((kind) => ({
          is: 'choice',
          label: WORDS.kindNames[kind],
          kind,
          isChosen: kind === row.kind,
          run: () => kind !== row.kind && showOverlay({ is: 'change-kind', id: row.id, kind }),
        })),
      },
      ...takesOut({ kind: 'note', id: row.id }),
      { is: 'item', label: WORDS.restsOnThis, run: () => showOverlay({ is: 'blast-radius', id: row.id }) },
      { is: 'line' },
      { is: 'item', label: WORDS.trashNote, icon: Trash2, run: () => attempt(() => trashNote(row.id)) },
    ]
  }
  return [
    ...KINDS.map(
      (kind): MenuEntry => ({
        is: 'item',
        label: WORDS.newHere[kind],
        kind,
        run: () => attempt(() => createNote({ kind, folderId: row.id })),
      }),
    ),
    {
      is: 'item',
      label: WORDS.newFolderHere,
      icon: FolderPlus,
      run: () => showOverlay({ is: 'new-folder', parentId: row.id }),
    },
    { is: 'line' },
    { is: 'item', label: WORDS.rename, icon: Pencil, hint: 'F2', run: () => rename(row) },
    { is: 'item', label: WORDS.moveTo, run: () => showOverlay({ is: 'move-folder', id: row.id }) },
    ...takesOut({ kind: 'folder', id: row.id }),
    {
      is: 'item',
      label: WORDS.removeFolder,
      icon: FolderMinus,
      run: () => attempt(() => vaultClient().call('removeFolder', { id: row.id })),
    },
  ]
}
