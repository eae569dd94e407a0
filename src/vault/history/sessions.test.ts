import { beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { type NoteId, noteId } from '../../core/base/ids.ts'
import type { Version } from '../../core/history/version.ts'
import { docHash } from '../../crdt/doc-hash.ts'
import { withDoc } from '../convert/version-tasks.ts'
import type { Wish } from './keep-versions.ts'
import { type Every, Sessions } from './sessions.ts'

const ID = noteId('note-of-sessions')
const MINUTE = 60_000

/** Time that passes when it is told to. */
class Timers {
  #now = 0
  readonly #all = new Set<{ ms: number; at: number; task: () => void }>()

  readonly every: Every = (ms, task) => {
    const timer = { ms, at: this.#now + ms, task }
    this.#all.add(timer)
    return () => this.#all.delete(timer)
  }

  async pass(ms: number): Promise<void> {
    for (const end = this.#now + ms; ; ) {
      const [next] = [...this.#all].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)
      if (!next) {
        this.#now = end
        return
      }
      this.#now = next.at
      next.at += next.ms
      next.task()
      await Promise.resolve()
    }
  }

  get count(): number {
    return this.#all.size
  }
}

/** Keeps the text of each version, and fails while it is told to. */
class Kept {
  readonly all: string[] = []
  readonly versions: Version[] = []
  isFailing = false

  async keep(_id: NoteId, state: Uint8Array, { reason }: Wish): Promise<null> {
    if (this.isFailing) throw new Error('full')
    const [text, hash] = withDoc(state, (doc) => [doc.getText('t').toString(), docHash(doc)])
    if (this.versions.at(-1)?.docHash === hash) return null
    this.all.push(`${reason} ${text}`)
    this.versions.push({ docHash: hash } as Version)
    return null
  }
  async list() {
    return this.versions
  }
  async idle() {}
}

let timers = new Timers()
let kept = new Kept()
let sessions = new Sessions(kept, timers.every)
let doc = new Y.Doc()
const open = (text = 'before') => {
  doc = new Y.Doc()
  doc.getText('t').insert(0, text)
  sessions.onOpen(ID, doc)
  doc.on('update', () => sessions.onUpdate(ID))
}
const write = (text: string) => doc.getText('t').insert(doc.getText('t').length, text)

beforeEach(() => {
  timers = new Timers()
  kept = new Kept()
  sessions = new Sessions(kept, timers.every)
})

describe('K1, K2: when versions are kept, counted in looks', () => {
  it('nothing of a note that is only read', async () => {
    open()
    await timers.pass(60 * MINUTE)
    await sessions.onClose(ID, doc)
    expect(kept.all).toEqual([])
    expect(timers.count).toBe(0)
  })

  it('the state before the first edit, however soon it comes', async () => {
    for (const wait of [0, 100, 700, 10 * MINUTE]) {
      kept = new Kept()
      sessions = new Sessions(kept, timers.every)
      open()
      await timers.pass(wait)
      write(' a')
      write(' b')
      await sessions.idle()
      expect(kept.all).toEqual(['session before'])
      await sessions.onClose(ID, doc)
    }
  })

  it('not twice: the state before is a version already', async () => {
    open()
    await timers.pass(1000)
    write(' a')
    await sessions.onClose(ID, doc)
    await sessions.idle()
    open('before a')
    kept.versions.push({ docHash: docHash(doc) } as Version)
    await timers.pass(1000)
    write(' b')
    await timers.pass(3 * MINUTE)
    expect(kept.all).toEqual(['session before', 'session before a', 'pause before a b'])
  })

  it('after two minutes without an edit, once', async () => {
    open()
    write(' a')
    await timers.pass(MINUTE)
    write(' b')
    await timers.pass(1.9 * MINUTE)
    expect(kept.all).toEqual(['session before'])
    await timers.pass(MINUTE)
    expect(kept.all).toEqual(['session before', 'pause before a b'])
    await timers.pass(60 * MINUTE)
    await sessions.onClose(ID, doc)
    expect(kept.all.length).toBe(2)
  })

  it('every ten minutes of writing without a pause', async () => {
    open('')
    let text = ''
    for (let minute = 0; minute < 60; minute++) {
      write('x')
      text += 'x'
      await timers.pass(MINUTE)
    }
    expect(kept.all.length).toBeGreaterThanOrEqual(6)
    expect(kept.all.length).toBeLessThanOrEqual(8)
    await timers.pass(5 * MINUTE)
    expect(kept.all.at(-1)).toBe(`pause ${text}`)
  })

  it('when the note closes after edits', async () => {
    open()
    write(' a')
    await sessions.onClose(ID, doc)
    doc.destroy()
    await sessions.idle()
    expect(kept.all).toEqual(['session before', 'session before a'])
    expect(timers.count).toBe(0)
  })

  it('when the program leaves while notes are open', async () => {
    open()
    write(' a')
    await sessions.flush()
    await sessions.flush()
    expect(kept.all).toEqual(['session before', 'session before a'])
  })

  it('K4: a disk that fails: the next look tries again', async () => {
    open()
    kept.isFailing = true
    write(' a')
    await timers.pass(3 * MINUTE)
    expect(kept.all).toEqual([])
    kept.isFailing = false
    await timers.pass(3 * MINUTE)
    expect(kept.all).toEqual(['pause before a'])
  })

  it('K8: what a big change left is kept before it is edited on', async () => {
    open()
    await timers.pass(1000)
    write(' changed')
    sessions.rebase(ID)
    await timers.pass(5 * MINUTE)
    write(' and on')
    await sessions.idle()
    expect(kept.all).toEqual(['session before', 'session before changed'])
  })
})
