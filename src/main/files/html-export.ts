import { type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { VaultId } from '../../core/base/ids.ts'
import type { PageReport } from '../../ipc/app-contract.ts'
import { CallError } from '../../ipc/rpc.ts'
import type { PageScope } from '../../ipc/shapes.ts'
import type { AttachmentStore } from '../attachments/attachment-store.ts'
import { syncFolder, temporaryBeside } from '../store/atomic.ts'
import { diskProblem } from './disk-problem.ts'
import { type IndexCalls, resolveScope } from './export-scope.ts'
import { throttled } from './flow.ts'
import { type PageFacts, type PageNote, writePage } from './html-page.ts'
import type { Progress, VaultCalls } from './vault-calls.ts'

export type PageSource = {
  readonly vault: VaultCalls
  readonly index: () => Promise<IndexCalls>
  readonly vaultId: VaultId
  /** Names the page of a whole vault. */
  readonly vaultName: string
  readonly attachments: Pick<AttachmentStore, 'verified'>
  readonly signal: AbortSignal
  readonly onProgress: (progress: Progress) => void
}

const PROGRESS_MS = 100
const AS_IT_WAS = 'What had its name is as it was.'
/** Written at once; a page of a thousand notes is some hundred thousand pieces. UTF-16 units. */
const BUFFER = 1 << 20

/** The notes of a scope, as they stand in their folders. Fails as `resolveScope` does. */
export async function pageNotes(
  scope: PageScope,
  source: Pick<PageSource, 'vault' | 'index'>,
): Promise<readonly PageNote[]> {
  const { ids } = await resolveScope(scope, source)
  const rows = (await source.vault.call('notes', {})).filter(({ id }) => ids === null || ids.has(id))
  if (rows.length === 0)
    throw new CallError('not-found', 'There is no note in it to make a page of. Nothing was written.')
  const folderOf = (at: string) => at.slice(0, Math.max(0, at.lastIndexOf('/')))
  // Folder by folder, the notes of one in the order of their names.
  const key = (at: string): string => `${folderOf(at)}\0${at}`
  return rows
    .map(({ id, title, path: at }) => ({ id, title, path: at }))
    .sort((a, b) => (key(a.path) < key(b.path) ? -1 : 1))
}

/** What a page of these notes is called. */
export async function pageTitle(
  scope: PageScope,
  notes: readonly PageNote[],
  { vault, vaultName }: Pick<PageSource, 'vault' | 'vaultName'>,
): Promise<string> {
  const own = scope.kind === 'note' ? notes.find(({ id }) => id === scope.id) : undefined
  if (own) return own.title || 'Untitled'
  if (scope.kind === 'search') return scope.query
  const folders = scope.kind === 'folder' && scope.id !== null ? await vault.call('folders', {}) : []
  return folders.find(({ id }) => scope.kind === 'folder' && id === scope.id)?.name ?? vaultName
}

/** The page in a file, which is made anew; nothing is left of it where that fails. */
export async function writePageFile(
  file: string,
  scope: PageScope,
  source: PageSource,
): Promise<PageFacts & { title: string; bytes: number }> {
  const progress = throttled(source.onProgress, PROGRESS_MS)
  await source.vault.call('whenIndexed', {}) // links are looked up there
  const notes = await pageNotes(scope, source)
  const title = await pageTitle(scope, notes, source)
  const handle = await open(file, 'wx', 0o644)
  try {
    const buffered = new Buffered(handle)
    const facts = await writePage({
      ...source,
      title,
      notes,
      write: (html) => buffered.write(html),
      onNote: (done) => progress.report({ phase: 'write', done, total: notes.length }),
    })
    await buffered.end()
    progress.flush()
    return { ...facts, title, bytes: (await handle.stat()).size }
  } finally {
    await handle.close()
  }
}

/**
 * Replaces `file` by what `make` makes beside it, whole or not at all. Fails with `refused` in the app's own folder,
 * `disk-full` and `not-written`.
 */
export async function replaceFile<T>(
  file: string,
  forbidden: string,
  make: (temporary: string) => Promise<{ readonly keep: boolean; readonly value: T }>,
): Promise<T> {
  const temporary = temporaryBeside(file)
  try {
    const folder = await realpath(path.dirname(file))
    const own = await realpath(forbidden).catch(() => path.resolve(forbidden))
    if (folder === own || folder.startsWith(own + path.sep)) {
      throw new CallError('refused', `${folder} holds the app’s own data; choose another place.`)
    }
    const { keep, value } = await make(temporary)
    if (keep) {
      await rename(temporary, file)
      await syncFolder(folder)
    }
    return value
  } catch (error) {
    const known = diskProblem(error, file, AS_IT_WAS)
    if (known instanceof CallError) throw known
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    throw new CallError('not-written', `${file} could not be written${code}. ${AS_IT_WAS}`)
  } finally {
    await rm(temporary, { force: true })
  }
}

/** Notes as one HTML file. Fails as `replaceFile` and `resolveScope` do. */
export function exportHtml(file: string, forbidden: string, scope: PageScope, source: PageSource): Promise<PageReport> {
  const started = performance.now()
  return replaceFile(file, forbidden, async (temporary) => {
    const { notes, images, bytes, problems } = await writePageFile(temporary, scope, source)
    const { aborted: cancelled } = source.signal
    if (!cancelled && (await stat(temporary)).size !== bytes)
      throw new CallError('not-written', `${file} was written, but is not whole on the disk. ${AS_IT_WAS}`)
    const ms = Math.round(performance.now() - started)
    return { keep: !cancelled, value: { file, notes, images, bytes, sheets: null, problems, ms, cancelled } }
  })
}

class Buffered {
  readonly #handle: FileHandle
  #waiting: string[] = []
  #length = 0

  constructor(handle: FileHandle) {
    this.#handle = handle
  }

  async write(text: string): Promise<void> {
    this.#waiting.push(text)
    this.#length += text.length
    if (this.#length >= BUFFER) await this.#flush()
  }

  async end(): Promise<void> {
    await this.#flush()
    await this.#handle.sync()
  }

  async #flush(): Promise<void> {
    const text = this.#waiting.join('')
    this.#waiting = []
    this.#length = 0
    if (text !== '') await this.#handle.writeFile(text)
  }
}
