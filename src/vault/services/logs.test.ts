import { afterEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { noteId } from '../../core/base/ids.ts'
import { parseMarkdown } from '../../core/markdown/parse.ts'
import { rootOf, writeSource } from '../../crdt/note-doc.ts'
import { appendEntries, readLog } from '../../crdt/note-log.ts'
import { putPin, readPins } from '../../crdt/note-pins.ts'
import { LOCAL } from '../../crdt/origins.ts'
import { appendTree } from '../../editor/convert/append-tree.ts'
import { replaceTree } from '../../editor/convert/replace-tree.ts'
import { MemoryStore } from '../../testing/memory-store.ts'
import { type VaultHarness, vaultHarness } from '../../testing/vault-harness.ts'
import { sourceCodec } from '../codec.ts'
import { adoptableLog } from '../convert/note-log.ts'

const PATH = 'Commitments/Pair.md'
const NOTE = `---
id: note-pair-0001
kind: commitment
status: in progress
due: 2026-12-04
---

We try it with [[Mara]].

## Log

- 2026-10-23, opened, Mara: Two teams, six weeks. ^log-2026-10-23
- 2026-10-29, saw, Jonas: Seven hours, cited [[Table one]]. ^log-2026-10-29
`

const bytesOf = (text: string) => new TextEncoder().encode(text)
const open: VaultHarness[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})

async function vaultWith(text: string | null, extra: { id?: string; beside?: string } = {}) {
  const harness = await vaultHarness(new MemoryStore(), extra.id === undefined ? {} : { id: extra.id })
  open.push(harness)
  const file = async (source: string, beside?: string) => {
    const [reply] = await harness.vault.call('importFiles', {
      files: [{ path: PATH, bytes: bytesOf(source), updated: 1, ...(beside === undefined ? {} : { beside }) }],
    })
    await harness.vault.call('importEnd', {})
    if (!reply) throw new Error('no reply')
    return reply
  }
  const id = text === null ? noteId('note-pair-0001') : (await file(text, extra.beside)).id
  const markdown = async () => {
    const [note] = await harness.vault.call('exportNotes', { ids: [id] })
    expect(note?.problem).toBeNull()
    return new TextDecoder().decode(note?.bytes)
  }
  const log = async () => (await harness.vault.call('noteLog', { id })).entries
  return { ...harness, id, file, markdown, log }
}

describe('logs of a vault', () => {
  it('G8, M1: a log comes in as entries, and goes out to the byte', async () => {
    const vault = await vaultWith(NOTE)
    expect((await vault.log()).map(({ id, type, author }) => [id, type, author])).toEqual([
      ['log-2026-10-23', 'opened', 'Mara'],
      ['log-2026-10-29', 'saw', 'Jonas'],
    ])
    expect(await vault.markdown()).toBe(NOTE)
    // G13: what the log says is the status, as it is printed.
    const { properties } = await vault.vault.call('note', { id: vault.id })
    expect(properties.map(({ key }) => key)).toEqual(['status', 'due'])
  })

  it('a log is found by its words, and its links are links', async () => {
    const vault = await vaultWith(NOTE)
    const links = await vault.index.call('outlinks', { id: vault.id })
    expect(links).toHaveLength(2)
  })

  it('G12, M2: an entry adds its line and the status that follows from it', async () => {
    const vault = await vaultWith(NOTE)
    const answer = await vault.vault.call('appendLog', {
      id: vault.id,
      type: 'kept',
      text: 'Done,  *all* of it.\n',
      author: 'Ana',
    })
    expect(answer).toMatchObject({ log: 3, status: 'kept', twice: false })
    const day = new Date(1_700_000_000_000)
    const shown = [day.getFullYear(), day.getMonth() + 1, day.getDate()]
      .map((part) => String(part).padStart(2, '0'))
      .join('-')
    expect(await vault.markdown()).toBe(
      `${NOTE.replace('status: in progress', 'status: kept')}- ${shown}, kept, Ana: Done,  *all* of it. ^${answer.entry}\n`,
    )
    await expect(vault.vault.call('appendLog', { id: vault.id, type: 'cheered', text: 'x' })).rejects.toThrow('cheered')
    await expect(vault.vault.call('appendLog', { id: vault.id, type: 'saw', text: ' ' })).rejects.toThrow()
  })

  it('G9, M8: an item added to the file is an entry, and the same file again changes nothing', async () => {
    const vault = await vaultWith(NOTE)
    const edited = `${NOTE}- 2026-11-01, review: Proceed.\n`
    expect(await vault.file(edited)).toMatchObject({ status: 'updated', log: { added: 1, altered: 0, missing: 0 } })
    expect((await vault.log()).at(-1)).toMatchObject({ type: 'review', text: 'Proceed.', sees: ['log-2026-10-29'] })
    expect(await vault.file(edited)).toMatchObject({ status: 'unchanged' })
    expect(await vault.markdown()).toBe(edited)
  })

  it('G10: an altered and a missing item are told, and are set right', async () => {
    const vault = await vaultWith(NOTE)
    const edited = NOTE.replace(/- 2026-10-29.*\n/, '')
      .replace('Two teams', 'Ten teams')
      .replace('We try', 'We tried')
    expect(await vault.file(edited)).toMatchObject({ status: 'updated', log: { added: 0, altered: 1, missing: 1 } })
    expect(await vault.markdown()).toBe(NOTE.replace('We try', 'We tried'))
  })

  it('G6: what was appended here and what was added in the file meanwhile both stay', async () => {
    const vault = await vaultWith(NOTE)
    const { entry } = await vault.vault.call('appendLog', { id: vault.id, type: 'saw', text: 'Here.' })
    await vault.file(`${NOTE}- 2026-11-01, saw: There.\n`)
    const log = await vault.log()
    expect(log).toHaveLength(4)
    const markdown = await vault.markdown()
    expect(markdown).toContain(`Here. ^${entry}\n`)
    expect(markdown).toContain('There.')
    for (const line of NOTE.split('\n')) expect(markdown).toContain(line)
  })

  it('M3: log, pins and trails of an export are those of the vault', async () => {
    const vault = await vaultWith(NOTE)
    await vault.vault.call('appendLog', { id: vault.id, type: 'review', text: 'Proceed.', author: 'a: b' })
    const pin = {
      id: 'pin-1',
      word: 'rests_on',
      target: 'note-other-01',
      anchor: '',
      quote: 'words',
      before: '',
      after: '',
      hash: 'ab',
      version: 'cd',
      from: 'AA==',
      to: 'AQ==',
      at: '2026-01-01',
    }
    const note = await vault.openNote(vault.id)
    putPin(note.doc, pin, LOCAL)
    await note.stored()
    note.close()
    const trail = {
      id: 'trail-1',
      name: 'A walk',
      stops: [{ id: 's1', note: vault.id, seen: 'ab', words: 'look', place: 1 }],
    }
    await vault.vault.call('importTrails', { trails: JSON.stringify({ version: 1, trails: [trail] }) })

    const { sidecar } = await vault.vault.call('exportPlan', {})
    expect(JSON.parse(sidecar['trails.json'] ?? '')).toEqual({ version: 1, trails: [trail] })
    const logs = JSON.parse(sidecar['log.json'] ?? '').notes[vault.id]
    const pins = JSON.parse(sidecar['pins.json'] ?? '').pins
    expect(pins).toEqual([{ note: vault.id, ...pin }])

    const markdown = await vault.markdown()
    const other = await vaultWith(markdown, { id: 'another-vault', beside: JSON.stringify({ log: logs, pins }) })
    await other.vault.call('importTrails', { trails: sidecar['trails.json'] ?? '' })
    expect(await other.log()).toEqual(await vault.log())
    expect(await other.markdown()).toBe(markdown)
    const again = await other.openNote(other.id)
    expect(readPins(again.doc)).toEqual([pin])
    again.close()
    expect((await other.vault.call('exportPlan', {})).sidecar).toMatchObject(
      Object.fromEntries(['log.json', 'pins.json', 'trails.json'].map((name) => [name, sidecar[name]])),
    )
  })

  it('a commitment written with a log has it as entries, and one without has none', async () => {
    const { vault } = await vaultWith(null)
    const made = await vault.call('createNote', {
      title: 'New',
      kind: 'commitment',
      markdown: 'Text\n\n## Log\n\n- 2026-01-01 began\n',
    })
    expect(await vault.call('noteLog', { id: made.id })).toMatchObject({ log: 1, status: 'considering' })
    const { markdown } = await vault.call('showMarkdown', { id: made.id })
    expect(markdown).toMatch(/## Log\n\n- 2026-01-01, saw: began \^log-[0-9a-f]{16}\n$/)
    const bare = await vault.call('createNote', { title: 'Bare', kind: 'essay' })
    await vault.call('appendLog', { id: bare.id, type: 'opened', text: 'First.' })
    expect((await vault.call('showMarkdown', { id: bare.id })).markdown).toContain('## Log\n\n- ')
    expect((await vault.call('exportPlan', {})).notes).toHaveLength(2)
  })
})

describe('notes that were taken in before logs were read', () => {
  /** As the former version left it: the list is text, and stands in the source as well. */
  async function former() {
    const vault = await vaultWith('---\nid: note-pair-0001\nkind: commitment\n---\n\nText.\n')
    const note = await vault.openNote(vault.id)
    const { blocks } = parseMarkdown(LIST)
    note.doc.transact(() => {
      appendTree(rootOf(note.doc), blocks)
      writeSource(note.doc, bytesOf(`---\nid: note-pair-0001\nkind: commitment\n---\n\nText.\n\n${LIST}`), sourceCodec)
    }, LOCAL)
    await note.stored()
    note.close()
    return vault
  }
  const LIST = '## Log\n\n- 2026-01-01, opened: began ^log-a\n- 2026-01-02, saw: rain ^log-b\n'

  it('G12: the list goes out as it is, and the first entry takes it over, once', async () => {
    const vault = await former()
    const before = await vault.markdown()
    expect(before).toContain(`Text.\n\n${LIST}`)
    expect(await vault.log()).toEqual([])
    await vault.vault.call('appendLog', { id: vault.id, type: 'kept', text: 'Done.' })
    expect((await vault.log()).map(({ id }) => id).slice(0, 2)).toEqual(['log-a', 'log-b'])
    const after = await vault.markdown()
    expect(after).toContain(LIST)
    expect(after.match(/## Log/g)).toHaveLength(1)
  })

  it('G12: two peers who take it over offline have each entry once', async () => {
    const vault = await former()
    const note = await vault.openNote(vault.id)
    const peers = [new Y.Doc(), new Y.Doc()] as const
    for (const doc of peers) {
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(note.doc))
      const adopted = adoptableLog(doc)
      if (!adopted) throw new Error('nothing to take over')
      replaceTree(rootOf(doc), adopted.tree)
      appendEntries(doc, adopted.entries, LOCAL)
    }
    const [a, b] = peers
    Y.applyUpdate(a, Y.encodeStateAsUpdate(b))
    Y.applyUpdate(b, Y.encodeStateAsUpdate(a))
    for (const doc of peers) {
      expect(readLog(doc).map(({ id }) => id)).toEqual(['log-a', 'log-b'])
      expect(adoptableLog(doc)).toBeNull()
    }
    note.close()
  })
})
