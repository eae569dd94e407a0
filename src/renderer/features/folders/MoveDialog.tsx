import { Folder, FolderPlus, House } from 'lucide-react'
import { useState } from 'react'
import type { FolderId, NoteId } from '../../../core/base/ids.ts'
import { vaultClient } from '../../platform/clients.ts'
import { useFolders } from '../../platform/notes.ts'
import { closeOverlay } from '../../state/overlay.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Palette, type PaletteOption } from '../../ui/Palette.tsx'
import { attempt, moveNote } from '../note-actions/index.ts'
import { folderPaths } from './paths.ts'
import { WORDS } from './words.ts'

type What = { readonly note: NoteId } | { readonly folder: FolderId }

/** The keyboard's way of dragging: a folder is chosen by its name. */
export function MoveDialog({ what }: { what: What }) {
  const [query, setQuery] = useState('')
  const folders = useFolders().data ?? []
  const moveTo = (target: FolderId | null) => {
    closeOverlay()
    attempt(() =>
      'note' in what
        ? moveNote(what.note, target)
        : vaultClient().call('moveFolder', { id: what.folder, parentId: target }),
    )
  }
  const wanted = query.trim().toLowerCase()
  const option = (key: string, text: string, icon: typeof Folder, run: () => void): PaletteOption => ({
    key,
    group: '',
    name: text,
    run,
    content: (
      <>
        <Icon of={icon} />
        <span className="clip">{text}</span>
        <span />
      </>
    ),
  })
  const options = [
    ...(WORDS.top.toLowerCase().includes(wanted) ? [option('top', WORDS.top, House, () => moveTo(null))] : []),
    ...folderPaths(folders, 'folder' in what ? what.folder : null)
      .filter(({ path }) => path.toLowerCase().includes(wanted))
      .map(({ id, path }) => option(id, path, Folder, () => moveTo(id))),
    ...(wanted === ''
      ? []
      : [
          option('new', WORDS.folderWithName(query.trim()), FolderPlus, () => {
            closeOverlay()
            attempt(async () => {
              const { id } = await vaultClient().call('createFolder', { parentId: null, name: query.trim() })
              moveTo(id)
            })
          }),
        ]),
  ]
  return (
    <Palette
      label={'note' in what ? WORDS.moveNote : WORDS.moveFolder}
      hint={WORDS.filter}
      query={query}
      onQuery={setQuery}
      options={options}
      status=""
      onClose={closeOverlay}
      foot={
        <span>
          <kbd>↩</kbd>
          {WORDS.move}
        </span>
      }
    />
  )
}
