import { mkdirSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { vaultId } from '../../core/base/ids.ts'
import { MemoryDisk, MemoryStore } from '../../testing/memory-store.ts'
import { temporaryFolders } from '../../testing/temporary-folder.ts'
import { type VaultHarness, vaultHarness } from '../../testing/vault-harness.ts'
import { AttachmentStore } from '../attachments/attachment-store.ts'
import { sha256Of } from '../files/target.ts'
import type { VaultCalls } from '../files/vault-calls.ts'
import { profileAt } from '../store/profile.ts'
import { beginWith, whatFolderIs } from './begin.ts'
import { KeptCopies } from './kept-copies.ts'
import { Lines } from './lines.ts'
import { Mirror, originOf } from './round.ts'
import { Texts } from './texts.ts'

const folder = temporaryFolders()
const id = vaultId('vault-under-test')
let harness: VaultHarness | null = null
afterEach(async () => {
  await harness?.close()
  harness = null
})

const happened: string[] = []
const keptNames: string[] = []
const changes: string[] = []

async function begin(root: string) {
  harness ??= await vaultHarness(new MemoryStore(new MemoryDisk()))
  const { vault } = harness
  const calls: VaultCalls = { call: (name, input) => vault.call(name, input) }
  const state = folder()
  const lines = await Lines.open(path.join(state, 'lines'))
  const texts = new Texts(path.join(state, 'texts'))
  await beginWith(root, await whatFolderIs(root, { vault: calls, vaultId: id }), {
    vaultId: id,
    vault: calls,
    lines,
    texts,
  })
  const copies = new KeptCopies(path.join(state, 'kept'))
  const mirror = new Mirror({
    folder: root,
    vaultId: id,
    vault: calls,
    attachments: new AttachmentStore(profileAt(state)),
    lines,
    texts,
    forbidden: state,
    now: Date.now,
    onHappened: ({ kind, path: at, kept, change }) => {
      happened.push(`${kind} ${at}`)
      if (kept !== undefined) keptNames.push(kept)
      if (change !== undefined) changes.push(change)
    },
    keepCopy: (note, bytes) => copies.keep(note, bytes, 1_700_000_000_000),
  })
  return { vault, mirror, copies }
}

test('F5, F6: paragraphs of one note edited on both sides are merged, and links follow a renamed file', async () => {
  harness = await vaultHarness(new MemoryStore(new MemoryDisk()))
  const made = (title: string, markdown: string) =>
    harness?.vault.call('createNote', { title, kind: 'note', folderId: null, markdown })
  const one = await made('One', 'First.\n\nSecond.\n\nThird.\n')
  const two = await made('Two', 'See [[One]].\n')
  await made('Three', 'More.\n')
  const root = folder()
  const { vault, mirror } = await begin(root)
  await mirror.round()
  const file = path.join(root, 'One.md')
  const before = readFileSync(file, 'utf8')
  if (!one || !two) throw new Error('no notes')

  await vault.call('appendMarkdown', { id: one.id, markdown: 'Typed here.' })
  writeFileSync(file, before.replace('First.', 'First, outside.'))
  await mirror.round()
  const { markdown } = await vault.call('showMarkdown', { id: one.id })
  expect(markdown.slice(markdown.indexOf('First'))).toBe('First, outside.\n\nSecond.\n\nThird.\n\nTyped here.\n')
  expect(readFileSync(file, 'utf8')).toBe(markdown)

  renameSync(file, path.join(root, 'Renamed.md'))
  await mirror.round()
  expect((await vault.call('note', { id: one.id })).title).toBe('Renamed')
  expect(readFileSync(path.join(root, 'Two.md'), 'utf8')).toContain('See [[Renamed]].')

  // Back to what it was once: an edit like any other.
  writeFileSync(path.join(root, 'Renamed.md'), before)
  await mirror.round()
  expect((await vault.call('showMarkdown', { id: one.id })).markdown).toBe(before)
  expect(await mirror.round()).toMatchObject({ wasRead: false, wasWritten: false })
})

test('F14: a folder that the vault has nothing to do with is refused, one that it came from is taken up', async () => {
  const root = folder()
  writeFileSync(path.join(root, 'a.md'), 'A.\n')
  await expect(begin(root)).rejects.toMatchObject({ code: 'folder-not-empty' })
  const files = [{ path: 'a.md', bytes: new TextEncoder().encode('A.\n'), updated: 1 }]
  await harness?.vault.call('importFiles', { files, origin: originOf(realpathSync(root)) })
  const { mirror, vault } = await begin(root)
  expect(await mirror.round()).toMatchObject({ kind: 'done', notes: 1, wasWritten: false })
  expect(await vault.call('notes', {})).toHaveLength(1)
  expect(readFileSync(path.join(root, 'a.md'), 'utf8')).toBe('A.\n')
})

test('F5: a copy of a file, the note’s own id in it, is a note of its own and stays where it is', async () => {
  harness = await vaultHarness(new MemoryStore(new MemoryDisk()))
  const one = await harness.vault.call('createNote', {
    title: 'One',
    kind: 'note',
    folderId: null,
    markdown: 'First.\n',
  })
  const root = folder()
  const { vault, mirror } = await begin(root)
  await mirror.round()
  const file = path.join(root, 'One.md')
  const before = readFileSync(file, 'utf8')
  expect(before).toContain(one.id)

  writeFileSync(path.join(root, 'Same.md'), before)
  writeFileSync(path.join(root, 'Other.md'), before.replace('First.', 'Of another.'))
  await mirror.round()
  await mirror.round()
  expect(readFileSync(file, 'utf8')).toBe(before)
  expect((await vault.call('showMarkdown', { id: one.id })).markdown).toBe(before)
  expect(readFileSync(path.join(root, 'Same.md'), 'utf8')).toContain('First.')
  expect(readFileSync(path.join(root, 'Other.md'), 'utf8')).toContain('Of another.')
  expect(await vault.call('notes', {})).toHaveLength(3)
})

test('F5: without the text that both sides had, what was written here since stays', async () => {
  harness = await vaultHarness(new MemoryStore(new MemoryDisk()))
  const { vault } = harness
  const bytes = (text: string) => new TextEncoder().encode(text)
  const root = folder()
  const origin = originOf(realpathSync(root))
  const files = [{ path: 'a.md', bytes: bytes('One.\n\nTwo.\n\nThree.\n'), updated: 1 }]
  const [reply] = await vault.call('importFiles', { files, origin })
  if (!reply) throw new Error('no note')
  const taken = { vaultId: id, vault: { call: vault.call } as VaultCalls }
  // Two was taken out here, written so to the folder, and came back here.
  const line = bytes('One.\n\nThree.\n')
  const state = folder()
  const lines = await Lines.open(path.join(state, 'lines'))
  lines.set({ path: 'a.md', sha256: sha256Of(line), docHash: 'older', id: reply.id, stamp: '', from: 'app' })
  writeFileSync(path.join(root, 'a.md'), 'One.\n\nThree, outside.\n')
  const mirror = new Mirror({
    ...taken,
    folder: root,
    attachments: new AttachmentStore(profileAt(state)),
    lines,
    texts: new Texts(path.join(state, 'texts')),
    forbidden: state,
    now: Date.now,
    onHappened: () => {},
  })
  await mirror.round()
  const { markdown } = await vault.call('showMarkdown', { id: reply.id })
  expect(markdown).toContain('Two.')
  expect(markdown).toContain('Three, outside.')
})

test('F14: a receipt that names no ids loses nothing that was written in its folder', async () => {
  harness = await vaultHarness(new MemoryStore(new MemoryDisk()))
  const { vault } = harness
  const one = await vault.call('createNote', { title: 'One', kind: 'note', folderId: null, markdown: 'First.\n' })
  const root = folder()
  const { markdown } = await vault.call('showMarkdown', { id: one.id })
  const line = { path: 'One.md', sha256: sha256Of(new TextEncoder().encode(markdown)) }
  const lists = { notes: [line], attachments: [], leftAlone: [], problems: [] }
  const receipt = { format: 1, version: '1', vault: id, at: '', complete: true, ...lists }
  mkdirSync(path.join(root, '.throughline'))
  writeFileSync(path.join(root, '.throughline', 'receipt.json'), JSON.stringify(receipt))
  writeFileSync(path.join(root, 'One.md'), `${markdown}\nOutside.\n`)
  const { mirror } = await begin(root)
  await mirror.round()
  await mirror.round()
  expect((await vault.call('showMarkdown', { id: one.id })).markdown).toContain('Outside.')
  expect(readFileSync(path.join(root, 'One.md'), 'utf8')).toContain('Outside.')
})

test('G10, F19: an entry of a log that was changed in the folder is as it was, that is told, and the changed words are kept', async () => {
  harness = await vaultHarness(new MemoryStore(new MemoryDisk()))
  const { vault } = harness
  const { id: note } = await vault.call('createNote', {
    title: 'Try',
    kind: 'commitment',
    folderId: null,
    markdown: 'We will.\n',
  })
  await vault.call('appendLog', { id: note, type: 'opened', text: 'We began.' })
  const root = folder()
  const { mirror, copies } = await begin(root)
  await mirror.round()
  const file = path.join(root, 'Try.md')
  const before = readFileSync(file, 'utf8')
  expect(before).toContain('We began.')
  writeFileSync(file, before.replace('We began.', 'We never began.'))
  happened.length = 0
  await mirror.round()
  await mirror.round()
  expect(readFileSync(file, 'utf8')).toBe(before)
  expect(happened).toContain('log-kept Try.md')
  expect(keptNames).toHaveLength(1)
  expect(readFileSync(copies.place(keptNames[0] ?? '') ?? '', 'utf8')).toContain('We never began.')
})

test('F17: a round is taken back in one step, and the folder follows', async () => {
  harness = await vaultHarness(new MemoryStore(new MemoryDisk()))
  const made = (title: string, markdown: string) =>
    harness?.vault.call('createNote', { title, kind: 'note', folderId: null, markdown })
  await made('One', 'First.\n')
  await made('Two', 'See [[One]].\n')
  for (const title of ['Three', 'Four', 'Five', 'Six']) await made(title, `${title}.\n`)
  const root = folder()
  const { vault, mirror } = await begin(root)
  await mirror.round()
  const files = () =>
    Object.fromEntries(
      readdirSync(root)
        .filter((name) => name.endsWith('.md'))
        .sort()
        .map((name) => [name, readFileSync(path.join(root, name), 'utf8')]),
    )
  const before = files()
  changes.length = 0
  writeFileSync(path.join(root, 'Three.md'), `${before['Three.md']}\nOutside.\n`)
  writeFileSync(path.join(root, 'New.md'), 'New.\n')
  renameSync(path.join(root, 'One.md'), path.join(root, 'Renamed.md'))
  rmSync(path.join(root, 'Four.md'))
  await mirror.round()
  expect(Object.keys(files())).toEqual(['Five.md', 'New.md', 'Renamed.md', 'Six.md', 'Three.md', 'Two.md'])
  expect(files()['Two.md']).toContain('[[Renamed]]')
  expect(changes).toHaveLength(1)
  const [change] = await vault.call('bigChanges', {})
  expect(change?.title).toMatch(/^Changes from the folder .*: 1 edit, 1 new note, 1 delete, 1 rename$/)
  await vault.call('undoBigChange', { id: changes[0] ?? '' })
  await mirror.round()
  await mirror.round()
  expect(files()).toEqual(before)
})
