import sqlite3InitModule, { type SAHPoolUtil, type Sqlite3Static } from '@sqlite.org/sqlite-wasm'
import { Database } from './database.ts'
import { prepareSchema } from './schema.ts'

const FILE = '/index.sqlite3'
/** A vault has a storage partition of its own, so these names need not tell vaults apart. */
const POOL = { name: 'throughline-index', directory: '.throughline-index', initialCapacity: 4 }
/** A worker that was just ended holds its files a moment longer: try again, 4 s in all. */
const POOL_TRIES = 20
const POOL_WAIT_MS = 200

export type OpenedIndex = {
  readonly db: Database
  /** True when what was indexed before is gone: everything has to be put again. */
  readonly lost: boolean
  /** 'memory' when the file system refused; then the index lives as long as the worker. */
  readonly kept: 'file' | 'memory'
}

/** The SQLite file of this vault's index, opened again after a fault by deleting it (the docs can refill it). */
export class IndexFile {
  readonly #sqlite: Sqlite3Static
  readonly #pool: SAHPoolUtil | null

  private constructor(sqlite: Sqlite3Static, pool: SAHPoolUtil | null) {
    this.#sqlite = sqlite
    this.#pool = pool
  }

  static async find(): Promise<IndexFile> {
    const sqlite = await sqlite3InitModule()
    for (let attempt = 0; attempt < POOL_TRIES; attempt++) {
      try {
        // A failure is remembered by name unless asked to forget it (facts/path.md).
        return new IndexFile(sqlite, await sqlite.installOpfsSAHPoolVfs({ ...POOL, ...FORGET_FAILURE }))
      } catch {
        await new Promise((resolve) => setTimeout(resolve, POOL_WAIT_MS))
      }
    }
    return new IndexFile(sqlite, null)
  }

  open(): OpenedIndex {
    if (!this.#pool) return this.#openMemory()
    const isOld = this.#pool.getFileNames().includes(FILE)
    try {
      const opened = this.#openFile(this.#pool)
      if (opened) return { ...opened, lost: opened.lost && isOld }
    } catch {
      // Not a database, torn, or of a newer SQLite: the same answer for all.
    }
    return this.reopenEmpty()
  }

  /** The connection that had the file must be closed. */
  reopenEmpty(): OpenedIndex {
    if (!this.#pool) return this.#openMemory()
    this.#pool.unlink(FILE)
    this.#pool.unlink(`${FILE}-journal`)
    try {
      const opened = this.#openFile(this.#pool)
      if (opened) return { ...opened, lost: true }
    } catch {
      // A full disk, most likely: search must still work.
    }
    return this.#openMemory()
  }

  #openFile(pool: SAHPoolUtil): OpenedIndex | null {
    const db = new Database(new pool.OpfsSAHPoolDb(FILE), this.#sqlite)
    let state: ReturnType<typeof prepareSchema> | null = null
    try {
      state = prepareSchema(db)
    } finally {
      if (state === null || state === 'other') db.close()
    }
    return state === 'other' ? null : { db, lost: state === 'made', kept: 'file' }
  }

  #openMemory(): OpenedIndex {
    const db = new Database(new this.#sqlite.oo1.DB(':memory:', 'c'), this.#sqlite)
    prepareSchema(db)
    return { db, lost: true, kept: 'memory' }
  }
}

const FORGET_FAILURE = { forceReinitIfPreviouslyFailed: true, preserveOnInitFailure: true }
