import * as Y from 'yjs'
import type { NoteId } from '../../core/base/ids.ts'
import { docHash } from '../../crdt/doc-hash.ts'
import type { OpenNoteHooks } from '../open-notes.ts'
import type { VersionKeeper } from './keep-versions.ts'

/** Runs `task` every `ms` milliseconds until the answer is called. */
export type Every = (ms: number, task: () => void) => () => void

type Keeper = Pick<VersionKeeper, 'keep' | 'list' | 'idle'>

/** How often it is looked whether somebody still writes, ms. */
const TICK = 30_000
/** Looks without an edit that make a pause: two minutes. */
const PAUSE = 4
/** Looks after which a version is kept though the writing goes on: ten minutes. */
const LONGEST = 20
/** After opening, before the state is taken that an edit would change: not while the window waits for the note. */
const SETTLE = 500

type Session = {
  readonly doc: Y.Doc
  /** The state that the next edit changes, until it is kept or known to be a version. */
  base: Uint8Array | null
  isBaseKept: boolean
  /** Edited since a version was kept of it, and since the last look. */
  isEdited: boolean
  isTouched: boolean
  quiet: number
  age: number
  stop: (() => void)[]
  takeBase: () => void
}

/**
 * When versions are kept of notes that are open (SPEC.md, K1 and K2). On the way of a keystroke it sets two flags; no
 * clock is read, so that a clock that jumps changes nothing.
 */
export class Sessions implements OpenNoteHooks {
  readonly #keeper: Keeper
  readonly #every: Every
  readonly #open = new Map<NoteId, Session>()
  readonly #work = new Set<Promise<unknown>>()

  constructor(keeper: Keeper, every: Every = everyInterval) {
    this.#keeper = keeper
    this.#every = every
  }

  onOpen(id: NoteId, doc: Y.Doc): void {
    const session: Session = {
      doc,
      base: null,
      isBaseKept: false,
      isEdited: false,
      isTouched: false,
      quiet: 0,
      age: 0,
      stop: [],
      takeBase: () => {
        // The first transaction of a session, before it changes anything; later ones pass at once.
        if (!session.isBaseKept && !session.isEdited && !session.base) session.base = Y.encodeStateAsUpdate(doc)
      },
    }
    this.#open.set(id, session)
    doc.on('beforeTransaction', session.takeBase)
    const stop = this.#every(SETTLE, () => {
      stop()
      this.#run(this.#settle(id, session))
    })
    session.stop.push(stop)
  }

  onUpdate(id: NoteId): void {
    const session = this.#open.get(id)
    if (!session) return
    session.isTouched = true
    if (session.isEdited) return
    session.isEdited = true
    if (session.base && !session.isBaseKept) this.#keepBase(id, session)
    if (session.age === 0 && session.quiet === 0) this.#start(id, session)
  }

  /** What was edited is taken at once; keeping it goes on behind, the note is not held open for it. */
  async onClose(id: NoteId, doc: Y.Doc): Promise<void> {
    const session = this.#open.get(id)
    this.#open.delete(id)
    if (!session) return
    for (const stop of session.stop) stop()
    doc.off('beforeTransaction', session.takeBase)
    if (session.isEdited) this.#run(this.#keeper.keep(id, Y.encodeStateAsUpdate(doc), { reason: 'session' }))
  }

  /** The note is in a state that must be found again: the next edit keeps it first. */
  rebase(id: NoteId): void {
    const session = this.#open.get(id)
    if (!session) return
    session.base = Y.encodeStateAsUpdate(session.doc)
    session.isBaseKept = false
    session.isEdited = false
  }

  /** Keeps what is edited now, such as before the program ends. Settles when everything is kept or failed. */
  async flush(): Promise<void> {
    for (const [id, session] of this.#open) if (session.isEdited) this.#keep(id, session, 'session')
    await this.idle()
  }

  /** Nothing is looked at any more; what is being kept goes on. */
  end(): void {
    for (const { stop } of this.#open.values()) for (const each of stop) each()
    this.#open.clear()
  }

  async idle(): Promise<void> {
    while (this.#work.size > 0) await Promise.all(this.#work)
    await this.#keeper.idle()
  }

  /** Whether the state as opened is a version already is asked behind; where nobody knows, it is taken. */
  async #settle(id: NoteId, session: Session): Promise<void> {
    if (session.isEdited || session.base) return
    const newest = await this.#keeper.list(id).then(
      (versions) => versions.at(-1),
      () => undefined,
    )
    if (session.isEdited || session.base || this.#open.get(id) !== session) return
    // A version of another session of this note, with nothing written since.
    if (newest?.docHash === docHash(session.doc)) session.isBaseKept = true
    else session.base = Y.encodeStateAsUpdate(session.doc)
  }

  #keepBase(id: NoteId, session: Session): void {
    const { base } = session
    session.base = null
    session.isBaseKept = true
    if (base) this.#run(this.#keeper.keep(id, base, { reason: 'session' }))
  }

  #start(id: NoteId, session: Session): void {
    session.age = 1
    const stop = this.#every(TICK, () => {
      session.quiet = session.isTouched ? 0 : session.quiet + 1
      session.isTouched = false
      session.age++
      const isPause = session.quiet >= PAUSE
      if (session.isEdited && (isPause || session.age > LONGEST)) this.#keep(id, session, 'pause')
      if (isPause) {
        stop()
        session.quiet = 0
        session.age = 0
      } else if (session.age > LONGEST) session.age = 1
    })
    session.stop.push(stop)
  }

  #keep(id: NoteId, session: Session, reason: 'pause' | 'session'): void {
    session.isEdited = false
    session.isBaseKept = true
    session.base = null
    const kept = this.#keeper.keep(id, Y.encodeStateAsUpdate(session.doc), { reason }).catch(() => {
      // The disk of the versions fails: the next look tries again.
      session.isEdited = true
      if (this.#open.get(id) === session && session.age === 0) this.#start(id, session)
    })
    this.#run(kept)
  }

  #run(work: Promise<unknown>): void {
    const settled = work.catch(() => {}).finally(() => this.#work.delete(settled))
    this.#work.add(settled)
  }
}

const everyInterval: Every = (ms, task) => {
  const timer = setInterval(task, ms)
  return () => clearInterval(timer)
}
