import type { Disposer } from '../../core/base/disposable.ts'
import { type Arrived, type Inbox, LANE, type Outbox } from './lanes.ts'
import {
  type Conflict,
  type Given,
  type Hash32,
  MAX_DOCS,
  type Received,
  type SyncEnd,
  type SyncStore,
} from './port.ts'
import { type Pull, PullQueue, RANK, type Want, Wants } from './wants.ts'
import type { HeadSaid, Message } from './wire.ts'

/** Docs asked for and not answered: enough that a transaction of the store can be full. */
export const MAX_PULLS = 512
/** Bytes of live updates that wait; what does not fit is told by its hash and fetched. */
const MAX_LIVE = 1024 * 1024
const HEADS = 480
/** Claims of something new that brought nothing, before whoever makes them is cut off. */
const MAX_FRUITLESS = 2_000
const FAILED: Received = { status: 'failed' }
/** Of a doc that holds nothing. */
const NOTHING = new Uint8Array([0])

type Of<K extends Message['kind']> = Message & { readonly kind: K }

export type DocParts = {
  readonly store: SyncStore
  readonly outbox: Outbox
  readonly inbox: Inbox
  /** The session: what it carries in is not carried back. */
  readonly origin: object
  readonly end: (reason: SyncEnd, id?: string) => void
  /** Something that is shown or decided by has changed. */
  readonly changed: () => void
  readonly conflict: (conflict: Conflict) => void
  readonly isOpenThere: (id: string) => boolean
}

/**
 * The docs of one session: what differs, what is asked for, given, taken and told while it changes (rules Y8 to Y16).
 * Each side fetches what it lacks; who was given to is heard by `got`.
 */
export class DocExchange {
  readonly wants: Wants
  /** The other's root as last heard; null since it said that it changed. */
  theirRoot: Hash32 | null = null
  /** Docs of a schema that this side does not read: stored and given on as they are. */
  readonly newer = new Set<string>()
  readonly #parts: DocParts
  readonly #stops: Disposer[]
  readonly #queue = new PullQueue()
  readonly #pulls = new Map<number, Pull>()
  /** Of the docs that are asked for. */
  readonly #pulling = new Set<string>()
  readonly #applying = new Map<string, number>()
  #lastNumber = 0
  #live: { readonly id: string; readonly update: Uint8Array }[] = []
  #liveBytes = 0
  readonly #heads = new Set<string>()
  #rootSent: Hash32 | null = null
  /** Docs that were fetched and brought nothing, which each may do once: it was older there. */
  readonly #barren = new Set<string>()
  #fruitless = 0
  #greeted = false
  #open = true

  constructor(parts: DocParts) {
    const { store, outbox } = parts
    this.#parts = parts
    this.wants = new Wants((id) => store.tree.get(id)?.hash ?? null)
    outbox.feed(LANE.live, () => this.#nextLive())
    this.#stops = [
      store.onChanged(({ id, update, origin }) => {
        if (origin !== parts.origin) this.#tell(id, update)
        parts.changed()
      }),
      store.tree.onChange(({ id, before }) => {
        this.#heads.add(id)
        // Who was equal until now has what was here before; who was not says so by what it answers.
        if (this.#greeted) this.#consider(this.wants.take(id, before))
        parts.changed()
      }),
      store.onSettled((id) => this.#again(id)),
    ]
  }

  /** Everything that changed here was told, and has a hash. */
  get isSettled(): boolean {
    return this.#parts.store.unsettledCount === 0 && this.#live.length === 0 && this.#heads.size === 0
  }

  /** Nothing is asked for and not answered. */
  get isIdle(): boolean {
    return this.#pulls.size === 0 && this.#applying.size === 0 && this.#queue.size === 0 && this.#pulling.size === 0
  }

  /** From here on what changes is told. `root`: the one that was said in the greeting, where it stood for all. */
  greeted(root: Hash32 | null): void {
    this.#greeted = true
    this.#rootSent = root
    this.#parts.changed()
  }

  close(): void {
    this.#open = false
    for (const stop of this.#stops) stop()
  }

  /** Found by comparing, or told. */
  differs({ id, hash, updated }: HeadSaid, rank: number = RANK.rest): void {
    const want = this.#want(id, hash)
    if (!want) return
    this.wants.tell(want, hash)
    want.rank = Math.min(want.rank, rank)
    want.updated = updated
    this.#consider(want)
  }

  heads({ first, items }: Of<'heads'>): void {
    const { store, outbox } = this.#parts
    if (!first) this.theirRoot = null
    for (const item of items) {
      if (!this.#open) return
      const mine = store.tree.get(item.id)?.hash ?? null
      this.differs(item, first ? RANK.recent : RANK.rest)
      // They may think that we have another one: it was the same before either of us began to tell.
      if (!first && mine !== null && mine === item.hash)
        outbox.send(LANE.control, { kind: 'got', id: item.id, at: mine, now: mine })
    }
    this.#parts.changed()
  }

  got({ id, at, now }: Of<'got'>): void {
    const mine = this.#parts.store.tree.get(id)?.hash ?? null
    if (!this.wants.get(id) && now === mine) return
    const want = this.#want(id, now)
    if (!want) return
    this.wants.tell(want, now)
    want.got = { at, now }
    this.#consider(want)
    this.#parts.changed()
  }

  /** Null: the other side speaks of what no vault has, and the session has ended. */
  #want(id: string, theirs: Hash32 | null): Want | null {
    const { store, end } = this.#parts
    if (store.accepts(id) === 'never') end('malformed', id)
    else if (this.wants.size >= MAX_DOCS) end('flood')
    return this.#open ? this.wants.take(id, theirs) : null
  }

  give({ number, given }: Of<'give'>, arrived: Arrived): void {
    const { inbox, end } = this.#parts
    const pull = this.#pulls.get(number)
    if (!pull) {
      end('wrong-order')
      return
    }
    this.#pulls.delete(number)
    const { id, isWhole } = pull
    // Equal since it was asked for: what else there is will be told.
    const mine = this.#parts.store.tree.get(id)?.hash ?? null
    const want = this.wants.get(id) ?? this.wants.take(id, mine)
    // The answer may be older than what was told while it was on its way.
    const isOld = want.toldAt > pull.askedAt
    if (given && !isOld) want.theirs = given.hash
    if (!given) {
      // They have nothing to give of it, whatever they said: asking again would change nothing.
      if (!isOld) want.pulled = want.theirs
      want.lacks = false
      inbox.done(arrived)
      this.#settle(id)
    } else if (isWhole) {
      void this.#look(id, given, arrived)
    } else {
      void this.#take(id, given, arrived)
    }
    this.#fill()
  }

  async live({ id, update }: Of<'live'>, arrived: Arrived): Promise<void> {
    const { store, end, inbox, origin } = this.#parts
    this.theirRoot = null
    const accepted = store.accepts(id)
    if (accepted === 'never') return end('malformed', id)
    this.#parts.changed()
    this.#begin(id)
    const received = await store.receive(id, [update], origin).catch(() => FAILED)
    inbox.done(arrived)
    this.#ended(id)
    if (!this.#open) return
    if (received.status === 'applied' && received.changed) this.#isFruitless(id, true)
    if (received.status === 'refused') {
      if (received.code !== 'incomplete' && received.code !== 'holds-back') return end('refused', id)
      // What it builds on has not come yet: the whole difference is fetched instead.
      const want = this.wants.take(id, store.tree.get(id)?.hash ?? null)
      want.lacks = received.code === 'incomplete'
    }
    this.#again(id)
  }

  /** This side's own disk failed and works again, or the person let something in. */
  retry(): void {
    for (const id of [...this.wants.ids()]) this.#again(id)
  }

  /** What is open goes before what is not. */
  prefer(ids: Iterable<string>): void {
    for (const id of ids) {
      const want = this.wants.get(id)
      if (!want) continue
      want.rank = Math.min(want.rank, RANK.open)
      this.#consider(want)
    }
  }

  async #take(id: string, given: Given, arrived: Arrived): Promise<void> {
    const { store, origin, outbox, inbox, end } = this.#parts
    const before = this.wants.get(id)
    this.#begin(id)
    const received = await store.receive(id, [given.update], origin, before?.updated).catch(() => FAILED)
    inbox.done(arrived)
    this.#ended(id)
    if (!this.#open) return
    if (received.status === 'refused' && received.code !== 'holds-back') return end('refused', id)
    const want = this.wants.get(id) ?? this.wants.take(id, store.tree.get(id)?.hash ?? null)
    if (received.status === 'applied') {
      if (received.newer) this.newer.add(id)
      want.pulled = given.hash
      want.lacks = false
      if (this.#isFruitless(id, received.changed)) return end('false-hash', id)
      // Told by this answer, so that it need not be told again.
      if (store.tree.get(id)?.hash === received.hash) this.#heads.delete(id)
      // Edited again meanwhile, and told: the answer must not say less.
      const now = store.unsettled(id) ? received.hash : (store.tree.get(id)?.hash ?? received.hash)
      outbox.send(LANE.control, { kind: 'got', id, at: given.hash, now })
    } else if (received.status === 'gone') want.aside = 'gone'
    this.#pulling.delete(id)
    // A disk that failed, and what the person is asked about, is not asked for again by itself.
    if (received.status === 'applied' || received.status === 'gone') this.#settle(id)
    this.#parts.changed()
  }

  /** A state that has our vector and another content (rule Y16): looked at, put aside, never applied. */
  async #look(id: string, given: Given, arrived: Arrived): Promise<void> {
    const { store, inbox, end, conflict } = this.#parts
    const hash = await store.hashOf(id, given.update).catch(() => null)
    inbox.done(arrived)
    this.#pulling.delete(id)
    if (!this.#open) return
    if (hash !== given.hash) return end('false-hash', id)
    const want = this.wants.get(id)
    const mine = store.tree.get(id)?.hash
    if (!want || mine === undefined) return
    if (want.theirs === given.hash && this.#isConflict(want)) {
      this.wants.putAside(want, mine)
      conflict({ id, mine, theirs: given.hash, update: given.update })
    } else this.#consider(want)
    this.#parts.changed()
  }

  /** True: too many claims in a row of docs that had brought nothing before brought nothing again. */
  #isFruitless(id: string, changed: boolean): boolean {
    if (changed) this.#barren.clear()
    if (changed) this.#fruitless = 0
    else if (this.#barren.has(id)) this.#fruitless++
    else this.#barren.add(id)
    return this.#fruitless > MAX_FRUITLESS
  }

  #begin(id: string): void {
    this.#applying.set(id, (this.#applying.get(id) ?? 0) + 1)
  }

  #ended(id: string): void {
    const left = (this.#applying.get(id) ?? 1) - 1
    if (left > 0) this.#applying.set(id, left)
    else this.#applying.delete(id)
  }

  #settle(id: string): void {
    this.#pulling.delete(id)
    this.#again(id)
  }

  #again(id: string): void {
    const want = this.wants.get(id)
    if (want) this.#consider(want)
    this.#parts.changed()
  }

  #consider(want: Want): void {
    const { store } = this.#parts
    if (!this.#open || this.wants.weigh(want)) return
    const { id } = want
    // Its hash is about to be another one: it is looked at again when it is.
    if (this.#applying.has(id) || this.#pulling.has(id) || store.unsettled(id)) return
    if (want.needsGet) {
      const isOpen = this.#parts.isOpenThere(id) || store.openIds().includes(id)
      const rank = id === store.vaultDoc ? RANK.vault : isOpen ? RANK.open : want.rank
      this.#queue.push({ id, rank, updated: want.updated })
      this.#fill()
    } else if (this.#isConflict(want)) this.#pull(id, true)
  }

  /** Both have all of the other's, and still they are not the same: one clientID wrote two different things. */
  #isConflict({ id, theirs, pulled, got, aside }: Want): boolean {
    const mine = this.#parts.store.tree.get(id)?.hash
    if (mine === undefined || theirs === null || aside !== null || mine === theirs) return false
    return pulled === theirs && got?.at === mine && got.now === theirs
  }

  #fill(): void {
    const { store, end } = this.#parts
    while (this.#open && this.#pulls.size < MAX_PULLS) {
      const place = this.#queue.pop()
      if (!place) return
      const want = this.wants.get(place.id)
      if (!want?.needsGet || this.#pulling.has(place.id) || this.#applying.has(place.id)) continue
      const accepted = store.accepts(place.id)
      if (accepted === 'never') {
        end('malformed', place.id)
        return
      }
      if (accepted === 'gone') {
        want.aside = 'gone'
        this.wants.weigh(want)
      } else this.#pull(place.id, false)
    }
  }

  #pull(id: string, isWhole: boolean): void {
    const { store, outbox } = this.#parts
    const number = ++this.#lastNumber
    this.#pulls.set(number, { id, isWhole, askedAt: this.wants.tells })
    this.#pulling.add(id)
    const ask = (vector: Uint8Array | null) => {
      if (this.#open) outbox.send(LANE.control, { kind: 'pull', number, id, vector })
    }
    if (isWhole) {
      ask(null)
      return
    }
    if (!store.tree.get(id)) {
      ask(NOTHING)
      return
    }
    store.stateVector(id).then(
      (vector) => ask(vector ?? NOTHING),
      () => {
        // A doc that cannot be read is this side's trouble: it is left as it is until it can.
        this.#pulls.delete(number)
        this.#pulling.delete(id)
      },
    )
  }

  /** To whoever is thought to have what it builds on; the others hear of it by its hash. */
  #tell(id: string, update: Uint8Array): void {
    const want = this.wants.get(id)
    const lacks = want?.needsGive === true && !this.#parts.isOpenThere(id)
    if (!this.#greeted || lacks || this.#liveBytes + update.length > MAX_LIVE) return
    this.#live.push({ id, update })
    this.#liveBytes += update.length
  }

  #nextLive(): Message | null {
    if (!this.#greeted) return null
    const next = this.#live.shift()
    if (next) {
      this.#liveBytes -= next.update.length
      this.#rootSent = null
      return { kind: 'live', ...next }
    }
    if (this.#heads.size > 0) return this.#nextHeads()
    const root = this.#parts.store.tree.root()
    if (!this.isSettled || this.#rootSent === root) return null
    this.#rootSent = root
    queueMicrotask(() => this.#parts.changed())
    return { kind: 'root', root }
  }

  #nextHeads(): Message {
    const { tree } = this.#parts.store
    const items: HeadSaid[] = []
    for (const id of this.#heads) {
      if (items.length >= HEADS) break
      this.#heads.delete(id)
      const head = tree.get(id)
      items.push({ id, hash: head?.hash ?? null, updated: head?.updated ?? 0 })
    }
    this.#rootSent = null
    return { kind: 'heads', first: false, items }
  }
}
