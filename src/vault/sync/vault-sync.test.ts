import { afterEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { type NoteId, noteId } from '../../core/base/ids.ts'
import { metaOf, rootOf } from '../../crdt/note-doc.ts'
import { SyncSession } from '../../crdt/sync/session.ts'
import { MemoryDisk, MemoryStore } from '../../testing/memory-store.ts'
import { out } from '../../testing/out-and-in.ts'
import { MemoryLinks, turn } from '../../testing/sync-peers.ts'
import { inlineWorker, type VaultHarness, vaultHarness } from '../../testing/vault-harness.ts'
import type { PoolRequest } from '../convert/pool.ts'
import { Attachments } from '../services/attachments.ts'
import { VaultState } from '../vault-state.ts'
import { VaultFiles } from './vault-files.ts'

const closing: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function vault(name: string, disk = new MemoryDisk()) {
  let last = 0
  const harness = await vaultHarness(new MemoryStore(disk), {
    newId: () => `${name}-note-${String(++last).padStart(6, '0')}`,
  })
  closing.push(() => harness.close())
  return harness
}

async function join(a: VaultHarness, b: VaultHarness) {
  const links = new MemoryLinks()
  const at = new SyncSession(await a.service.replica(), links.near)
  const to = new SyncSession(await b.service.replica(), links.far)
  closing.push(() => {
    at.close()
    to.close()
  })
  return { links, at, to }
}
type Joined = Awaited<ReturnType<typeof join>>

/** Delivers until both say that they hold the same, or nothing happens any more. */
async function together({ links, at, to }: Joined, until = () => at.hasEverything && to.hasEverything) {
  for (let idle = 0; idle < 3_000; idle++) {
    for (const end of links.ready()) {
      while (end.waiting.length > 0 && links.open) end.step()
      idle = 0
    }
    // What was said and is not delivered may take it back.
    if (until() && links.ready().length === 0) return true
    await turn()
    if (idle % 50 === 49) await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return false
}

const trailsOver = (note: NoteId) =>
  JSON.stringify({
    version: 1,
    trails: [{ id: 'trail-0001', name: 'A walk', stops: [{ id: 'stop-0001', note, place: 'a', said: '' }] }],
  })
const settled = async (...all: VaultHarness[]) => {
  for (const { vault } of all) await vault.call('whenIndexed', {})
}
const create = (harness: VaultHarness, title: string, markdown = '', folderId: string | null = null) =>
  harness.vault.call('createNote', { title, kind: 'note', folderId: folderId as never, markdown })
const titles = async (harness: VaultHarness) => (await harness.vault.call('notes', {})).map(({ title }) => title).sort()
const files = async (harness: VaultHarness) => {
  const { files: all, sidecar } = await out(harness)
  return { files: Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1))), sidecar }
}

describe('two vaults over one link', () => {
  test('Z1 a new device gets notes, folders, trash, logs, trails and words; exports are equal to the byte', async () => {
    const [a, b] = [await vault('a'), await vault('b')]
    await a.vault.call('setName', { name: 'Ours' })
    const folder = await a.vault.call('createFolder', { parentId: null, name: 'Essays' })
    await a.importText({
      'One.md': '# One\r\n\r\n* odd\n\n\n[[Two]]\n',
      'deep/Two.md': '---\ntags: [x]\nid: two-note-0001\n---\n\nText of *two*.',
    })
    const own = await create(a, 'Own', 'Words with [[One]].', folder.id)
    const gone = await create(a, 'Gone')
    await a.vault.call('trashNote', { id: gone.id })
    await a.vault.call('appendLog', { id: own.id, type: 'saw', text: 'An entry.' })
    await a.vault.call('setRelationWord', {
      word: 'inspires',
      inverse: 'inspired_by',
      reading: 'inspires',
      inverseReading: 'is inspired by',
    })
    await a.vault.call('importTrails', { trails: trailsOver(own.id) })
    await settled(a)
    const joined = await join(a, b)
    expect(await together(joined)).toBe(true)
    await settled(a, b)
    expect((await b.vault.call('info', {})).name).toBe('Ours')
    expect(await titles(b)).toEqual(await titles(a))
    expect((await b.vault.call('trash', {})).map(({ title }) => title)).toEqual(['Gone'])
    expect((await b.vault.call('noteLog', { id: own.id })).entries.map(({ text }) => text)).toEqual(['An entry.'])
    expect((await b.vault.call('relationWords', {})).own).toEqual((await a.vault.call('relationWords', {})).own)
    expect(await files(b)).toEqual(await files(a))
    const linked = async ({ index }: VaultHarness) =>
      (await index.call('backlinks', { id: noteId('two-note-0001') })).items.map(({ id }) => id)
    expect(await linked(b)).toEqual(await linked(a))
    expect((await linked(b)).length).toBe(1)
    expect(Object.keys((await files(b)).sidecar)).toEqual(
      expect.arrayContaining(['trails.json', 'words.json', 'log.json']),
    )
    expect((await b.vault.call('check', { repair: false })).ok).toBe(true)
  })

  test('Z2 what both changed while they were apart is in both, and a version was kept before it came', async () => {
    const [a, b] = [await vault('a'), await vault('b')]
    const note = await create(a, 'Shared', 'One.\n\nTwo.')
    const first = await join(a, b)
    await together(first)
    first.links.cut()
    first.at.close()
    first.to.close()
    await a.vault.call('appendMarkdown', { id: note.id, markdown: 'From a.' })
    await b.vault.call('appendMarkdown', { id: note.id, markdown: 'From b.' })
    await b.vault.call('renameNote', { id: note.id, title: 'Renamed' })
    const kept = await b.vault.call('versions', { id: note.id })
    const joined = await join(a, b)
    expect(await together(joined)).toBe(true)
    await settled(a, b)
    expect(await files(a)).toEqual(await files(b))
    const text = new TextDecoder().decode((await b.vault.call('exportNotes', { ids: [note.id] }))[0]?.bytes)
    expect([text.includes('From a.'), text.includes('From b.')]).toEqual([true, true])
    expect(await titles(a)).toEqual(['Renamed'])
    const later = await b.vault.call('versions', { id: note.id })
    expect(later.length).toBeGreaterThan(kept.length)
  })

  test('Z3 an open note goes over as it is typed, carets with it', async () => {
    const [a, b] = [await vault('a'), await vault('b')]
    const note = await create(a, 'Live', 'One.')
    const joined = await join(a, b)
    await together(joined)
    const [here, there] = [await a.openNote(note.id), await b.openNote(note.id)]
    here.doc.transact(() => metaOf(here.doc).set('aliases-test', 'typed'))
    await here.stored()
    expect(joined.at.hasEverything).toBe(false)
    expect(await together(joined, () => metaOf(there.doc).get('aliases-test') === 'typed')).toBe(true)
    expect(await together(joined)).toBe(true)
    expect(rootOf(there.doc).toString()).toBe(rootOf(here.doc).toString())
    here.close()
    there.close()
  })

  test('Z4 a purge goes over, whatever the other side did with the note meanwhile', async () => {
    const [a, b] = [await vault('a'), await vault('b')]
    const notes = [await create(a, 'Stays'), await create(a, 'Goes')]
    const first = await join(a, b)
    await together(first)
    first.links.cut()
    first.at.close()
    first.to.close()
    const goes = notes[1]?.id as NoteId
    await a.vault.call('trashNote', { id: goes })
    await a.vault.call('purgeNotes', { ids: [goes] })
    await b.vault.call('appendMarkdown', { id: goes, markdown: 'Still used here.' })
    const joined = await join(a, b)
    expect(await together(joined)).toBe(true)
    expect(await titles(a)).toEqual(['Stays'])
    expect(await titles(b)).toEqual(['Stays'])
    await expect(b.vault.call('note', { id: goes })).rejects.toMatchObject({ code: 'not-found' })
    expect(await files(a)).toEqual(await files(b))
  })

  test('Z5 before most notes vanish a person is asked, and nothing is taken until then', async () => {
    const [a, b] = [await vault('a'), await vault('b')]
    for (let i = 0; i < 20; i++) await create(a, `Note ${i}`)
    const first = await join(a, b)
    await together(first)
    first.links.cut()
    first.at.close()
    first.to.close()
    const ids = (await a.vault.call('notes', {})).slice(0, 18).map(({ id }) => id)
    for (const id of ids) await a.vault.call('trashNote', { id })
    await a.vault.call('purgeNotes', { ids })
    const replica = await b.service.replica()
    const asked: unknown[] = []
    replica.heldBack.on((what) => asked.push(what))
    const joined = await join(a, b)
    await together(joined, () => asked.length > 0)
    expect(asked[0]).toEqual({ purged: 18, living: 20 })
    expect((await titles(b)).length).toBe(20)
    expect(joined.to.ended).toBe(null)
    replica.mayPurgeMany = true
    joined.to.retry()
    expect(await together(joined)).toBe(true)
    expect(await titles(b)).toEqual(await titles(a))
  })

  test('Z6 a refused update cuts the peer off and leaves every note as it was, open or not', async () => {
    const b = await vault('b')
    const note = await create(b, 'Mine', 'Text.')
    const other = await create(b, 'Open', 'Text.')
    const window = await b.openNote(other.id)
    const replica = await b.service.replica()
    const before = replica.tree.root()
    const foreign = new Y.Doc()
    Y.applyUpdate(foreign, (await replica.give(note.id, null))?.update as Uint8Array)
    const vector = Y.encodeStateVector(foreign)
    ;((rootOf(foreign).get(0) as Y.XmlElement).get(0) as Y.XmlText).insertEmbed(0, { not: 'text' })
    const bad = Y.encodeStateAsUpdate(foreign, vector)
    expect(await replica.receive(note.id, [bad], {})).toEqual({ status: 'refused', code: 'foreign' })
    expect(await replica.receive(other.id, [new Uint8Array([1, 2, 3])], {})).toEqual({
      status: 'refused',
      code: 'malformed',
    })
    expect(await replica.receive('no-such-note-1', [new Uint8Array([0, 0])], {})).toEqual({
      status: 'refused',
      code: 'unseeded',
    })
    expect(replica.tree.root()).toBe(before)
    window.close()
  })

  test('Z6 an update that takes too long costs its worker, not the note', async () => {
    let ended = 0
    const stuck = () => {
      const worker = inlineWorker()
      return {
        ...worker,
        post: (message: PoolRequest) => {
          const isHostile = message.tasks.some((task) => task.kind === 'receive' && task.updates[0]?.length === 27)
          if (!isHostile) worker.post(message)
        },
        terminate: () => ended++,
      }
    }
    const b = await vaultHarness(new MemoryStore(), { worker: stuck, limit: 10 })
    closing.push(() => b.close())
    const note = await create(b, 'Mine', 'Text.')
    const replica = await b.service.replica()
    const before = replica.tree.get(note.id)?.hash
    const slow = replica.receive(note.id, [new Uint8Array(27)], {})
    expect(await slow).toEqual({ status: 'refused', code: 'slow' })
    expect(ended).toBeGreaterThan(0)
    expect(replica.tree.get(note.id)?.hash).toBe(before)
    expect((await b.vault.call('check', { repair: false })).ok).toBe(true)
  })

  test('Z7 attachments come with their names; of two at one place both stay', async () => {
    const store = new MemoryStore()
    const attachments = new Attachments(new VaultState({ store, tell: () => {}, now: () => 1 }))
    await attachments.add([{ path: 'pic.png', sha256: 'a'.repeat(64), size: 3 }])
    const bytes = { partial: async () => 0, append: async () => {}, read: async () => null }
    const files = new VaultFiles(attachments, { ...bytes, finish: async ({ size }) => size === 4 })
    const said = (sha: string, label: string, size = 4) => ({ sha256: sha.repeat(64), size, label })
    expect(files.wants(said('a', 'other.png'))).toBe(false)
    expect(['../up', '/abs', 'c:x', 'a\\b', '', 'a//b'].map((path) => files.wants(said('b', path)))).toEqual(
      Array.from({ length: 6 }, () => false),
    )
    expect(files.wants(said('b', 'pic.png'))).toBe(true)
    expect(await files.finish(said('b', 'pic.png'))).toBe(true)
    expect(await files.finish(said('c', 'bad.png', 5))).toBe(false)
    expect(files.list().map(({ label }) => label)).toEqual(['pic 2.png', 'pic.png'])
  })
})
