import type { FolderId, NoteId } from '../../core/base/ids.ts'
import type { indexContract } from '../../ipc/index-contract.ts'
import { CallError, type Client } from '../../ipc/rpc.ts'
import type { PageScope } from '../../ipc/shapes.ts'
import { eachOf } from './flow.ts'
import type { VaultCalls } from './vault-calls.ts'

/** What of a vault goes out. `key` is in the receipt: a folder holds the copy of one such thing. */
export type Scope = {
  /** Living notes; null: all of them. */
  readonly ids: ReadonlySet<NoteId> | null
  readonly key: string
}

export const WHOLE_VAULT: Scope = { ids: null, key: 'vault' }

export type IndexCalls = Pick<Client<typeof indexContract>, 'call'>

type Source = {
  readonly vault: VaultCalls
  readonly index: () => Promise<IndexCalls>
}

const HITS_A_CALL = 1000
const QUESTIONS = 8

/** Fails with `not-found` for a note, folder or search that holds nothing to copy. */
export async function resolveScope(scope: PageScope | undefined, { vault, index }: Source): Promise<Scope> {
  if (!scope || (scope.kind === 'folder' && scope.id === null)) return WHOLE_VAULT
  switch (scope.kind) {
    case 'note': {
      const note = await vault.call('note', { id: scope.id })
      if (note.trashed)
        throw new CallError('not-found', `The note at ${note.path} is in the trash. Nothing was copied.`)
      if (!scope.linked) return { ids: new Set([scope.id]), key: `note:${scope.id}` }
      await vault.call('whenIndexed', {})
      const links = await (await index()).call('outlinks', { id: scope.id })
      const linked = links.flatMap(({ id }) => (id === null ? [] : [id]))
      return { ids: new Set([scope.id, ...linked]), key: `linked:${scope.id}` }
    }
    case 'folder':
      return { ids: await notesBelow(scope.id as FolderId, vault), key: `folder:${scope.id}` }
    case 'search': {
      await vault.call('whenIndexed', {})
      const ids = await hits(scope.query, scope.prefix === true, await index())
      if (ids.size === 0)
        throw new CallError('not-found', `The search “${scope.query}” finds no note. Nothing was copied.`)
      return { ids, key: `search:${scope.query}` }
    }
  }
}

async function notesBelow(id: FolderId, vault: VaultCalls): Promise<Set<NoteId>> {
  const folders = await vault.call('folders', {})
  if (!folders.some((folder) => folder.id === id))
    throw new CallError('not-found', 'The folder that was chosen is not in this vault any more. Nothing was copied.')
  const inside = new Set([id])
  // Parents may come behind their folders in the list: until nothing is added.
  for (let before = 0; before < inside.size; ) {
    before = inside.size
    for (const { id: own, parentId } of folders) if (parentId !== null && inside.has(parentId)) inside.add(own)
  }
  const ids = new Set<NoteId>()
  for (const folderId of inside) for (const note of await vault.call('notes', { folderId })) ids.add(note.id)
  return ids
}

async function hits(query: string, prefix: boolean, index: IndexCalls): Promise<Set<NoteId>> {
  const ids = new Set<NoteId>()
  for (let offset = 0; ; offset += HITS_A_CALL) {
    const found = await index.call('search', { query, limit: HITS_A_CALL, offset, prefix })
    for (const { id } of found.hits) ids.add(id)
    if (found.hits.length === 0 || offset + found.hits.length >= found.total) return ids
  }
}

/** Links in these notes that lead to a note not written yet; null where the index cannot say. */
export async function countUnresolved({ ids }: Scope, { vault, index }: Source): Promise<number | null> {
  try {
    await vault.call('whenIndexed', {})
    const calls = await index()
    if (ids === null) return (await calls.call('status', {})).unresolved
    let count = 0
    await eachOf(ids, QUESTIONS, async (id) => {
      for (const link of await calls.call('outlinks', { id })) if (link.id === null && !link.ambiguous) count++
    })
    return count
  } catch {
    return null // the copy does not depend on it
  }
}

/** The folder of a path as the navigator shows it; fails with `not-found`. */
export async function folderAt(path: string, vault: VaultCalls): Promise<FolderId> {
  const folders = await vault.call('folders', {})
  let found: FolderId | null = null
  for (const name of path.split(/[/\\]/).filter((each) => each !== '' && each !== '.')) {
    const parentId: FolderId | null = found
    const next: { id: FolderId } | undefined = folders.find(
      (folder) => folder.parentId === parentId && folder.name === name,
    )
    if (!next) throw new CallError('not-found', `There is no folder ${path} in this vault. Nothing was copied.`)
    found = next.id
  }
  if (found === null) throw new CallError('not-found', `“${path}” is the whole vault: leave the folder out.`)
  return found
}
