import { fromHexString, toHexString } from 'lib0/buffer'
import { digest } from 'lib0/hash/sha256'
import type { Disposer } from '../../core/base/disposable.ts'
import { Emitter } from '../../core/base/emitter.ts'

/** Lower-case hexadecimal, 64 characters: a docHash (D6) or a sum of the tree. */
export type Hash32 = string

/**
 * Sums of (id, docHash) pairs over the ids' own hashes: 32 groups of 32 of 32, so that two vaults find what differs by
 * comparing a few sums, and a save changes four of them (rule Y4). XOR of sha256 each: a sum has no order, and taking
 * out is putting in again. It says nothing against a peer who wants to be thought equal; he could as well say so.
 */
export const FAN = 32
const LEVELS = 4
/** Where the nodes of each level begin; the last level's are the leaves. */
const OFFSETS = [0, 1, 1 + FAN, 1 + FAN + FAN * FAN]
export const LEAVES = FAN ** 3
const FIRST_LEAF = OFFSETS[LEVELS - 1] as number
export const NODES = FIRST_LEAF + LEAVES
const WORDS = 8
/** Bytes of a sum that are compared on the way down: the root is compared whole. */
export const SHORT = 8

export type Head = {
  readonly hash: Hash32
  /** Seconds since 1970, of this side's clock: decides what is fetched first and nothing else. */
  readonly updated: number
}
export type HeadChange = { readonly id: string; readonly before: Hash32 | null; readonly after: Hash32 | null }

const encoder = new TextEncoder()

export class HeadTree {
  readonly #sums = new Uint32Array(NODES * WORDS)
  readonly #counts = new Uint32Array(NODES)
  readonly #heads = new Map<string, Head>()
  readonly #leaves = new Map<number, Set<string>>()
  readonly #changed = new Emitter<HeadChange>()

  get size(): number {
    return this.#heads.size
  }

  get(id: string): Head | undefined {
    return this.#heads.get(id)
  }

  ids(): Iterable<string> {
    return this.#heads.keys()
  }

  /** Told of every hash that is another than before. */
  onChange(listener: (change: HeadChange) => void): Disposer {
    return this.#changed.on(listener)
  }

  put(id: string, hash: Hash32, updated = 0): void {
    const before = this.#heads.get(id)
    if (before?.hash === hash) {
      if (before.updated !== updated) this.#heads.set(id, { hash, updated })
      return
    }
    const bytes = encoder.encode(id)
    const leaf = leafOf(bytes)
    if (before) this.#add(leaf, pairOf(bytes, before.hash), 0)
    this.#add(leaf, pairOf(bytes, hash), before ? 0 : 1)
    this.#heads.set(id, { hash, updated })
    const ids = this.#leaves.get(leaf)
    if (ids) ids.add(id)
    else this.#leaves.set(leaf, new Set([id]))
    this.#changed.emit({ id, before: before?.hash ?? null, after: hash })
  }

  delete(id: string): void {
    const before = this.#heads.get(id)
    if (!before) return
    const bytes = encoder.encode(id)
    const leaf = leafOf(bytes)
    this.#add(leaf, pairOf(bytes, before.hash), -1)
    this.#heads.delete(id)
    const ids = this.#leaves.get(leaf)
    ids?.delete(id)
    if (ids?.size === 0) this.#leaves.delete(leaf)
    this.#changed.emit({ id, before: before.hash, after: null })
  }

  root(): Hash32 {
    return toHexString(this.#bytes(0).slice())
  }

  count(node: number): number {
    return this.#counts[node] ?? 0
  }

  /** The first bytes of a node's sum, as hexadecimal. */
  short(node: number): string {
    return toHexString(this.#bytes(node).slice(0, SHORT))
  }

  /** Ids below a leaf, counted from 0 among the leaves. */
  idsOf(leaf: number): ReadonlySet<string> {
    return this.#leaves.get(leaf) ?? NONE
  }

  /** The first leaf from `leaf` on that holds a doc; `to` where there is none before it. */
  nextLeaf(leaf: number, to: number): number {
    let at = leaf
    while (at < to) {
      const step = at % (FAN * FAN) === 0 ? FAN * FAN : at % FAN === 0 ? FAN : 1
      if (step === FAN * FAN && this.#counts[(OFFSETS[1] as number) + at / step] === 0) at += step
      else if (step > 1 && this.#counts[(OFFSETS[2] as number) + at / FAN] === 0) at += FAN
      else if (this.#counts[FIRST_LEAF + at] === 0) at++
      else return at
    }
    return to
  }

  #bytes(node: number): Uint8Array {
    return new Uint8Array(this.#sums.buffer, node * WORDS * 4, WORDS * 4)
  }

  #add(leaf: number, pair: Uint32Array, count: number): void {
    let place = leaf
    for (let level = LEVELS - 1; level >= 0; level--) {
      const node = (OFFSETS[level] as number) + place
      for (let i = 0; i < WORDS; i++) {
        const at = node * WORDS + i
        this.#sums[at] = (this.#sums[at] as number) ^ (pair[i] as number)
      }
      this.#counts[node] = (this.#counts[node] as number) + count
      place = Math.floor(place / FAN)
    }
  }
}

const NONE: ReadonlySet<string> = new Set()

const leafOf = (id: Uint8Array): number => {
  const hash = digest(id)
  return (((hash[0] as number) << 8) | (hash[1] as number)) % LEAVES
}

/** The id's length comes first, so that no id and hash run together. */
function pairOf(id: Uint8Array, hash: Hash32): Uint32Array {
  const state = fromHexString(hash)
  const bytes = new Uint8Array(1 + id.length + state.length)
  bytes[0] = id.length
  bytes.set(id, 1)
  bytes.set(state, 1 + id.length)
  const sum = digest(bytes)
  return new Uint32Array(sum.buffer.slice(sum.byteOffset, sum.byteOffset + 32))
}

export const isLeaf = (node: number): boolean => node >= FIRST_LEAF

/** The first of a node's children; they stand in a row. A leaf has none. */
export function firstChild(node: number): number {
  const level = levelOf(node)
  return (OFFSETS[level + 1] as number) + (node - (OFFSETS[level] as number)) * FAN
}

/** Leaves below a node: from the first to before the second. */
export function leavesBelow(node: number): readonly [number, number] {
  const level = levelOf(node)
  const width = FAN ** (LEVELS - 1 - level)
  const from = (node - (OFFSETS[level] as number)) * width
  return [from, from + width]
}

const levelOf = (node: number): number => OFFSETS.findLastIndex((first) => node >= first)
