import path from 'node:path'
import type { Random } from '../../testing/random.ts'
import type { AppendFile, JournalDisk } from './disk.ts'

type Inode = { bytes: Buffer; synced: number }
export type DiskCall =
  | 'list'
  | 'folder'
  | 'create'
  | 'append'
  | 'write'
  | 'sync'
  | 'read'
  | 'rename'
  | 'remove'
  | 'sync-folder'

/** What every call of a process that was killed throws. */
export class Killed extends Error {
  override name = 'Killed'
}

const failure = (code: string) => Object.assign(new Error(code), { code })

/**
 * A disk in memory that can be full, broken, cut off from power, and whose process can be killed at any call. Names
 * reach the disk in their order, with `syncFolder` or by chance; bytes of a file from its beginning.
 */
export class FaultyDisk implements JournalDisk {
  readonly #random: Random
  names = new Map<string, Inode>()
  #durable = new Map<string, Inode>()
  #pending: ((names: Map<string, Inode>) => void)[] = []
  /** Calls that are left before the process is killed; -1: it lives on. */
  killAfter = -1
  isDead = false
  #life = 0
  /** The code that a call fails with; null where it works. */
  fail: (call: DiskCall, file: string) => string | null = () => null
  /** Bytes that all files may have together. */
  capacity = Number.POSITIVE_INFINITY

  constructor(random: Random) {
    this.#random = random
  }

  /** The disk as one process sees it: when it is revived, the process that was killed stays dead. */
  asProcess(): JournalDisk {
    const life = this.#life
    const alive = <A extends unknown[], T>(call: (...args: A) => Promise<T>) => {
      return async (...args: A): Promise<T> => {
        if (life !== this.#life) throw new Killed()
        return call(...args)
      }
    }
    const toAppend = (file: AppendFile): AppendFile => ({
      get size() {
        return file.size
      },
      write: alive((bytes) => file.write(bytes)),
      sync: alive(() => file.sync()),
      isThere: alive(() => file.isThere()),
      close: () => file.close(),
    })
    return {
      list: alive((folder) => this.list(folder)),
      makeFolder: alive((folder) => this.makeFolder(folder)),
      create: alive(async (file) => toAppend(await this.create(file))),
      append: alive(async (file) => toAppend(await this.append(file))),
      read: alive((file) => this.read(file)),
      rename: alive((from, to) => this.rename(from, to)),
      remove: alive((file) => this.remove(file)),
      syncFolder: alive((folder) => this.syncFolder(folder)),
    }
  }

  /** The next process finds the files as the killed one left them. */
  revive(): void {
    this.#life++
    this.isDead = false
    this.killAfter = -1
  }

  /** The next process finds what had reached the disk. */
  cutPower(): void {
    const done = this.#pending.slice(0, this.#random.below(this.#pending.length + 1))
    for (const apply of done) apply(this.#durable)
    this.#pending = []
    for (const inode of this.#durable.values()) {
      const kept = inode.synced + this.#random.below(inode.bytes.length - inode.synced + 1)
      const bytes = Buffer.from(inode.bytes.subarray(0, kept))
      // A block that was allocated and never written holds anything.
      if (this.#random.chance(0.3)) bytes.fill(0, inode.synced + this.#random.below(kept - inode.synced + 1))
      inode.bytes = bytes
      inode.synced = kept
    }
    this.names = new Map(this.#durable)
    this.revive()
  }

  file(file: string): Buffer {
    const inode = this.names.get(file)
    if (!inode) throw failure('ENOENT')
    return inode.bytes
  }

  put(file: string, bytes: Buffer): void {
    this.file(file)
    const inode = this.names.get(file) as Inode
    inode.bytes = bytes
    inode.synced = bytes.length
  }

  async list(folder: string): Promise<string[]> {
    this.#step('list', folder)
    return [...this.names.keys()].filter((file) => path.dirname(file) === folder).map((file) => path.basename(file))
  }

  async makeFolder(folder: string): Promise<void> {
    this.#step('folder', folder)
  }

  async create(file: string): Promise<AppendFile> {
    this.#step('create', file)
    if (this.names.has(file)) throw failure('EEXIST')
    const inode: Inode = { bytes: Buffer.alloc(0), synced: 0 }
    this.#rename((names) => names.set(file, inode))
    return this.#appendTo(file, inode)
  }

  async append(file: string): Promise<AppendFile> {
    this.#step('append', file)
    this.file(file)
    return this.#appendTo(file, this.names.get(file) as Inode)
  }

  async read(file: string) {
    this.#step('read', file)
    const bytes = this.file(file)
    return {
      size: bytes.length,
      read: async (from: number, length: number) => Buffer.from(bytes.subarray(from, from + length)),
      close: async () => {},
    }
  }

  async rename(from: string, to: string): Promise<void> {
    this.#step('rename', to)
    this.file(from)
    this.#rename((names) => {
      const inode = names.get(from)
      names.delete(from)
      if (inode) names.set(to, inode)
    })
  }

  async remove(file: string): Promise<void> {
    this.#step('remove', file)
    this.#rename((names) => names.delete(file))
  }

  async syncFolder(folder: string): Promise<void> {
    this.#step('sync-folder', folder)
    for (const apply of this.#pending) apply(this.#durable)
    this.#pending = []
  }

  #appendTo(file: string, inode: Inode): AppendFile {
    return {
      get size() {
        return inode.bytes.length
      },
      write: async (bytes) => {
        const used = [...this.names.values()].reduce((sum, other) => sum + other.bytes.length, 0)
        const room = Math.max(0, this.capacity - used)
        try {
          this.#step('write', file)
        } catch (error) {
          const part = Math.min(room, this.#random.below(bytes.length + 1))
          inode.bytes = Buffer.concat([inode.bytes, bytes.subarray(0, part)])
          throw error
        }
        inode.bytes = Buffer.concat([inode.bytes, bytes.subarray(0, room)])
        if (bytes.length > room) throw failure('ENOSPC')
      },
      sync: async () => {
        this.#step('sync', file)
        inode.synced = inode.bytes.length
      },
      isThere: async () => this.names.get(file) === inode,
      close: async () => {},
    }
  }

  #rename(apply: (names: Map<string, Inode>) => void): void {
    apply(this.names)
    this.#pending.push(apply)
  }

  #step(call: DiskCall, file: string): void {
    if (this.isDead) throw new Killed()
    if (this.killAfter === 0) {
      this.isDead = true
      throw new Killed()
    }
    if (this.killAfter > 0) this.killAfter--
    const code = this.fail(call, file)
    if (code) throw failure(code)
  }
}
