import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { parseMarkdown } from '../../core/markdown/parse.ts'
import { rootOf } from '../../crdt/note-doc.ts'
import { readTree } from '../../editor/convert/read-tree.ts'
import { replaceTree } from '../../editor/convert/replace-tree.ts'
import { arbitrarySource } from '../../testing/arbitrary-source.ts'
import { CORPORA, CORPUS_EVERY, hasCorpus, readCorpus } from '../../testing/corpora.ts'
import { changedLines, editWord } from '../../testing/edit-word.ts'
import { exportNote } from './export-note.ts'
import { importFile } from './import-note.ts'

/** `FC_RUNS=100000` looks further. */
const numRuns = Number(process.env.FC_RUNS ?? 150)
const TASK = {
  kind: 'import',
  vaultId: 'vault-under-test',
  path: 'a.md',
  folderId: null,
  listedId: null,
  refuseIds: false,
  generation: 0,
  knownHash: '',
  plain: null,
} as const
const utf8 = new TextEncoder()
const text = (bytes: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)

function take(bytes: Uint8Array) {
  const taken = importFile({ ...TASK, bytes })
  if (taken.status !== 'new') throw new Error('the file is not known')
  return taken
}

/** The file after `change` of the note's tree, as an edit of its doc. */
function edited(bytes: Uint8Array, seed: number) {
  const taken = take(bytes)
  const doc = new Y.Doc()
  Y.applyUpdate(doc, taken.update)
  const edit = editWord(readTree(rootOf(doc)), seed)
  if (edit) doc.transact(() => replaceTree(rootOf(doc), edit.tree))
  const out = exportNote({ kind: 'export', id: taken.id, state: Y.encodeStateAsUpdate(doc), verify: true })
  return { edit, out: text(out.bytes), problem: out.problem }
}

/** What is wrong with the file of a note of which one word was edited; null for nothing. */
function wrongEdit(bytes: Uint8Array, seed: number): string | null {
  const { edit, out, problem } = edited(bytes, seed)
  if (problem !== null) return problem
  const before = text(bytes)
  if (!edit) return out === before ? null : 'changed without an edit'
  const { spans, bodyFrom } = parseMarkdown(before.replace(/^\ufeff/, ''))
  const span = spans[edit.block]
  const body = before
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .slice(bodyFrom)
  const own = span ? body.slice(span.from, span.to).split('\n').length : 0
  const most = edit.lines === 0 ? own : edit.lines
  const changed = changedLines(before.replace(/\r\n?/g, '\n'), out.replace(/\r\n?/g, '\n'))
  if (changed === 0) return 'nothing changed'
  return changed <= most ? null : `${changed} lines changed, of ${most}`
}

describe('as the importer reads and the export writes', () => {
  test('M1: notes as people write them come back byte for byte, and prove themselves', () => {
    fc.assert(
      fc.property(arbitrarySource, fc.boolean(), (source, bom) => {
        const bytes = utf8.encode((bom ? '\ufeff' : '') + source)
        const taken = take(bytes)
        const out = exportNote({ kind: 'export', id: taken.id, state: taken.update, verify: true })
        expect(text(out.bytes)).toBe(text(bytes))
        expect(out.problem).toBeNull()
      }),
      { seed: 61, numRuns: numRuns * 2 },
    )
  })

  test('M2: one word of such a note edited changes only its lines, and reads back as the note', () => {
    fc.assert(
      fc.property(arbitrarySource, fc.nat(50), (source, seed) => {
        expect(wrongEdit(utf8.encode(source), seed)).toBeNull()
      }),
      { seed: 62, numRuns },
    )
  })

  describe.each(CORPORA)('of %s', (name) => {
    test.skipIf(!hasCorpus(name))('M2: the same', { timeout: 600_000 }, () => {
      // 500 notes of all three by default.
      const every = CORPUS_EVERY === 1 ? 1 : Math.ceil(CORPUS_EVERY * 1.7)
      const wrong = readCorpus(name).flatMap(({ file, bytes }, at) => {
        const reason = at % every === 0 ? wrongEdit(bytes, at) : null
        return reason === null ? [] : [`${file}: ${reason}`]
      })
      expect(wrong).toEqual([])
    })
  })
})
