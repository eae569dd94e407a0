import { $getRoot } from 'lexical'
import * as Y from 'yjs'
import type { Tree } from '../core/markdown/tree.ts'
import { acceptOffer, type Offer, readOffers } from '../crdt/losses/offers.ts'
import { $compareBlocks } from '../editor/session/compare.ts'
import { PROFILES } from './convergence-block-ops.ts'
import { CharacterModel, type Step } from './convergence-model.ts'
import { type Op, type Profile, typeOn, type as typeOp } from './convergence-ops.ts'
import {
  blocksOf,
  containersOf,
  createPeer,
  type Peer,
  seedTree,
  seedUpdate,
  tableOf,
  viewMarks,
  viewText,
  viewTree,
} from './convergence-peers.ts'
import { createRandom, type Random } from './random.ts'

/**
 * For the record of a run, in characters: documented losses that were met, what the ledgers offered for them, what
 * of them nobody was offered, and what was offered besides; and how often Lexical or the binding threw.
 */
export type Excuses = {
  lost: number
  doubled: number
  resurrected: number
  threw: number
  offered: number
  missed: number
  besides: number
  /** Put back by themselves. */
  mended: number
  /** Characters that lack a mark that was put on them. */
  unmarked: number
  /** Offers that only another peer than the first one had. */
  elsewhere: number
}
export const NO_EXCUSES: Excuses = {
  lost: 0,
  doubled: 0,
  resurrected: 0,
  threw: 0,
  offered: 0,
  missed: 0,
  besides: 0,
  mended: 0,
  unmarked: 0,
  elsewhere: 0,
}

export type RunOptions = { readonly profile: Profile; readonly seed: number; readonly density?: Density }

/**
 * `extreme`: three paragraphs of 8 characters, 6 rounds in which each of 2 to 4 peers makes 1 to 3 edits, and what was
 * written arrives from each by itself, late, in bulk and twice.
 * `realistic`: 6 to 10 paragraphs of 60 to 140 characters, 2 or 3 people who press 24 keys each, sentence by sentence,
 * and do something else than typing every 12 keys. A relay passes on what was written in the order in which it came;
 * each of them sends and receives after 1 to 12 keys (0.2 to 2.4 s), now and then after 20 to 40.
 */
export type Density = 'extreme' | 'realistic'
export type RunReport = { readonly problems: readonly string[]; readonly steps: number; readonly excuses: Excuses }

const KEYS = 24
const ROUNDS = 6

/** A few peers edit one note through the real binding. The same seed makes the same run. */
export async function runConvergence({ profile, seed, density = 'extreme' }: RunOptions): Promise<RunReport> {
  const random = createRandom(seed)
  const run = new Run(profile, random, density)
  try {
    if (density === 'realistic') for (let key = 0; key < KEYS && run.problems.length === 0; key++) await run.key()
    else
      for (let round = 0; round < ROUNDS && run.problems.length === 0; round++) {
        run.edit()
        await run.settle(false)
      }
    await run.settle(true)
    await run.judge()
  } finally {
    run.dispose()
  }
  return { problems: run.problems, steps: run.steps, excuses: run.excuses }
}

const TAKEN = Symbol('an offer was taken')

/** How many steps take something back; of people who write, how many of those that are no typing. */
const UNDONE = { extreme: { undo: 0.3, mixed: 0.05 }, realistic: { undo: 0.5, mixed: 0.1 } } as const
/** Of the keys of people who write, how many are no typing. */
const ACTS = 1 / 12

/** What a run begins with, where it is more than paragraphs. */
const SEEDS: { readonly [P in Profile]?: (texts: readonly string[]) => Tree } = {
  containers: containersOf,
  tables: tableOf,
}

class Run {
  readonly problems: string[] = []
  readonly excuses: Excuses = { ...NO_EXCUSES }
  steps = 0
  readonly #profile: Profile
  readonly #density: Density
  readonly #random: Random
  readonly #model = new CharacterModel()
  readonly #peers: Peer[]
  /** What was sent, in the order in which the relay got it; and how far each peer has sent and read. */
  readonly #relay: { readonly peer: Peer; readonly index: number }[] = []
  readonly #links: { due: number; sent: number; read: number }[]
  #typed = 0

  constructor(profile: Profile, random: Random, density: Density) {
    this.#density = density
    this.#profile = profile
    this.#random = random
    const isExtreme = density === 'extreme'
    const count = 2 + random.below(isExtreme ? 3 : 2)
    const paragraphs = Array.from({ length: isExtreme ? 3 : 6 + random.below(5) }, () =>
      Array.from({ length: isExtreme ? 8 : 60 + random.below(81) }, this.#alphabet).join(''),
    )
    const treeOf = SEEDS[profile]
    const seed = treeOf
      ? seedTree([...treeOf(paragraphs.slice(0, 3)), ...blocksOf(paragraphs.slice(3))])
      : seedUpdate(paragraphs)
    const onError = () => {
      // Lexical takes its update back, and the guard heals a view that fell behind: the end shows whether it did
      this.excuses.threw += 1
    }
    this.#peers = Array.from({ length: count }, (_, index) => createPeer(index, count, seed, onError))
    this.#links = this.#peers.map(() => ({ due: isExtreme ? 0 : 1 + random.below(12), sent: 0, read: 0 }))
    const origin: Step = {
      peer: -1,
      kind: 'insert',
      update: -1,
      known: [],
      state: new Map(),
      placed: [],
      deletedTypes: new Set(),
    }
    for (const char of paragraphs.join('')) {
      this.#model.typed(char, { ...origin, placed: [{ char, id: Y.createID(0, 0), parents: [] }] })
    }
  }

  /** Every peer does a few things to its own copy. */
  edit(): void {
    for (const peer of this.#peers) {
      const count = 1 + this.#random.below(3)
      for (let n = 0; n < count; n++) this.#step(peer)
    }
  }

  /** Everybody presses a key, and what is due goes to the relay and comes from it. */
  async key(): Promise<void> {
    for (const peer of this.#peers) {
      if (this.#random.chance(ACTS)) this.#step(peer)
      else this.#typeOn(peer)
      const link = this.#links[peer.index]
      if (!link || --link.due > 0) continue
      link.due = this.#random.chance(0.1) ? 20 + this.#random.below(21) : 1 + this.#random.below(12)
      while (link.sent < peer.log.length) this.#relay.push({ peer, index: link.sent++ })
      for (; link.read < this.#relay.length; link.read++) {
        const next = this.#relay[link.read]
        if (next && next.peer !== peer) this.#receive(next.peer, next.index, peer)
      }
      // the guard compares in a microtask
      await Promise.resolve()
      // what this one answered by itself is sent with it
      while (link.sent < peer.log.length) this.#relay.push({ peer, index: link.sent++ })
    }
  }

  /** Delivers some of what was written, or all of it until nothing new comes. */
  async settle(everything: boolean): Promise<void> {
    for (let pass = 0; pass < 20; pass++) {
      let delivered = 0
      for (const to of this.#peers) {
        for (const from of this.#peers) {
          if (from !== to && (everything || this.#random.chance(0.5))) delivered += this.#deliver(from, to)
        }
      }
      // the guard compares in a microtask
      await Promise.resolve()
      await Promise.resolve()
      if (!everything) return
      if (delivered === 0) {
        for (const peer of this.#peers) peer.session.verify()
        if (this.#peers.every((peer) => this.#peers.every((other) => this.#isKnown(peer, other)))) return
      }
    }
    this.problems.push('the peers never come to rest')
  }

  async judge(): Promise<void> {
    if (this.problems.length > 0) return
    for (const peer of this.#peers) this.excuses.mended += peer.mended()
    this.#compare()
    const [first] = this.#peers
    if (!first || this.problems.length > 0) return
    const { problems, lost, doubled, resurrected } = this.#model.judge(viewText(first.editor))
    this.problems.push(...problems)
    this.excuses.unmarked += this.#model.unmarked(viewMarks(first.editor)).length
    this.excuses.lost += lost.length
    this.excuses.doubled += doubled.length
    this.excuses.resurrected += resurrected.length
    if (problems.length === 0) await this.#judgeOffers(lost, doubled)
  }

  /** All docs and views are the same, and each view shows its doc. */
  #compare(): void {
    const [first, ...others] = this.#peers
    if (!first) return
    const state = contentOf(first.doc)
    const view = JSON.stringify(viewTree(first.editor))
    for (const peer of others) {
      if (contentOf(peer.doc) !== state) this.problems.push(`the doc of peer ${peer.index} is another`)
      if (JSON.stringify(viewTree(peer.editor)) !== view)
        this.problems.push(`the view of peer ${peer.index} is another`)
    }
    for (const peer of this.#peers) {
      if (peer.session.state !== 'live') this.problems.push(`peer ${peer.index} gave up: ${peer.session.difference}`)
      const root = peer.doc.get('root-v2', Y.XmlElement) as Y.XmlElement
      const difference = peer.editor.read(() => $compareBlocks($getRoot(), root))
      if (difference) this.problems.push(`peer ${peer.index} shows something else than its doc: ${difference}`)
    }
  }

  /** Every loss is among what each peer was offered; one takes all of it, and everybody has each character once. */
  async #judgeOffers(lost: readonly string[], doubled: readonly string[]): Promise<void> {
    const offers = this.#peers.flatMap(({ ledger }) => readOffers(ledger))
    const offered = { lost: charsIn(offers, 'lost'), doubled: charsIn(offers, 'doubled') }
    const missed = [
      ...lost.filter((char) => !offered.lost.has(char)),
      ...doubled.filter((char) => !offered.doubled.has(char)),
    ]
    this.excuses.offered += lost.length + doubled.length - missed.length
    this.excuses.missed += missed.length
    this.excuses.besides += [...offered.lost].filter((char) => !lost.includes(char)).length
    this.excuses.besides += [...offered.doubled].filter((char) => !doubled.includes(char)).length
    if (missed.length > 0) this.problems.push(`${missed.length} characters were not offered back`)
    if (offers.length === 0) return
    // one of them takes everything; what the binding lost in answer to something, only its own side knows
    const first = this.#random.below(this.#peers.length)
    const inTurn = [...this.#peers.slice(first), ...this.#peers.slice(0, first)]
    for (const taker of [...inTurn, ...inTurn]) {
      const open = readOffers(taker.ledger).length
      if (taker.index !== first) this.excuses.elsewhere += open
      // what is taken may put together what is left in another way
      for (let next = readOffers(taker.ledger)[0], n = 0; next && n < 200; next = readOffers(taker.ledger)[0], n++) {
        acceptOffer(taker.ledger, next.key, TAKEN)
      }
      if (open > 0) await this.settle(true)
    }
    this.#compare()
    const counts = charsOf((this.#peers[0] as Peer).editor)
    const back = [...lost, ...doubled].filter((char) => !missed.includes(char) && counts.get(char) !== 1)
    if (back.length > 0) this.problems.push(`${back.length} characters are not there once when the offers were taken`)
    const left = this.#peers.filter(({ ledger }) => readOffers(ledger).length > 0).length
    if (left > 0) this.problems.push(`${left} peers still have offers`)
  }

  dispose(): void {
    for (const peer of this.#peers) peer.dispose()
  }

  readonly #alphabet = () => charAt(this.#typed++)

  #step(peer: Peer): void {
    const { session, editor } = peer
    const before = charsOf(editor)
    const marks = viewMarks(editor)
    const update = peer.log.length
    const state = stateOf(peer)
    // grouping by time would make a run depend on how fast it is
    session.breakUndo()
    const undone = this.#profile === 'undo' || this.#profile === 'mixed' ? UNDONE[this.#density][this.#profile] : 0
    const history = undone > 0 && this.#random.chance(undone)
    const op = history ? null : this.#chooseOp()
    if (op) editor.update(() => op.run(this.#random, this.#alphabet), { discrete: true })
    else if (this.#random.chance(0.6)) session.undo()
    else session.redo()
    this.steps += 1
    this.#account(peer, op?.kind ?? 'history', op?.name ?? 'undo or redo', { update, state }, before)
    for (const [char, after] of viewMarks(editor)) {
      const mark = marks.get(char)
      if (mark !== undefined && mark !== after) this.#model.remarked(char, mark, after)
    }
  }

  /** Nearly all of the keys: so the texts before and after are compared as they are, not as their characters. */
  #typeOn(peer: Peer): void {
    const { session, editor, log, known } = peer
    const before = viewText(editor)
    const at = { update: log.length, state: stateOf(peer) }
    const typed = this.#typed
    session.breakUndo()
    editor.update(() => typeOn.run(this.#random, this.#alphabet), { discrete: true })
    this.steps += 1
    const after = viewText(editor)
    const step: Step = { peer: peer.index, kind: 'insert', ...at, known: [...known], ...peer.takeWritten() }
    const char = charAt(typed)
    const place = after.indexOf(char)
    if (this.#typed === typed) return
    if (place >= 0 && after.slice(0, place) + after.slice(place + 1) === before) {
      this.#model.typed(char, step)
      this.#model.record({ ...step, placed: step.placed.filter((other) => other.char !== char) })
    } else this.problems.push('a key did something else than to add its character')
  }

  #chooseOp(): Op {
    const all = PROFILES[this.#profile]
    const ops = this.#density === 'extreme' ? all : all.filter(([op]) => op !== typeOp)
    let at = this.#random.below(ops.reduce((sum, [, weight]) => sum + weight, 0))
    for (const [op, weight] of ops) {
      if (at < weight) return op
      at -= weight
    }
    throw new Error('no operation')
  }

  /** Compares the view before and after: a step may do to the text what its kind says, and no more. */
  #account(
    peer: Peer,
    kind: Step['kind'],
    name: string,
    at: Pick<Step, 'update' | 'state'>,
    before: ReadonlyMap<string, number>,
  ): void {
    const step: Step = { peer: peer.index, kind, ...at, known: [...peer.known], ...peer.takeWritten() }
    const after = charsOf(peer.editor)
    const vanished = [...before.keys()].filter((char) => !after.has(char))
    const appeared = [...after.keys()].filter((char) => !before.has(char))
    if (vanished.length > 0 && kind !== 'remove' && kind !== 'history') this.problems.push(`"${name}" lost characters`)
    if (appeared.length > 0 && kind !== 'insert' && kind !== 'history') this.problems.push(`"${name}" added characters`)
    const fresh = new Set(appeared.filter((char) => !this.#model.has(char)))
    for (const char of appeared) {
      if (fresh.has(char)) this.#model.typed(char, step)
      else this.#model.restored(char, peer.index)
    }
    for (const char of vanished) this.#model.removed(char, step)
    for (const [char, count] of before) if (count > (after.get(char) ?? 0)) this.#model.thinned(char, step)
    this.#model.record({ ...step, placed: step.placed.filter(({ char }) => !fresh.has(char)) })
  }

  #deliver(from: Peer, to: Peer): number {
    const known = to.known[from.index] ?? 0
    const fresh = from.log.slice(known)
    if (fresh.length === 0) return 0
    // a duplicate now and then, as a reconnect sends them
    const again = this.#random.chance(0.2) ? from.log.slice(Math.max(0, known - 2), known) : []
    for (const bytes of again) to.receive(bytes)
    for (const index of fresh.keys()) this.#receive(from, known + index, to)
    return fresh.length
  }

  #receive(from: Peer, index: number, to: Peer): void {
    const update = to.log.length
    to.receive(from.log[index] as Uint8Array)
    to.known[from.index] = index + 1
    const written = to.takeWritten()
    // the binding writes by itself where concurrent deletions left two texts side by side
    if (written.placed.length > 0 || written.deletedTypes.size > 0) {
      const step = { peer: to.index, kind: 'sync' as const, update, state: stateOf(to), known: [...to.known] }
      this.#model.record({ ...step, ...written })
    }
  }

  #isKnown(peer: Peer, other: Peer): boolean {
    return peer === other || peer.known[other.index] === other.log.length
  }
}

const charAt = (index: number): string => String.fromCodePoint(0x4e00 + index)

function charsIn(offers: readonly Offer[], kind: Offer['kind']): Set<string> {
  return new Set(offers.filter((offer) => offer.kind === kind).flatMap(({ text }) => [...text.replace(/[[\]!]/g, '')]))
}

function charsOf(editor: Peer['editor']): Map<string, number> {
  const counts = new Map<string, number>()
  for (const char of viewText(editor)) counts.set(char, (counts.get(char) ?? 0) + 1)
  return counts
}

const stateOf = ({ doc }: Peer): Map<number, number> => Y.decodeStateVector(Y.encodeStateVector(doc))

const contentOf = (doc: Y.Doc): string => (doc.get('root-v2', Y.XmlElement) as Y.XmlElement).toJSON()
