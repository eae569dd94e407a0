import type * as Y from 'yjs'
import { SyncSession } from '../crdt/sync/session.ts'
import { createRandom, type Random } from './random.ts'
import { MemoryLinks, MemoryReplica, type SyncDisk, turn, VAULT_DOC } from './sync-peers.ts'

/**
 * Peers that edit a vault, lose each other, die in the middle of anything and come back with what their disk has,
 * against a model that knows nothing of Yjs: which words every doc must say. All of it is decided by one seed.
 */
export type SyncReport = { readonly problems: readonly string[]; readonly steps: number; readonly cuts: number }

/** Words of a doc: added once each, removed for good by whoever removes them. */
class Model {
  readonly #added = new Map<string, Set<string>>()
  readonly #removed = new Set<string>()
  readonly purged = new Set<string>()

  add(id: string, word: string): void {
    const words = this.#added.get(id) ?? new Set()
    this.#added.set(id, words.add(word))
  }

  remove(word: string): void {
    this.#removed.add(word)
  }

  expected(): Map<string, string> {
    const docs = new Map<string, string>()
    for (const [id, words] of this.#added) {
      if (this.purged.has(id)) continue
      docs.set(
        id,
        [...words]
          .filter((word) => !this.#removed.has(word))
          .sort()
          .join(' '),
      )
    }
    return docs
  }
}

type Peer = {
  readonly name: string
  readonly disk: SyncDisk
  replica: MemoryReplica
  /** What each of its roots meant: told by the docs themselves. */
  readonly meant: Map<string, string>
  gates: (() => void)[]
  lives: number
}
type Joined = { readonly links: MemoryLinks; readonly a: Peer; readonly b: Peer; readonly ends: SyncSession[] }

const wordsOf = (doc: Y.Doc): string[] => doc.getArray('log').toJSON() as string[]

const contentOf = (replica: MemoryReplica): Map<string, string> => {
  const docs = new Map<string, string>()
  for (const id of replica.disk.keys()) {
    if (id !== VAULT_DOC)
      docs.set(
        id,
        replica.read(id, (doc) => [...wordsOf(doc)].sort().join(' ')),
      )
  }
  return docs
}

const textOf = (docs: ReadonlyMap<string, string>): string =>
  JSON.stringify([...docs].sort(([a], [b]) => (a < b ? -1 : 1)))

export async function runSyncSimulation(seed: number): Promise<SyncReport> {
  const run = new Run(createRandom(seed))
  await run.go()
  return { problems: run.problems, steps: run.steps, cuts: run.cuts }
}

class Run {
  readonly problems: string[] = []
  steps = 0
  cuts = 0
  readonly #random: Random
  readonly #model = new Model()
  readonly #peers: Peer[] = []
  #joined: Joined[] = []
  #words = 0
  #docs = 0

  constructor(random: Random) {
    this.#random = random
    for (let i = random.below(4) + 2; i > 0; i--) this.#peers.push(this.#peer(`p${i}`))
  }

  async go(): Promise<void> {
    const first = this.#peers[0] as Peer
    // Some vaults begin with what everybody has.
    for (let i = this.#random.below(12); i > 0; i--) this.#write(first)
    if (this.#random.chance(0.5)) for (const peer of this.#peers.slice(1)) this.#copy(first, peer)
    for (let i = 60 + this.#random.below(120); i > 0; i--) {
      this.#act()
      if (this.#random.chance(0.6)) await turn()
      this.#judge()
      if (this.problems.length > 0) return
    }
    await this.#heal()
  }

  #peer(name: string): Peer {
    const peer: Peer = { name, disk: new Map(), meant: new Map(), gates: [], lives: 0, replica: null as never }
    this.#start(peer)
    return peer
  }

  #start(peer: Peer): void {
    peer.lives++
    peer.gates = []
    const gates = peer.gates
    peer.replica = new MemoryReplica(peer.disk, () =>
      this.#random.chance(0.4) ? Promise.resolve() : new Promise((resolve) => gates.push(resolve)),
    )
    const note = () => {
      if (peer.replica.unsettledCount === 0) peer.meant.set(peer.replica.tree.root(), textOf(contentOf(peer.replica)))
    }
    peer.replica.tree.onChange(note)
    peer.replica.onSettled(note)
    note()
  }

  #copy(from: Peer, to: Peer): void {
    for (const [id, update] of from.disk) to.disk.set(id, update)
    this.#start(to)
  }

  #act(): void {
    const random = this.#random
    this.steps++
    const peer = random.pick(this.#peers)
    const roll = random.next()
    if (roll < 0.14) this.#write(peer)
    else if (roll < 0.17) this.#remove(peer)
    else if (roll < 0.18) this.#purge(peer)
    else if (roll < 0.24) this.#toggle(peer)
    else if (roll < 0.3) peer.replica.settleAll()
    else if (roll < 0.36) this.#join(peer, random.pick(this.#peers))
    else if (roll < 0.385) this.#cut()
    else if (roll < 0.4) this.#crash(peer)
    else if (roll < 0.6) peer.gates.splice(random.below(peer.gates.length), 1)[0]?.()
    else this.#deliver()
  }

  /** Messages of one link stay in order; which link goes on is anybody's guess. */
  #deliver(): void {
    const ready = this.#joined.flatMap(({ links }) => links.ready())
    if (ready.length === 0) return
    const end = this.#random.pick(ready)
    for (let i = this.#random.below(4) + 1; i > 0 && end.waiting.length > 0; i--) end.step()
  }

  #write(peer: Peer): void {
    const ids = [...peer.disk.keys()].filter((id) => id !== VAULT_DOC)
    const isNew = ids.length === 0 || this.#random.chance(0.3)
    const id = isNew ? `note-${this.#docs++}` : this.#random.pick(ids)
    if (peer.replica.accepts(id) !== 'yes') return
    // Now and then a text that goes in parts.
    const word = `w${this.#words++}${this.#random.chance(0.02) ? 'x'.repeat(90_000) : ''}`
    this.#model.add(id, word)
    peer.replica.edit(id, (doc) => {
      const log = doc.getArray('log')
      log.insert(this.#random.below(log.length + 1), [word])
    })
  }

  #remove(peer: Peer): void {
    const ids = [...peer.disk.keys()].filter((id) => id !== VAULT_DOC)
    if (ids.length === 0) return
    const id = this.#random.pick(ids)
    peer.replica.edit(id, (doc) => {
      const words = wordsOf(doc)
      if (words.length === 0) return
      const at = this.#random.below(words.length)
      this.#model.remove(words[at] as string)
      doc.getArray('log').delete(at, 1)
    })
  }

  #purge(peer: Peer): void {
    const ids = [...peer.disk.keys()].filter((id) => id !== VAULT_DOC)
    if (ids.length === 0) return
    const id = this.#random.pick(ids)
    this.#model.purged.add(id)
    peer.replica.edit(VAULT_DOC, (doc) => doc.getMap('purged').set(id, 1))
  }

  #toggle(peer: Peer): void {
    const open = peer.replica.openIds()
    const ids = [...peer.disk.keys()]
    if (open.length > 0 && this.#random.chance(0.4)) peer.replica.closeDoc(this.#random.pick(open))
    else if (ids.length > 0) peer.replica.open(this.#random.pick(ids))
  }

  #join(a: Peer, b: Peer): void {
    const isJoined = this.#joined.some((each) => (each.a === a && each.b === b) || (each.a === b && each.b === a))
    if (a === b || isJoined) return
    const links = new MemoryLinks(this.#random.pick([2, 5, 64]))
    const ends = [new SyncSession(a.replica, links.near), new SyncSession(b.replica, links.far)]
    const joined = { links, a, b, ends }
    this.#joined.push(joined)
    links.near.onClose(() => this.#ended(joined))
    for (const session of ends) {
      session.onEnd(({ reason, byThem, id }) => {
        if (reason !== 'done') this.problems.push(`${a.name} and ${b.name} ended: ${reason} ${id ?? ''} ${byThem}`)
      })
      session.onConflict(({ id }) => this.problems.push(`a conflict that is none: ${id}`))
    }
  }

  #ended(joined: Joined): void {
    this.#joined = this.#joined.filter((each) => each !== joined)
    for (const session of joined.ends) session.close()
  }

  #cut(): void {
    if (this.#joined.length === 0) return
    this.cuts++
    this.#random.pick(this.#joined).links.cut()
  }

  /** Memory is lost, in the middle of whatever was going on; the disk is kept. */
  #crash(peer: Peer): void {
    this.cuts++
    peer.replica.kill()
    for (const { a, b, links } of [...this.#joined]) if (a === peer || b === peer) links.cut()
    const gates = peer.gates
    this.#start(peer)
    // What the dead one waited for happens to nobody.
    for (const open of gates) open()
  }

  /** "Has everything" is right: this side holds what that root, which was the other's, meant. */
  #judge(): void {
    for (const { a, b, ends } of this.#joined) {
      for (const [i, session] of ends.entries()) {
        if (!session.hasEverything) continue
        const [own, other] = i === 0 ? [a, b] : [b, a]
        const meant = other.meant.get(own.replica.tree.root())
        if (meant === undefined || meant !== textOf(contentOf(own.replica)))
          this.problems.push(`${own.name} said that ${other.name} has everything at step ${this.steps}`)
      }
    }
  }

  async #heal(): Promise<void> {
    // A tree of links is enough: what comes from one neighbour goes to the others.
    for (const [i, peer] of this.#peers.entries()) {
      const others = this.#peers.slice(0, i)
      if (others.length > 0) this.#join(peer, this.#random.pick(others))
    }
    for (let idle = 0, rounds = 0; idle < 3; rounds++) {
      if (rounds > 4_000) {
        this.problems.push('does not come to rest')
        return
      }
      for (const peer of this.#peers) {
        peer.replica.settleAll()
        for (const open of peer.gates.splice(0)) open()
      }
      await turn()
      this.#judge()
      const ready = this.#joined.flatMap(({ links }) => links.ready())
      for (const end of ready) while (end.waiting.length > 0) end.step()
      idle = ready.length > 0 || this.#peers.some(({ gates }) => gates.length > 0) ? 0 : idle + 1
    }
    this.#compare()
  }

  #compare(): void {
    const expected = textOf(this.#model.expected())
    const root = this.#peers[0]?.replica.tree.root()
    for (const { name, replica } of this.#peers) {
      if (replica.tree.root() !== root) this.problems.push(`${name} has another root`)
      const fresh = new MemoryReplica(replica.disk)
      if (fresh.tree.root() !== replica.tree.root()) this.problems.push(`${name} has hashes that its disk has not`)
      if (textOf(contentOf(replica)) !== expected) this.problems.push(`${name} says something else than the model`)
    }
    for (const { a, b, ends } of this.#joined) {
      for (const session of ends) {
        const { hasEverything, phase, toGet, toGive } = session.state
        if (hasEverything && phase === 'equal' && toGet.left + toGive.left === 0) continue
        this.problems.push(`${a.name} and ${b.name} do not say that they have everything`)
      }
    }
  }
}
