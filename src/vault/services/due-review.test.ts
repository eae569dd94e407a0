import { afterEach, expect, it } from 'vitest'
import * as Y from 'yjs'
import { noteId } from '../../core/base/ids.ts'
import { readFacts } from '../../core/commitment/facts.ts'
import { readCommitment } from '../../core/commitment/reading.ts'
import { logOf, metaOf, readMeta, updateMeta } from '../../crdt/note-doc.ts'
import { LOCAL } from '../../crdt/origins.ts'
import { MemoryStore } from '../../testing/memory-store.ts'
import { type VaultHarness, vaultHarness } from '../../testing/vault-harness.ts'

const open: VaultHarness[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})

const PAIR = noteId('note-pair-0001')
const TODAY = '2026-03-10'
const DUE = '2026-03-03'
const HEAD = `---
id: note-pair-0001
kind: commitment
due: 2026-06-30
review_every: 2w
rests_on: "[[Ground]]"
---

We try it.
`
const LOG = `
## Log

- 2026-02-17, opened, Ana: Two teams. ^log-1
- 2026-02-20, saw, Bo: It goes. ^log-2
`

/** @param beside what `.throughline/` has of the note */
async function dueVault(text = HEAD + LOG, beside = '{}') {
  const harness = await vaultHarness(new MemoryStore(), { now: () => new Date(`${TODAY}T12:00:00`).getTime() })
  open.push(harness)
  const { call } = harness.vault
  const bytes = new TextEncoder().encode(text)
  await call('importFiles', { files: [{ path: 'Pair.md', bytes, updated: 1, beside }] })
  await harness.importText({ 'Ground.md': '---\nid: note-ground-01\n---\n\nWhy.\n' })
  /** As every view reads it: from the ledger. */
  const review = async () => {
    await call('whenIndexed', {})
    const { items } = await harness.index.call('ledger', {})
    const own = items[0]
    if (!own) return 'not in the ledger'
    const reading = readCommitment(readFacts(own.properties), own.entries, TODAY)
    return reading.review?.isDue ? `${reading.status}, due ${reading.review.on}` : `${reading.status}, not due`
  }
  const markdown = async () => (await call('showMarkdown', { id: PAIR })).markdown
  const takeIn = async (body: string, mirror = true) => {
    const { path } = await call('showMarkdown', { id: PAIR })
    const bytes = new TextEncoder().encode(body)
    await call('importFiles', { files: [{ path, bytes, updated: 2, id: PAIR }], mirror })
  }
  const edit = async (change: (body: string) => string) => takeIn(change(await markdown()))
  const inWindow = async (change: (doc: Y.Doc) => void) => {
    const { doc, stored, close } = await harness.openNote(PAIR)
    change(doc)
    await stored()
    close()
  }
  return { ...harness, call, review, edit, takeIn, markdown, inWindow }
}
type Vault = Awaited<ReturnType<typeof dueVault>>

const fact = (vault: Vault, is: 'add' | 'set', key: string, value: string) =>
  vault.call('editFacts', { id: PAIR, edit: { is, key, value } })
const withProperty = (key: string, value: string) => (body: string) =>
  body.replace(new RegExp(`^${key}: .*\n`, 'm'), '').replace('---\n', `---\n${key}: ${value}\n`)

/** Every way to a note but an entry that answers. */
const DOORS: Readonly<Record<string, (vault: Vault) => Promise<unknown>>> = {
  'a next review that is typed': (v) => fact(v, 'add', 'next_review', '2030-01-01'),
  'a longer cadence': (v) => fact(v, 'set', 'review_every', '3m'),
  'a shorter cadence': (v) => fact(v, 'set', 'review_every', '1d'),
  'a cadence that is none': (v) => fact(v, 'set', 'review_every', '-2w'),
  'no cadence': (v) => v.call('editFacts', { id: PAIR, edit: { is: 'remove', key: 'review_every' } }),
  'a cadence of another name': (v) =>
    v.call('editFacts', { id: PAIR, edit: { is: 'rename', key: 'review_every', to: 'reviewed' } }),
  'a cadence that goes and comes back': async (v) => {
    await fact(v, 'set', 'review_every', '')
    await fact(v, 'set', 'review_every', '6m')
  },
  'another due date': (v) => fact(v, 'set', 'due', '2026-01-01'),
  'another kind': async (v) => {
    await v.call('setKind', { id: PAIR, kind: 'essay' })
    await fact(v, 'set', 'review_every', '1y')
    await v.call('setKind', { id: PAIR, kind: 'commitment' })
  },
  'the trash and back': async (v) => {
    await v.call('trashNote', { id: PAIR })
    await v.call('restoreNote', { id: PAIR })
  },
  'another name': (v) => v.call('renameNote', { id: PAIR, title: 'Trio' }),
  'an entry that answers nothing': async (v) => {
    for (const type of ['saw', 'evidence', 'invited', 'accepted', 'declined'] as const) {
      await v.call('appendLog', { id: PAIR, type, text: 'x', details: { cites: 'none' } })
    }
  },
  'an entry that is withdrawn': (v) => v.call('withdraw', { id: PAIR, entry: 'log-1', reason: 'x', author: '' }),
  'facts in the file': (v) =>
    v.edit((body) =>
      withProperty(
        'next_review',
        '2030-01-01',
      )(withProperty('status', 'kept')(withProperty('review_every', '1y')(body))),
    ),
  'a file without its log': (v) => v.edit((body) => body.slice(0, body.indexOf('## Log'))),
  'a file with another log': (v) => v.edit((body) => body.replace('2026-02-17, opened', '2026-03-10, opened')),
  'a file with a type of entry changed': (v) => v.edit((body) => body.replace('saw, Bo', 'review, Bo')),
  'a file without frontmatter, and the kind again': async (v) => {
    await v.edit((body) => body.slice(body.indexOf('\nWe try')))
    await v.call('setKind', { id: PAIR, kind: 'commitment' })
  },
  'an answer in the file that lies in the future': (v) =>
    v.edit((body) => `${body.trimEnd()}\n- 2030-01-01, review, Bo: Later.\n`),
  'an answer in the file without a day': (v) => v.edit((body) => `${body.trimEnd()}\n- undated, review, Bo: Once.\n`),
  'text that looks like a log': (v) =>
    v.call('appendMarkdown', { id: PAIR, markdown: '## Log\n\n- 2026-03-09, review, Bo: Typed. ^log-9' }),
  'a version of before': async (v) => {
    await v.call('appendLog', { id: PAIR, type: 'saw', text: 'kept before' })
    await v.call('editFacts', { id: PAIR, edit: { is: 'set', key: 'review_every', value: '1y' } })
    const [first] = await v.call('versions', { id: PAIR })
    await v.call('restoreVersion', { id: PAIR, version: first?.id ?? '' })
  },
  'another relation to its ground': (v) =>
    v.call('editRelation', { id: PAIR, word: 'rests_on', target: noteId('note-ground-01'), to: null }),
  'its ground that goes': (v) => v.call('trashNote', { id: noteId('note-ground-01') }),
  'a peer who empties the log': (v) => v.inWindow((doc) => doc.transact(() => logOf(doc).delete(0, logOf(doc).length))),
  'a peer who empties the facts': (v) => v.inWindow((doc) => updateMeta(doc, { properties: [] }, LOCAL)),
  'a peer who writes facts of other kinds': (v) =>
    v.inWindow((doc) => {
      const { properties } = readMeta(doc)
      updateMeta(doc, { properties: [...properties, { key: 'next_review', value: { a: [1] } }] }, LOCAL)
      metaOf(doc).set('aliases', new Y.Map())
      metaOf(doc).set('kind', 7)
      metaOf(doc).set('kind', 'commitment')
    }),
  'a peer who writes what is no entry': (v) =>
    v.inWindow((doc) =>
      logOf(doc).push([
        ...[null, 7, 'review', [], { id: 'log-7' }, { id: 'log-8', type: 'review' }],
        ...[
          { id: 'x'.repeat(99), type: 'review', at: TODAY },
          { id: 'log-9', type: 'Review', at: TODAY },
        ],
        ...[{ id: 'log-10', type: 'review', at: '2999-01-01', details: { next: '9999-12-31' } }],
      ]),
    ),
}

for (const [door, enter] of Object.entries(DOORS)) {
  it(`G16 ${door} clears no review that is due`, async () => {
    const vault = await dueVault()
    expect(await vault.review()).toBe(`in progress, due ${DUE}`)
    await enter(vault)
    expect(await vault.review()).toMatch(/^in progress, due 2026-/)
    // And out to a file, and in again on another computer.
    const { sidecar } = await vault.call('exportPlan', {})
    const [note] = await vault.call('exportNotes', { ids: [PAIR] })
    expect(note?.problem).toBeNull()
    const log = (JSON.parse(sidecar['log.json'] ?? '{}') as { notes?: Record<string, unknown> }).notes?.[PAIR] ?? []
    const there = await dueVault(new TextDecoder().decode(note?.bytes), JSON.stringify({ log }))
    expect(await there.review()).toMatch(/^in progress, due 2026-/)
  })
}
