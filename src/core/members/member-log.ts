import type { VaultId } from '../base/ids.ts'
import { type ReadEntry, readMemberEntry, signerOf, type Verify } from './entry.ts'

/**
 * What a device knows of a vault before it reads anything: which entry founded it. It is kept when sharing begins, or
 * told by the inviter over the invite's own connection (N1).
 */
export type Root = { readonly vault: VaultId; readonly founding: string }

/** Why an entry is left out: for a count, never for a word on the screen. */
export type Refused = 'form' | 'vault' | 'root' | 'signature'

/** An entry that is what it says: its form, its id, its signature and everything that it names were found right. */
export type Accepted = ReadEntry & {
  /** One more than the deepest that it names: 0 for the founding entry. */
  readonly depth: number
}

/**
 * All entries of a vault that were read so far. What was verified once is not verified again, so a log lives as long
 * as its vault is open. In which order, how often and in how many parts entries are added makes no difference (N3).
 */
export class MemberLog {
  readonly root: Root
  readonly #verify: Verify
  readonly #accepted = new Map<string, Accepted>()
  /** Entries that name what is not here yet, by one id that they wait for. */
  readonly #waiting = new Map<string, ReadEntry[]>()
  readonly #refused = new Map<Refused, number>()
  /** Ids with signatures that were looked at: a value that is given again costs no verification. */
  readonly #seen = new Set<string>()

  constructor(root: Root, verify: Verify) {
    this.root = root
    this.#verify = verify
  }

  /** @returns how many entries were accepted by this, those that had waited included */
  add(values: Iterable<unknown>): number {
    const before = this.#accepted.size
    const ready: ReadEntry[] = []
    for (const value of values) {
      const entry = readMemberEntry(value)
      if (!entry) this.#refuse('form')
      else if (entry.vault !== this.root.vault) this.#refuse('vault')
      else if (!this.#seen.has(entry.id + entry.signature)) {
        this.#seen.add(entry.id + entry.signature)
        ready.push(entry)
      }
    }
    for (let entry = ready.pop(); entry; entry = ready.pop()) {
      if (this.#accept(entry)) ready.push(...this.#released(entry.id))
    }
    return this.#accepted.size - before
  }

  /** In the one order of all devices: by depth, then by id. None stands before one that it names. */
  entries(): readonly Accepted[] {
    return [...this.#accepted.values()].sort((a, b) => a.depth - b.depth || (a.id < b.id ? -1 : 1))
  }

  has(id: string): boolean {
    return this.#accepted.has(id)
  }

  /** How many values were left out, by why; and how many wait for entries that are not here. */
  refused(): { readonly counts: ReadonlyMap<Refused, number>; readonly waiting: number } {
    const waiting = [...this.#waiting.values()].reduce((sum, { length }) => sum + length, 0)
    return { counts: this.#refused, waiting }
  }

  #accept(entry: ReadEntry): boolean {
    if (this.#accepted.has(entry.id)) return false
    const isRoot = entry.id === this.root.founding
    if (isRoot ? entry.act?.type !== 'found' : entry.sees.length === 0) return this.#refuse('root')
    const missing = entry.sees.find((id) => !this.#accepted.has(id))
    if (missing !== undefined) {
      const others = this.#waiting.get(missing)
      if (others) others.push(entry)
      else this.#waiting.set(missing, [entry])
      return false
    }
    if (!this.#verify(signerOf(entry), entry.bytes, entry.signature)) return this.#refuse('signature')
    const depth = entry.sees.reduce((most, id) => Math.max(most, (this.#accepted.get(id)?.depth ?? 0) + 1), 0)
    this.#accepted.set(entry.id, { ...entry, depth })
    return true
  }

  #released(id: string): readonly ReadEntry[] {
    const released = this.#waiting.get(id) ?? []
    this.#waiting.delete(id)
    return released
  }

  #refuse(why: Refused): false {
    this.#refused.set(why, (this.#refused.get(why) ?? 0) + 1)
    return false
  }
}
