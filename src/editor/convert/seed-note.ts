import type * as Y from 'yjs'
import { EMPTY_TREE, type Tree } from '../../core/markdown/tree.ts'
import type { NoteMeta } from '../../core/note/note.ts'
import { logOf, metaOf, type NoteSeed, seedClientId, seedDoc, transactAs } from '../../crdt/note-doc.ts'
import { writeTree } from './write-tree.ts'

/**
 * The first update of a note: meta, text and source in one transaction under `clientId`. Equal seeds give
 * byte-identical updates (rules D1 and D2, M9). `doc` is empty.
 */
export function seedNote(
  doc: Y.Doc,
  seed: Omit<NoteSeed, 'content'> & { readonly tree: Tree },
  origin?: unknown,
): void {
  const { tree, ...rest } = seed
  seedDoc(doc, { ...rest, content: (root) => writeTree(root, tree) }, origin)
}

/**
 * The first updates of an empty note that several devices may make before they hear of each other, by one id. Each
 * value has a clientID of its own, made of what it says (D2): what they agree on is one item, so that whatever each
 * goes on to write stands behind it and none of it is lost when they meet; what they do not agree on is decided value
 * by value. A title stays as a former one where another takes its place. `doc` is empty.
 */
export function seedShared(
  doc: Y.Doc,
  id: string,
  { meta, log = [], pins = [] }: Pick<NoteSeed, 'log' | 'pins'> & { readonly meta: NoteMeta },
  origin: unknown,
): void {
  const { kind, title, folderId, properties, created } = meta
  const bare: NoteMeta = {
    ...{ title: '', kind, created: '', folderId: null, file: '', trashed: false },
    ...{ aliases: [], formerTitles: [], tags: [], properties: [] },
  }
  seedNote(doc, { meta: bare, tree: EMPTY_TREE, clientId: seedClientId('shared', id, kind) }, origin)
  const own = metaOf(doc)
  const say = (name: string, value: unknown, write: () => void) =>
    transactAs(doc, seedClientId('shared', id, name, JSON.stringify(value)), origin, write)
  const list = (name: string, items: readonly string[]) =>
    say(name, items, () => (own.get(name) as Y.Array<unknown>).push([...items]))
  say('title', title, () => own.set('title', title))
  list('formerTitles', [title])
  if (folderId !== null) say('folderId', folderId, () => own.set('folderId', folderId))
  for (const { key, value } of properties) {
    say(`property ${key}`, value, () => (own.get('properties') as Y.Map<unknown>).set(key, value))
  }
  list(
    'order',
    properties.map(({ key }) => key),
  )
  doc.transact(() => {
    own.set('created', created)
    for (const pin of pins) own.set(`pin:${pin.id}`, { ...pin })
    if (log.length > 0) logOf(doc).push([...log])
  }, origin)
}
