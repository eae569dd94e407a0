import * as Y from 'yjs'
import { rootOf } from '../../crdt/note-doc.ts'
import { WIKILINK } from './tree-to-v2.ts'

/**
 * Gives wikilinks the id of the note that they lead to, by what stands between their brackets: Markdown has no
 * place for it. Those that are not named, or carry an id, stay as they are. One transaction.
 */
export function identifyWikilinks(doc: Y.Doc, ids: Readonly<Record<string, string>>, origin: unknown): void {
  doc.transact(() => {
    const queue: Y.XmlElement[] = [rootOf(doc)]
    for (const element of queue) {
      for (const child of element.toArray()) {
        if (child instanceof Y.XmlElement) queue.push(child)
        else if (child instanceof Y.XmlText) identify(child, ids)
      }
    }
  }, origin)
}

function identify(text: Y.XmlText, ids: Readonly<Record<string, string>>): void {
  let at = 0
  for (const op of text.toDelta() as { insert: unknown; attributes?: Record<string, unknown> }[]) {
    const length = typeof op.insert === 'string' ? op.insert.length : 1
    const link = typeof op.insert === 'string' && op.attributes?.t === 'wikilink' ? WIKILINK.exec(op.insert) : null
    const id = link && Object.hasOwn(ids, link[2] ?? '') ? ids[link[2] ?? ''] : undefined
    const properties = (op.attributes?.p ?? {}) as Record<string, unknown>
    if (id && !properties.__target) text.format(at, length, { p: { ...properties, __target: id } })
    at += length
  }
}
