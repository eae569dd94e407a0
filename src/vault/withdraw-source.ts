import type { Doc } from 'yjs'
import type { LogEntry } from '../core/commitment/entry.ts'
import { decodeSource } from '../core/markdown/source.ts'
import { readSource, writeSource } from '../crdt/note-doc.ts'
import { sourceCodec } from './codec.ts'

const LOG = /^## +Log\b/gim

/**
 * Takes a withdrawn entry's words out of the file that the note came from, as far as the note keeps that. Where they
 * do not stand there to the letter, nothing of the file is kept.
 */
export function forgetInSource(doc: Doc, { text }: Pick<LogEntry, 'text'>): void {
  const bytes = readSource(doc, sourceCodec)
  if (!bytes || text === '') return
  const source = decodeSource(bytes)
  const start = source.lossless ? ([...source.text.matchAll(LOG)].at(-1)?.index ?? -1) : -1
  // Of several lines, those below the first stand in the item.
  const forms = [text, text.replaceAll('\n', '\n  '), text.replaceAll('\n', '\r\n  ')]
  const found = forms.find((form) => start >= 0 && source.text.indexOf(form, start) >= 0)
  const at = found === undefined ? -1 : source.text.indexOf(found, start)
  const left = at < 0 ? null : source.text.slice(0, at) + source.text.slice(at + (found ?? '').length)
  doc.transact(() => {
    const kept = left === null ? null : new TextEncoder().encode((source.bom ? '\ufeff' : '') + left)
    writeSource(doc, kept, sourceCodec)
  })
}
