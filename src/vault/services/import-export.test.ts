import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { NoteId } from '../../core/base/ids.ts'
import { rootOf } from '../../crdt/note-doc.ts'
import { appendTree } from '../../editor/convert/append-tree.ts'
import { MemoryDisk, MemoryStore } from '../../testing/memory-store.ts'
import { inlineWorker, type VaultHarness, vaultHarness } from '../../testing/vault-harness.ts'
import { exportNote } from '../convert/export-note.ts'
import { importFile } from '../convert/import-note.ts'
import type { PoolWorker } from '../convert/pool.ts'
import type { Task } from '../convert/tasks.ts'

type Files = Record<string, string | Uint8Array>
const bytesOf = (content: string | Uint8Array) =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content

async function importInto(harness: VaultHarness, files: Files, ids: Record<string, string> = {}) {
  const input = Object.entries(files).map(([path, content]) => ({
    path,
    bytes: bytesOf(content),
    updated: 5,
    ...(ids[path] === undefined ? {} : { id: ids[path] }),
  }))
  const replies = await harness.vault.call('importFiles', { files: input })
  const counts = await harness.vault.call('importEnd', {})
  return { replies: Object.fromEntries(replies.map((reply) => [reply.path, reply])), counts }
}

async function exported(harness: VaultHarness) {
  const plan = await harness.vault.call('exportPlan', {})
  const notes = await harness.vault.call('exportNotes', { ids: plan.notes.map(({ id }) => id) })
  return { plan, notes, files: Object.fromEntries(notes.map(({ path, bytes }) => [path, bytes])) }
}

const latin = new Uint8Array([0x23, 0x20, 0xe9, 0x74, 0xe9, 0x0a])
const FIXTURES: Files = {
  'plain.md': 'One paragraph.\n',
  'no final line end.md': '# Title\n\ntext',
  'empty.md': '',
  'blank.md': '\n\n  \n',
  'crlf.md': '---\r\ntitle: "A: b"\r\ntags: [x]\r\n---\r\n# T\r\n\r\n- a\r\n- b\r\n',
  'mixed.md': 'a\r\n\nb\n\r\nc\r',
  'bom.md': '\ufeff# With a mark\n',
  'broken yaml.md': '---\nkey: [unclosed\n---\n\ntext\n',
  'deep/er/Odd  Name?.markdown': '* odd\n\n\n\n* list\n\n<div>\nhtml\n</div>\n\n| a | b |\n|--|:-:|\n| 1 | 2 |\n',
  'latin1.md': latin,
  'nul.md': 'a\u0000b\n',
  'Ünï/cödé.md': 'e\u0301 and é\n',
}

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

describe('import and export', () => {
  let disk: MemoryDisk
  let harness: VaultHarness
  beforeEach(async () => {
    disk = new MemoryDisk()
    harness = await vaultHarness(new MemoryStore(disk))
  })
  afterEach(() => harness.close())
  const id = async (name: string): Promise<NoteId> => (await harness.vault.call('find', { name })).id

  it('M1: every file that nobody edited goes out byte for byte, at its own path', async () => {
    const { replies } = await importInto(harness, FIXTURES)
    expect(Object.values(replies).every(({ status }) => status === 'created')).toBe(true)
    const asText = Object.values(replies).filter(({ asText }) => asText !== null)
    expect(asText.map(({ path }) => path).sort()).toEqual(['latin1.md', 'nul.md'])
    const { files, notes } = await exported(harness)
    expect(Object.keys(files).sort()).toEqual(Object.keys(FIXTURES).sort())
    for (const [path, content] of Object.entries(FIXTURES)) {
      expect(Buffer.compare(files[path] ?? new Uint8Array(), bytesOf(content)), path).toBe(0)
    }
    expect(notes.filter(({ problem }) => problem !== null)).toEqual([])
    expect(await harness.vault.call('check', { repair: false })).toMatchObject({ ok: true })
  })

  it('M1, S15: a file over 2 MB is plain text and comes back byte for byte, without its source', () => {
    const line = `${'A large file, with many words. '.repeat(400)}\r\n`
    const bytes = bytesOf(`\ufeff${line.repeat(200)}\r\nend`)
    const taken = importFile({ ...TASK, bytes })
    if (taken.status !== 'new') throw new Error('the file is not known')
    expect(taken.asText).toContain('larger than 2 MB')
    const out = exportNote({ kind: 'export', id: taken.id, state: taken.update, verify: true })
    expect(Buffer.compare(out.bytes, bytes)).toBe(0)
  })

  it('M1 for random Markdown', () => {
    const piece = fc.constantFrom(
      '# H\n',
      '\n',
      '\r\n',
      'word ',
      '[[Link|x]]',
      '- item\n',
      '  - deep\n',
      '1. one\n',
      '> quote\n',
      '```\ncode\n```\n',
      '**b**',
      '---\n',
      'key: v\n',
      '| a |\n|---|\n',
      '<b>',
      '$x$',
      '\t',
      '%%c%%',
      '==h==',
      '\\',
      '&amp;',
      '^id',
      '#tag ',
    )
    const property = fc.property(fc.array(piece, { maxLength: 30 }), (parts) => {
      const text = parts.join('')
      const taken = importFile({ ...TASK, bytes: bytesOf(text) })
      if (taken.status !== 'new') throw new Error('the file is not known')
      const { bytes, problem } = exportNote({ kind: 'export', id: taken.id, state: taken.update, verify: true })
      expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)).toBe(text)
      expect(problem).toBeNull()
    })
    void fc.assert(property, { numRuns: 200 })
  })

  it('M2: an edit changes only its own lines', async () => {
    await importInto(harness, FIXTURES)
    for (const name of ['crlf.md', 'deep/er/Odd  Name?.markdown', 'broken yaml.md']) {
      await harness.vault.call('appendMarkdown', { id: await id(name), markdown: 'more' })
    }
    const { files, notes } = await exported(harness)
    const text = (path: string) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(files[path])
    for (const name of ['crlf.md', 'deep/er/Odd  Name?.markdown', 'broken yaml.md']) {
      const eol = name === 'crlf.md' ? '\r\n' : '\n'
      expect(text(name)).toBe(`${FIXTURES[name]}${eol}more${eol}`)
    }
    expect(notes.filter(({ problem }) => problem !== null)).toEqual([])
  })

  it('S15: text that is not UTF-8 goes out as text once somebody edits it', async () => {
    await importInto(harness, { 'latin1.md': latin })
    await harness.vault.call('appendMarkdown', { id: await id('latin1'), markdown: 'more' })
    const { files } = await exported(harness)
    expect(new TextDecoder().decode(files['latin1.md'])).toContain('more')
  })

  it('M8, S14: the same files twice are unchanged, a changed one is an edit of its note', async () => {
    const first = await importInto(harness, FIXTURES)
    await harness.close()
    harness = await vaultHarness(new MemoryStore(disk))
    const again = await importInto(harness, FIXTURES)
    expect(Object.values(again.replies).every(({ status }) => status === 'unchanged')).toBe(true)
    expect(again.counts).toEqual(first.counts)

    const open = await harness.openNote(await id('plain.md'))
    open.doc.transact(() =>
      appendTree(rootOf(open.doc), [{ type: 'paragraph', children: [{ type: 'text', text: 'mine', marks: 0 }] }]),
    )
    await open.stored()
    const { replies } = await importInto(harness, {
      'plain.md': 'One changed paragraph.\n',
      'empty.md': 'Not any more.\n',
    })
    expect(replies['plain.md']).toMatchObject({ status: 'updated', id: first.replies['plain.md']?.id })
    expect(replies['empty.md']).toMatchObject({ status: 'updated', id: first.replies['empty.md']?.id })
    const { files } = await exported(harness)
    expect(new TextDecoder().decode(files['plain.md'])).toContain('One changed paragraph.')
    expect(new TextDecoder().decode(files['empty.md'])).toBe('Not any more.\n')
    await harness.vault.call('whenIndexed', {})
    expect((await harness.index.call('search', { query: 'changed', limit: 3 })).total).toBe(1)
    open.close()
    expect(await harness.vault.call('check', { repair: false })).toMatchObject({ ok: true })
  })

  it('M8: what was written here stays when the file changes too', async () => {
    const own = await vaultHarness(new MemoryStore())
    await importInto(own, { 'a.md': 'First.\n\nSecond.\n\nThird.\n' })
    const { id } = await own.vault.call('find', { name: 'a' })
    await own.vault.call('appendMarkdown', { id, markdown: 'Written here.' })
    const { replies } = await importInto(own, { 'a.md': 'First, changed outside.\n\nSecond.\n\nThird.\n' })
    expect(replies['a.md']).toMatchObject({ id, status: 'updated' })
    const { markdown } = await own.vault.call('showMarkdown', { id })
    expect(markdown).toBe('First, changed outside.\n\nSecond.\n\nThird.\n\nWritten here.\n')
    await own.close()
  })

  it('M9: two devices make the same docs of the same files, changed ones included', async () => {
    const other = await vaultHarness(new MemoryStore(), { now: () => 5 })
    const changed = { 'plain.md': 'Another paragraph.\n', 'crlf.md': '# Only this\n' }
    for (const device of [harness, other]) {
      await importInto(device, FIXTURES)
      await importInto(device, changed)
    }
    const hashes = async (device: VaultHarness) =>
      (await exported(device)).plan.notes.map(({ id, docHash }) => [id, docHash])
    expect(await hashes(harness)).toEqual(await hashes(other))
    expect(await harness.vault.call('folders', {})).toEqual(await other.vault.call('folders', {}))
    await other.close()
  })

  it('M9: an id of the file, then of ids.json, then of path and bytes; never one for two', async () => {
    const own = (text: string) => `---\nid: my-own-note-id\n---\n${text}\n`
    const { replies } = await importInto(
      harness,
      { 'a.md': own('a'), 'b.md': own('b'), 'c.md': 'c\n', 'd.md': 'd\n', 'e.md': '---\nid: x\n---\n' },
      { 'c.md': 'listed-note-id', 'd.md': 'listed-note-id' },
    )
    const ids = Object.values(replies).map((reply) => reply.id)
    expect(ids[0]).toBe('my-own-note-id')
    expect(ids[2]).toBe('listed-note-id')
    expect(new Set(ids).size).toBe(5)
    const { files } = await exported(harness)
    expect(new TextDecoder().decode(files['b.md'])).toBe(own('b'))
  })

  it('M3: an export, imported into another vault, is the same notes', async () => {
    await importInto(harness, FIXTURES)
    await harness.vault.call('createNote', { title: 'Born here', kind: 'essay', markdown: 'Text with [[plain]].' })
    const { plan, files } = await exported(harness)
    const { notes: ids } = JSON.parse(plan.sidecar['ids.json'] ?? '') as { notes: Record<string, string> }
    const other = await vaultHarness(new MemoryStore(), { id: 'another-vault' })
    await importInto(other, files, ids)
    const back = await exported(other)
    expect(back.plan.notes.map(({ id, path }) => [id, path])).toEqual(plan.notes.map(({ id, path }) => [id, path]))
    for (const [path, bytes] of Object.entries(files))
      expect(Buffer.compare(back.files[path] ?? new Uint8Array(), bytes)).toBe(0)
    expect(await other.vault.call('find', { name: 'Born here' })).toMatchObject({
      kind: 'essay',
      path: 'Essays/Born here.md',
    })
    await other.close()

    // Into the vault that it came from: nothing new.
    const again = await importInto(harness, files, ids)
    expect(Object.values(again.replies).filter(({ status }) => status === 'created')).toEqual([])
    expect((await harness.vault.call('notes', {})).length).toBe(plan.notes.length)
  })

  it('S14: what was answered is there after a crash, and the next run goes on', async () => {
    await harness.vault.call('importFiles', { files: [{ path: 'x/a.md', bytes: bytesOf('a\n'), updated: 1 }] })
    // The former process ends here, without a word.
    const next = await vaultHarness(new MemoryStore(disk))
    expect(await next.vault.call('notes', {})).toMatchObject([{ path: 'x/a.md' }])
    const { replies } = await importInto(next, { 'x/a.md': 'a\n', 'x/b.md': 'b\n' })
    expect([replies['x/a.md']?.status, replies['x/b.md']?.status]).toEqual(['unchanged', 'created'])
    expect(await next.vault.call('check', { repair: false })).toMatchObject({ ok: true, notes: 2 })
    await next.close()
  })

  it('M7, S15: a file that takes too long becomes plain text, and the others of its batch do not', async () => {
    const isSlow = (bytes: Uint8Array) => new TextDecoder().decode(bytes).includes('slow')
    const worker = (): PoolWorker => {
      const inline = inlineWorker()
      const hangs = (task: Task) => 'bytes' in task && task.plain === null && isSlow(task.bytes)
      return { ...inline, post: (request) => request.tasks.some(hangs) || inline.post(request) }
    }
    const own = await vaultHarness(new MemoryStore(), { worker, limit: 30 })
    const files = { 'a.md': '# a\n', 'b.md': '# slow\r\n\r\n[[a]]\r\n', 'c.md': '# c\n' }
    const { replies } = await importInto(own, files)
    expect(Object.values(replies).map(({ asText }) => asText !== null)).toEqual([false, true, false])
    const again = await importInto(own, { 'b.md': '# slow again\r\n' })
    expect(again.replies['b.md']).toMatchObject({ status: 'updated', asText: expect.stringContaining('too long') })
    const out = await exported(own)
    expect(new TextDecoder().decode(out.files['b.md'])).toBe('# slow again\r\n')
    await own.close()
  })

  it('refuses paths that lead out of the folder', async () => {
    for (const path of ['../a.md', 'a/../../b.md', '/a.md', 'a//b.md', 'a/./b.md']) {
      const files = [{ path, bytes: bytesOf('a\n'), updated: 1 }]
      await expect(harness.vault.call('importFiles', { files })).rejects.toMatchObject({ code: 'bad-path' })
    }
  })
})
