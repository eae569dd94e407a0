import type { NoteId } from '../../../core/base/ids.ts'
import type { Kind } from '../../../core/note/note.ts'
import { COMMANDS, type CommandId, type CommandSpec } from '../../../ipc/commands.ts'
import { appClient, vaultClient } from '../../platform/clients.ts'
import { requestFind } from '../../state/find.ts'
import { cyclePane } from '../../state/focus.ts'
import { toggleFocusMode, togglePane } from '../../state/layout.ts'
import { type Overlay, showOverlay } from '../../state/overlay.ts'
import { BLANK, type Place, placeKey } from '../../state/place.ts'
import { useSession } from '../../state/session.ts'
import {
  activateBy,
  activeNote,
  activeTab,
  closeTab,
  goBack,
  goForward,
  newTab,
  openPlace,
  reopenTab,
  useTabs,
} from '../../state/tabs.ts'
import { canWrite, runWriting } from '../../state/writing.ts'
import { openVersions } from '../history/index.ts'
import { addProperty, canMakeNote, editorOf, makeNoteFromSelection, settleFirst } from '../note/index.ts'
import { attempt, copyLink, copyText, createNote, openToday, startFromNote, trashNote } from '../note-actions/index.ts'
import { printNotes, savePage } from '../print/index.ts'
import { copyMarkdown, writeKinds } from '../transfer/index.ts'

type Action = {
  readonly run: () => void
  /** Left out of palette and keyboard where false. */
  readonly isAvailable: () => boolean
}

const noteNow = (): NoteId | null => activeNote(useTabs.getState())
/** Also while its host is still starting: what needs it waits or says so. */
const hasVault = () => useSession.getState().vault !== null
const always = () => true

const inVault = (run: () => void): Action => ({ run, isAvailable: hasVault })
const withNote = (run: (id: NoteId) => void): Action => ({
  run: () => {
    const id = noteNow()
    if (id) run(id)
  },
  isAvailable: () => hasVault() && noteNow() !== null,
})
const shows = (overlay: Overlay) => inVault(() => showOverlay(overlay))
const goes = (place: Place): Action => ({
  run: () => openPlace(place),
  isAvailable: () => hasVault() && placeKey(activeTab(useTabs.getState()).place) !== placeKey(place),
})
const creates = (kind: Kind) => inVault(() => attempt(() => createNote({ kind })))
const makes = (kind: Kind) => withNote((id) => showOverlay({ is: 'change-kind', id, kind }))
const makesOfSelection = (kind: Kind): Action => {
  const found = () => {
    const id = noteNow()
    const editor = id && editorOf(id)
    return id && editor ? { id, editor } : null
  }
  return {
    run: () => {
      const now = found()
      if (now) makeNoteFromSelection(now.editor, now.id, kind)
    },
    isAvailable: () => {
      const now = found()
      return now !== null && canMakeNote(now.editor)
    },
  }
}
const sets = (settings: Partial<ReturnType<typeof useSession.getState>['settings']>): Action => ({
  run: () => attempt(() => appClient().call('setSettings', settings)),
  isAvailable: always,
})
const toggles = (name: 'focusParagraph' | 'typewriter'): Action => ({
  run: () => attempt(() => appClient().call('setSettings', { [name]: !useSession.getState().settings[name] })),
  isAvailable: always,
})
const resizes = (by: number): Action => ({
  run: () => attempt(() => appClient().call('setSettings', { bodySize: useSession.getState().settings.bodySize + by })),
  isAvailable: () => {
    const size = useSession.getState().settings.bodySize + by
    return size >= 16 && size <= 22
  },
})

/** In the text that is being written. */
const writes = (act: string, detail?: string): Action => ({
  run: () => runWriting(act, detail),
  isAvailable: () => canWrite(act),
})

/** Another window on this vault, with that place in its one tab. */
export const openWindow = (place: Place): void =>
  attempt(() => appClient().call('newWindow', { place: JSON.stringify(place) }))

/** A search takes its words along, as far as they are words. */
function toReplace(place: Place): void {
  const query = place.at === 'search' ? place.query.replace(/["“”]/g, '').trim() : ''
  if (place.at === 'replace') document.querySelector<HTMLInputElement>('[data-replace-field]')?.select()
  else openPlace({ at: 'replace', query, replacement: '', regex: false, matchCase: false })
}

const ACTIONS: Record<CommandId, Action> = {
  'note.new': creates('note'),
  'note.new-essay': creates('essay'),
  'note.new-example': creates('example'),
  'note.new-commitment': creates('commitment'),
  'note.start-from': withNote((id) => attempt(() => startFromNote(id))),
  'note.start-from-example': shows({ is: 'start-from', kind: null }),
  'note.today': inVault(() => attempt(() => openToday(new Date()))),
  'window.new': inVault(() => openWindow(BLANK)),
  'tab.to-window': inVault(() => openWindow(activeTab(useTabs.getState()).place)),
  'tab.new': inVault(newTab),
  'tab.close': { run: () => closeTab(useTabs.getState().activeId), isAvailable: hasVault },
  'tab.reopen': { run: reopenTab, isAvailable: () => useTabs.getState().closed.length > 0 },
  'vault.new': { run: () => showOverlay({ is: 'new-vault' }), isAvailable: always },
  'vault.open-folder': { run: () => showOverlay({ is: 'import', into: 'new' }), isAvailable: always },
  'vault.import': shows({ is: 'import', into: 'this' }),
  'vault.import-file': shows({ is: 'import', into: 'this', isFile: true }),
  'vault.write-kinds': inVault(() => attempt(writeKinds)),
  'vault.export': shows({ is: 'export' }),
  'vault.rename': shows({ is: 'rename-vault' }),
  'vault.relation': shows({ is: 'relation-word', word: null }),
  'folder.new': shows({ is: 'new-folder', parentId: null }),
  'app.settings': goes({ at: 'settings' }),

  'note.find': withNote((id) => requestFind(id, 'find')),
  'note.replace': withNote((id) => requestFind(id, 'replace')),
  'note.find-next': withNote((id) => requestFind(id, 'next')),
  'note.find-previous': withNote((id) => requestFind(id, 'previous')),
  'note.rename': withNote((id) =>
    attempt(async () => {
      const { title } = await vaultClient().call('note', { id })
      showOverlay({ is: 'rename-note', id, title })
    }),
  ),
  'note.add-property': withNote(addProperty),
  'note.move': withNote((id) => showOverlay({ is: 'move-note', id })),
  'note.copy-link': withNote((id) => attempt(() => copyLink(id, copyText))),
  'note.copy-markdown': withNote((id) => attempt(() => copyMarkdown({ kind: 'note', id }))),
  'note.export': withNote((id) => showOverlay({ is: 'export', start: { kind: 'note', id } })),
  'note.versions': withNote((id) => attempt(() => openVersions(id))),
  'note.blast-radius': withNote((id) => showOverlay({ is: 'blast-radius', id })),
  'note.keep-version': withNote((id) => attempt(() => openVersions(id, 'name'))),
  'note.web-page': withNote((id) => attempt(() => savePage({ kind: 'note', id }, 'html'))),
  'note.pdf': withNote((id) => attempt(() => savePage({ kind: 'note', id }, 'pdf'))),
  'note.print': withNote((id) => attempt(() => printNotes({ kind: 'note', id }))),
  'note.kind-essay': makes('essay'),
  'note.kind-example': makes('example'),
  'note.kind-commitment': makes('commitment'),
  'note.kind-note': makes('note'),
  'selection.example': makesOfSelection('example'),
  'selection.note': makesOfSelection('note'),
  'selection.essay': makesOfSelection('essay'),
  'note.merge': withNote((id) => showOverlay({ is: 'merge-note', id })),
  'note.words-back': withNote((id) => settleFirst(id, 'take')),
  'note.words-leave': withNote((id) => settleFirst(id, 'leave')),
  'note.trash': withNote((id) => attempt(() => trashNote(id))),

  'block.menu': writes('block-menu'),
  'block.toolbar': writes('toolbar'),
  'block.duplicate': writes('duplicate'),
  'block.paragraph': writes('turn-into', 'paragraph'),
  'block.h1': writes('turn-into', 'h1'),
  'block.h2': writes('turn-into', 'h2'),
  'block.h3': writes('turn-into', 'h3'),
  'block.h4': writes('turn-into', 'h4'),
  'block.h5': writes('turn-into', 'h5'),
  'block.h6': writes('turn-into', 'h6'),
  'block.number': writes('turn-into', 'number'),
  'block.bullet': writes('turn-into', 'bullet'),
  'block.check': writes('turn-into', 'check'),
  'block.quote': writes('turn-into', 'quote'),
  'block.callout': writes('turn-into', 'callout'),
  'block.code': writes('turn-into', 'code'),

  'note.insert-file': writes('insert-file'),
  'note.footnote': writes('footnote'),
  'note.preview-link': writes('preview-link'),

  'view.navigator': inVault(() => togglePane('navigator')),
  'view.context': withNote(() => togglePane('context')),
  'view.focus': inVault(toggleFocusMode),
  'view.focus-paragraph': toggles('focusParagraph'),
  'view.typewriter': toggles('typewriter'),
  'view.next-pane': { run: () => cyclePane(1), isAvailable: always },
  'view.previous-pane': { run: () => cyclePane(-1), isAvailable: always },
  'theme.system': sets({ theme: 'system' }),
  'theme.light': sets({ theme: 'light' }),
  'theme.dark': sets({ theme: 'dark' }),
  'text.larger': resizes(1),
  'text.smaller': resizes(-1),

  'go.jump': shows({ is: 'jump' }),
  'go.commands': { run: () => showOverlay({ is: 'commands' }), isAvailable: hasVault },
  'go.search': inVault(() => {
    if (activeTab(useTabs.getState()).place.at !== 'search') openPlace({ at: 'search', query: '' })
    else document.querySelector<HTMLInputElement>('[data-search-field]')?.select()
  }),
  'go.replace': inVault(() => toReplace(activeTab(useTabs.getState()).place)),
  'go.back': { run: goBack, isAvailable: () => activeTab(useTabs.getState()).back.length > 0 },
  'go.forward': { run: goForward, isAvailable: () => activeTab(useTabs.getState()).forward.length > 0 },
  'go.graph': goes({ at: 'graph' }),
  'go.essays': goes({ at: 'list', kind: 'essay' }),
  'go.examples': goes({ at: 'list', kind: 'example' }),
  'go.commitments': goes({ at: 'list', kind: 'commitment' }),
  'go.evidence': goes({ at: 'evidence' }),
  'go.notes': goes({ at: 'list', kind: 'note' }),
  'go.changes': goes({ at: 'changes' }),
  'go.trash': goes({ at: 'trash' }),
  'vault.mirror': goes({ at: 'mirror' }),
  'tab.next': inVault(() => activateBy(1)),
  'tab.previous': inVault(() => activateBy(-1)),
}

/** Whether there is something for the command to do now. */
export const isAvailable = (id: CommandId): boolean => ACTIONS[id].isAvailable()

/** A menu may send a command of another version: unknown ones do nothing. */
export function runCommand(id: string): void {
  if (!Object.hasOwn(ACTIONS, id)) return
  const action = ACTIONS[id as CommandId]
  if (action.isAvailable()) action.run()
}

export const availableCommands = (): readonly (CommandSpec & { readonly id: CommandId })[] =>
  COMMANDS.filter(({ id }) => isAvailable(id))
