import { FAN, firstChild, type HeadTree, isLeaf, leavesBelow, NODES } from './head-tree.ts'
import { type HeadSaid, Malformed, type Message } from './wire.ts'

/** As many docs are named at once in place of the sums below. */
const FEW = 16
/** Docs in a message of items, so that it fits a frame. */
const ITEMS = 480
/** Nodes asked for in one message. */
const ASKED = 2_000

/**
 * Finds what differs by going down both trees (rule Y5). Each side asks for itself, so that neither has to keep what
 * the other knows; what changes meanwhile is told by `heads`, which come after it on the same connection.
 */
export class Compare {
  readonly #tree: HeadTree
  readonly #differs: (said: HeadSaid) => void
  /** Nodes that were asked for and are not answered to the end, with the next leaf that an answer names. */
  readonly #asked = new Map<number, number>()
  #ask: { node: number; mine: number }[] = []
  /** What the other side asked for. */
  #wanted: { readonly node: number; readonly mine: number }[] = []
  #walk: { readonly node: number; at: number; readonly to: number } | null = null
  #started = false

  /** @param differs told of each doc that is not the same: hash null where only this side has it */
  constructor(tree: HeadTree, differs: (said: HeadSaid) => void) {
    this.#tree = tree
    this.#differs = differs
  }

  get done(): boolean {
    return this.#started && this.#asked.size === 0
  }

  start(): void {
    if (this.#asked.size > 0) return
    this.#started = true
    this.#want(0)
  }

  /** The next message of the comparison, asked or answered; null for none. */
  next(): Message | null {
    if (this.#ask.length > 0) return { kind: 'ask', nodes: this.#ask.splice(0, ASKED) }
    if (this.#walk) return this.#items()
    const wanted = this.#wanted.shift()
    if (!wanted) return null
    const { node, mine } = wanted
    if (isLeaf(node) || mine === 0 || this.#tree.count(node) <= FEW) {
      const [from, to] = leavesBelow(node)
      this.#walk = { node, at: from, to }
      return this.#items()
    }
    const first = firstChild(node)
    return { kind: 'sums', node, sums: Array.from({ length: FAN }, (_, i) => this.#tree.short(first + i)) }
  }

  /** False: more questions than a tree has nodes. */
  asked(nodes: readonly { readonly node: number; readonly mine: number }[]): boolean {
    if (this.#wanted.length + nodes.length > NODES) return false
    for (const { node } of nodes) if (node >= NODES) throw new Malformed('node')
    this.#wanted.push(...nodes)
    return true
  }

  /** False: an answer to nothing that was asked. */
  sums(node: number, sums: readonly string[]): boolean {
    if (isLeaf(node) || !this.#asked.delete(node)) return false
    const first = firstChild(node)
    for (const [i, sum] of sums.entries()) if (sum !== this.#tree.short(first + i)) this.#want(first + i)
    return true
  }

  items({ node, from, to, last, items }: Message & { readonly kind: 'items' }): boolean {
    const next = this.#asked.get(node)
    const end = leavesBelow(node)[1]
    if (next === undefined || from !== next || to > end || to <= from || last !== (to === end)) return false
    if (last) this.#asked.delete(node)
    else this.#asked.set(node, to)
    const said = new Set<string>()
    for (const item of items) {
      said.add(item.id)
      if (this.#tree.get(item.id)?.hash !== (item.hash ?? undefined)) this.#differs(item)
    }
    for (let leaf = this.#tree.nextLeaf(from, to); leaf < to; leaf = this.#tree.nextLeaf(leaf + 1, to)) {
      for (const id of this.#tree.idsOf(leaf)) if (!said.has(id)) this.#differs({ id, hash: null, updated: 0 })
    }
    return true
  }

  #want(node: number): void {
    this.#asked.set(node, leavesBelow(node)[0])
    this.#ask.push({ node, mine: this.#tree.count(node) })
  }

  /** All docs of some leaves, at least one leaf: an answer is complete for the leaves that it names. */
  #items(): Message | null {
    const walk = this.#walk
    if (!walk) return null
    const from = walk.at
    const items: HeadSaid[] = []
    for (;;) {
      walk.at = this.#tree.nextLeaf(walk.at, walk.to)
      if (walk.at === walk.to || items.length >= ITEMS) break
      for (const id of this.#tree.idsOf(walk.at)) {
        const head = this.#tree.get(id)
        if (head) items.push({ id, hash: head.hash, updated: head.updated })
      }
      walk.at++
    }
    const last = walk.at === walk.to
    if (last) this.#walk = null
    return { kind: 'items', node: walk.node, from, to: walk.at, last, items }
  }
}
