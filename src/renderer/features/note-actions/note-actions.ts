import { calendarDay } from '../../../core/base/calendar-day.ts'
import type { FolderId, NoteId } from '../../../core/base/ids.ts'
import type { Kind } from '../../../core/note/note.ts'
import { CallError } from '../../../ipc/rpc.ts'
import { indexClient, useClients, vaultClient } from '../../platform/clients.ts'
import { setFresh } from '../../state/fresh.ts'
import { showToast } from '../../state/notices.ts'
import { showOverlay } from '../../state/overlay.ts'
import { notePlace } from '../../state/place.ts'
import { leaveNote, type OpenOptions, openPlace } from '../../state/tabs.ts'
import { undoOf, watchChanges } from './take-back.ts'
import { WORDS } from './words.ts'

export const openNote = (id: NoteId, options?: OpenOptions): void => openPlace(notePlace(id), options)

type NewNote = {
  readonly kind: Kind
  /** Without one the note is untitled, and its title is asked for first. */
  readonly title?: string
  readonly folderId?: FolderId | null
  readonly markdown?: string
  /** Ids of notes that its links lead to, by what stands between their brackets. */
  readonly linkIds?: Readonly<Record<string, NoteId>>
} & OpenOptions

export async function createNote({ kind, title, folderId, markdown, linkIds, ...options }: NewNote): Promise<NoteId> {
  queueMicrotask(leaveField)
  const row = await vaultClient().call('createNote', {
    title: title ?? WORDS.untitled,
    kind,
    ...(folderId === undefined ? {} : { folderId }),
    ...(markdown === undefined ? {} : { markdown }),
    ...(linkIds === undefined ? {} : { linkIds }),
  })
  setFresh(row.id, title === undefined ? 'title' : 'text')
  openNote(row.id, options)
  return row.id
}

/** A new note like another one: its structure without its words. Its title is asked for first. */
export async function startFromNote(id: NoteId, options: OpenOptions = {}): Promise<NoteId> {
  queueMicrotask(leaveField)
  const row = await vaultClient().call('startFrom', { id, title: WORDS.untitled })
  setFresh(row.id, 'title')
  openNote(row.id, options)
  return row.id
}

/**
 * Until the new note is there nobody has the focus: what is typed meanwhile must not land in the note before it. A
 * microtask later, because a palette that closes gives the focus back first.
 */
function leaveField(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
}

/** Where a link leads: the nearest note of that name, which is written first where there is none. */
export async function openTarget(name: string, fromId: NoteId | null, options: OpenOptions = {}): Promise<void> {
  const [answer] = await indexClient().call('resolve', { targets: [name], fromId })
  const nearest = answer?.found[0]
  if (nearest) openNote(nearest.id, options)
  else await createNote({ kind: 'note', title: name, ...options })
}

/** `Daily/YYYY-MM-DD`, by this computer's calendar; made where it is not there yet. */
export async function openToday(now: Date): Promise<void> {
  const vault = vaultClient()
  const title = calendarDay(now)
  try {
    openNote((await vault.call('find', { name: `Daily/${title}` })).id)
    return
  } catch (error) {
    if (!(error instanceof CallError) || error.code !== 'not-found') throw error
  }
  const folders = await vault.call('folders', {})
  const daily = folders.find(({ parentId, name }) => parentId === null && name === 'Daily')
  const { id } = daily ?? (await vault.call('createFolder', { parentId: null, name: 'Daily' }))
  await createNote({ kind: 'note', title, folderId: id })
}

/** Moves it there at once, or asks first where something rests on it. */
export async function trashNote(id: NoteId): Promise<void> {
  // What cannot be asked is no reason to keep a note: it can be taken back all the same.
  const radius = await useClients
    .getState()
    .index?.call('blastRadius', { id, limit: 1 })
    .catch(() => null)
  if (radius && radius.total > 0) showOverlay({ is: 'trash-note', id })
  else await trashNow(id)
}

export async function trashNow(id: NoteId): Promise<void> {
  const vault = vaultClient()
  const { title } = await vault.call('note', { id })
  await vault.call('trashNote', { id })
  leaveNote(id)
  showToast(WORDS.inTrash(title), async () => {
    await restoreNote(id)
    openNote(id)
  })
}

export async function restoreNote(id: NoteId): Promise<void> {
  await vaultClient().call('restoreNote', { id })
}

export async function renameNote(id: NoteId, title: string): Promise<void> {
  const vault = vaultClient()
  const made = await watchChanges(vault)
  const { links, notes } = await vault.call('renameNote', { id, title })
  if (links > 0) showToast(WORDS.linksFollowed(links, notes), undoOf(await made()))
}

export async function setKind(id: NoteId, kind: Kind): Promise<void> {
  const vault = vaultClient()
  const { kind: former, title } = await vault.call('note', { id })
  if (former === kind) return
  await vault.call('setKind', { id, kind })
  showToast(WORDS.isKind(title, kind), async () => {
    await vaultClient().call('setKind', { id, kind: former })
  })
}

export async function moveNote(id: NoteId, folderId: FolderId | null): Promise<void> {
  await vaultClient().call('moveNote', { id, folderId })
}

export async function copyLink(id: NoteId, copy: (text: string) => void): Promise<void> {
  const { title } = await vaultClient().call('note', { id })
  const link = `[[${title}]]`
  copy(link)
  showToast(WORDS.linkCopied(link))
}
