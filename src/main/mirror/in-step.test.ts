import { EventEmitter } from 'node:events'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { noteId } from '../../core/base/ids.ts'
import { CallError } from '../../ipc/rpc.ts'
import { temporaryFolders } from '../../testing/temporary-folder.ts'
import { HappenedList } from './happened-list.ts'
import { compareAgainIn, InStep } from './in-step.ts'
import type { Known } from './known.ts'
import type { Mirror, OnVanished, RoundEnd } from './round.ts'

const folder = temporaryFolders()
const id = noteId('note-under-test-00001')
let step: InStep | null = null
afterEach(async () => {
  await step?.end(false)
  step = null
})

const DONE: RoundEnd = {
  kind: 'done',
  notes: 1,
  attachments: 0,
  whole: null,
  looked: new Set(),
  wasRead: false,
  wasWritten: false,
  isUnsettled: false,
  problems: [],
}

/** A promise for each thing that happens, in its order. */
class Events<T> {
  readonly #seen: T[] = []
  #waiting: ((value: T) => void) | null = null

  put(value: T): void {
    const waiting = this.#waiting
    if (!waiting) return void this.#seen.push(value)
    this.#waiting = null
    waiting(value)
  }

  next(): Promise<T> {
    const value = this.#seen.shift()
    return value !== undefined ? Promise.resolve(value) : new Promise((resolve) => (this.#waiting = resolve))
  }

  get isEmpty(): boolean {
    return this.#seen.length === 0
  }
}

class Watcher extends EventEmitter {
  close = async () => {}
}

async function begin(parts: { whole?: () => Promise<unknown>; round?: () => Promise<RoundEnd> } = {}) {
  const watcher = new Watcher()
  const root = folder()
  const rounds = new Events<{ answer: OnVanished; known: Known | null }>()
  const round = async (answer: OnVanished, known: Known | null) => {
    rounds.put({ answer, known })
    return (await parts.round?.()) ?? DONE
  }
  step = new InStep({
    folder: root,
    watch: (() => watcher) as never,
    mirror: { round } as unknown as Mirror,
    alone: (work) => work(),
    whole: parts.whole ?? (async () => {}),
    knowsFolder: () => false,
    happened: await HappenedList.open(`${folder()}/happened.json`, () => {}),
    save: async () => {},
    log: { info: () => {}, warn: () => {}, error: () => {} } as never,
    onChanged: () => {},
    onWritten: () => {},
    tell: () => {},
  })
  const touch = (at: string, event = 'change') => watcher.emit('all', event, path.join(root, at))
  return { step, rounds, watcher, touch }
}

test('F21: no round reads a vault whose journal is still being compared with its store', async () => {
  const asked = new Events<true>()
  let release: (() => void) | null = null
  const whole = () => {
    asked.put(true)
    return new Promise<void>((resolve) => (release = resolve))
  }
  const { rounds } = await begin({ whole })
  await asked.next()
  expect(rounds.isEmpty).toBe(true)
  if (release) (release as () => void)()
  expect((await rounds.next()).known).toBeNull()
})

test('F21, F16: after a restart of the vault it is waited for again, and everything is compared', async () => {
  const asked = new Events<true>()
  const { step: running, rounds } = await begin({ whole: async () => asked.put(true) })
  await asked.next()
  expect((await rounds.next()).known).toBeNull()
  running.restarted()
  await asked.next()
  expect((await rounds.next()).known).toBeNull()
})

test('F16: an edit here makes a round over that note; one that could not begin knows it still', async () => {
  let isBusy = false
  const { step: running, rounds } = await begin({
    round: async () => {
      if (!isBusy) return DONE
      isBusy = false
      throw new CallError('busy', 'Copied.')
    },
  })
  expect((await rounds.next()).known).toBeNull()
  isBusy = true
  running.edited({ ids: [id], all: false, folders: false })
  const known = { notes: new Set([id]), paths: new Set(), hasMore: false }
  expect((await rounds.next()).known).toEqual(known)
  expect((await rounds.next()).known).toEqual(known)
})

test('F16: a round that failed, or found something unsettled, is followed by a comparison of everything', async () => {
  let end: 'fails' | 'unsettled' | null = null
  const { step: running, rounds } = await begin({
    round: async () => {
      const now = end
      end = null
      if (now === 'fails') throw new Error('broken')
      return now === 'unsettled' ? { ...DONE, isUnsettled: true } : DONE
    },
  })
  expect((await rounds.next()).known).toBeNull()
  end = 'unsettled'
  running.edited({ ids: [id], all: false, folders: false })
  expect((await rounds.next()).known).not.toBeNull()
  expect((await rounds.next()).known).toBeNull()
})

test('F16: what the watcher tells of makes a round over it; a folder, its beginning and its failing one over everything', async () => {
  const { rounds, watcher, touch } = await begin()
  expect((await rounds.next()).known).toBeNull()
  touch('a.md')
  touch('Sub/b.md', 'add')
  expect((await rounds.next()).known?.paths).toEqual(new Set(['a.md', 'Sub/b.md']))
  touch('Sub', 'unlinkDir')
  expect((await rounds.next()).known).toBeNull()
  watcher.emit('ready')
  expect((await rounds.next()).known).toBeNull()
})

test('F3, F16: a storm is one round over everything', async () => {
  const { rounds, touch } = await begin()
  expect((await rounds.next()).known).toBeNull()
  for (let i = 0; i < 5000; i++) touch(`${i}.md`)
  expect((await rounds.next()).known).toBeNull()
  expect(rounds.isEmpty).toBe(true)
})

test('F9, F16: while it waits for an answer, only a comparison of everything goes on', async () => {
  let end: RoundEnd = { kind: 'ask', gone: 3, total: 6 }
  const { step: running, rounds, touch } = await begin({ round: async () => end })
  expect((await rounds.next()).known).toBeNull()
  touch('a.md')
  expect((await rounds.next()).known).toBeNull()
  end = DONE
  void running.answer('trash')
  expect(await rounds.next()).toEqual({ answer: 'trash', known: null })
})

test('F16: everything is compared again after five minutes, later where it took more than a second', () => {
  const minutes = 60_000
  expect([0, 100, 1000, 2000, 10_000].map(compareAgainIn)).toEqual([5, 5, 5, 10, 50].map((each) => each * minutes))
})
