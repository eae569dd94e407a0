import { stat } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { type NoteId, noteId } from '../core/base/ids.ts'
import type { Tree } from '../core/markdown/tree.ts'
import { rootOf } from '../crdt/note-doc.ts'
import { seedNote } from '../editor/convert/seed-note.ts'
import { VersionStore } from '../main/versions/version-store.ts'
import { versionFacts } from '../vault/convert/version-tasks.ts'
import { createRandom } from './random.ts'
import { temporaryFolders } from './temporary-folder.ts'

/** Milliseconds of this program's own work: other programs on the machine do not count. */
const spent = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

const folder = temporaryFolders()
const MINUTE = 60_000
const WORDS =
  'the of and to in is that for it as was with be by on not he his but at are this have from or had an they which one you were all her she there would their we him been has when who will no more if out so up said what its about than into them can only other time new some could these two may first then do'.split(
    ' ',
  )

function newNote(words: number, seed: number): Y.Doc {
  const random = createRandom(seed)
  const tree: Tree = Array.from({ length: Math.ceil(words / 80) }, () => ({
    type: 'paragraph' as const,
    children: [
      { type: 'text' as const, text: Array.from({ length: 80 }, () => random.pick(WORDS)).join(' '), marks: 0 },
    ],
  }))
  const meta = {
    title: 'A note',
    kind: 'essay',
    created: '',
    folderId: null,
    file: '',
    aliases: [],
    formerTitles: [],
    tags: [],
    properties: [],
    trashed: false,
  } as const
  const doc = new Y.Doc()
  seedNote(doc, { meta, tree, clientId: seed })
  return doc
}

/** Types a word, key by key, where the caret is; now and then some of it is taken back or the caret goes elsewhere. */
function writer(doc: Y.Doc, seed: number) {
  const random = createRandom(seed)
  let text: Y.XmlText | null = null
  let at = 0
  return () => {
    if (!text || random.chance(0.02)) {
      const root = rootOf(doc)
      text = (root.get(random.below(root.length)) as Y.XmlElement).get(0) as Y.XmlText
      at = random.below(text.length)
    }
    if (at > 12 && random.chance(0.1)) {
      for (let times = 0; times < 6; times++) text.delete(--at, 1)
    }
    for (const key of ` ${random.pick(WORDS)}`) text.insert(at++, key)
  }
}

async function day(notes: number) {
  const place = folder()
  let now = Date.UTC(2026, 10, 22, 9)
  const store = new VersionStore(place, { now: () => now })
  const docs = Array.from({ length: notes }, (_, at) => {
    const doc = newNote(2_000, at + 1)
    return {
      id: noteId(`note-of-the-day-${at}`) as NoteId,
      doc,
      write: writer(doc, at + 100),
      before: null as Uint8Array | null,
    }
  })
  let kept = 0
  let encode = 0
  let task = 0
  let write = 0
  const keep = async (note: (typeof docs)[number]) => {
    const start = spent()
    const state = Y.encodeStateAsUpdate(note.doc)
    const encoded = spent()
    const {
      text: _text,
      isEmpty: _isEmpty,
      ...facts
    } = versionFacts({ kind: 'version', state, before: note.before, withText: false })
    const done = spent()
    const version = {
      ...facts,
      id: `version-${kept++}`,
      at: now,
      reason: 'pause' as const,
      name: null,
      change: null,
      pins: [],
      attachments: [],
    }
    await store.calls.putVersion({ id: note.id, version: { ...version, clocks: { ...facts.clocks } }, state }, [])
    encode += encoded - start
    task += done - encoded
    write += spent() - done
    note.before = state
  }
  // Three hours, 3,000 words, a version each ten minutes and at a pause each half hour; the notes in turn.
  for (const note of docs) await keep(note)
  for (let minute = 0; minute < 180; minute++) {
    const note = docs[Math.floor((minute * notes) / 180)] as (typeof docs)[number]
    for (let word = 0; word < 3000 / 180; word++) note.write()
    now += MINUTE
    if (minute % 10 === 9 || minute % 30 === 24) await keep(note)
  }
  await store.idle()
  let bytes = 0
  for (const { id } of docs) bytes += (await stat(path.join(place, `${id}.versions`))).size
  return { kept, bytes, encode: encode / kept, task: task / kept, write: write / kept }
}

it('a day of writing costs kilobytes, and a version milliseconds', async () => {
  for (const notes of [1, 10]) {
    const { kept, bytes, encode, task, write } = await day(notes)
    const line = `${notes} notes: ${kept} versions, ${Math.round(bytes / 1024)} kB, ${encode.toFixed(2)} + ${task.toFixed(1)} + ${write.toFixed(1)} ms`
    if (process.env.SHOW_COST) console.log(line)
    // Five times what is measured (main/versions/README.md) is another format.
    expect(bytes / kept).toBeLessThan(40 * 1024)
    expect(task).toBeLessThan(1_000)
  }
})
