import type * as Y from 'yjs'
import type { Side } from '../../core/history/compare.ts'
import type { NoteMeta } from '../../core/note/note.ts'
import {
  readLayout,
  readMeta,
  readSource,
  rootOf,
  SCHEMA,
  schemaOf,
  updateMeta,
  writeLayout,
  writeSource,
} from '../../crdt/note-doc.ts'
import { LOCAL } from '../../crdt/origins.ts'
import { readTree } from '../../editor/convert/read-tree.ts'
import { replaceTree } from '../../editor/convert/replace-tree.ts'
import { CallError } from '../../ipc/rpc.ts'
import { sourceCodec } from '../codec.ts'
import { type FileContent, mergeFile } from '../convert/merge-file.ts'
import { sideOf, withDoc } from '../convert/version-tasks.ts'

/** A kept state, read: what can come back of it. */
export type KeptContent = FileContent & {
  readonly side: Side
  readonly meta: NoteMeta
  readonly layout: ReturnType<typeof readLayout>
  readonly source: Uint8Array | null
}

/** Fails with `newer` where a newer version of the program wrote it: what is not known would be left out. */
export function readKept(state: Uint8Array): KeptContent {
  return withDoc(state, (doc) => {
    if (schemaOf(doc) > SCHEMA) {
      throw new CallError('newer', 'This version was written by a newer version of Throughline.')
    }
    const meta = readMeta(doc)
    const side = sideOf(doc)
    const source = readSource(doc, sourceCodec)
    return { side, tree: side.tree, facts: meta, meta, layout: readLayout(doc), source }
  })
}

/** Text, aliases, tags and properties as they were; title, folder and kind stay (K6). One edit, least change. */
export function putBackText(doc: Y.Doc, { tree, aliases, tags, properties }: Side): void {
  doc.transact(() => {
    replaceTree(rootOf(doc), tree)
    updateMeta(doc, { aliases, tags, properties }, LOCAL)
  }, LOCAL)
}

/** Everything that a big change of the program may have changed but title and folder, which `Rename` gives back. */
export function putBackAll(doc: Y.Doc, kept: KeptContent): void {
  const { kind, created, aliases, tags, properties } = kept.meta
  doc.transact(() => {
    replaceTree(rootOf(doc), kept.tree)
    updateMeta(doc, { kind, created, aliases, tags, properties }, LOCAL)
    writeLayout(doc, kept.layout, LOCAL)
    writeSource(doc, kept.source, sourceCodec)
  }, LOCAL)
}

/**
 * Takes what changed from `after` to `before` out of the note as it is now, and leaves what was written since. A
 * passage that was rewritten since stays beside its former words (merge-file.ts).
 */
export function mergeBack(doc: Y.Doc, after: FileContent, before: KeptContent): void {
  const here: FileContent = { tree: readTree(rootOf(doc)), facts: readMeta(doc) }
  const { tree, facts } = mergeFile(after, here, before)
  const { kind, created, aliases, tags, properties } = facts
  doc.transact(() => {
    replaceTree(rootOf(doc), tree)
    updateMeta(doc, { kind, created, aliases, tags, properties }, LOCAL)
    writeLayout(doc, before.layout, LOCAL)
    writeSource(doc, before.source, sourceCodec)
  }, LOCAL)
}
