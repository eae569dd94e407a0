import type { Sqlite3Static, Database as SqliteDatabase } from '@sqlite.org/sqlite-wasm'

export type SqlValue = string | number | null

/** The functions of SQLite as the WebAssembly module exports them: pointers and numbers, no checks. */
type Exports = {
  sqlite3_bind_text(statement: number, index: number, text: number, bytes: number, destructor: number): number
  sqlite3_bind_int(statement: number, index: number, value: number): number
  sqlite3_bind_int64(statement: number, index: number, value: bigint): number
  sqlite3_bind_double(statement: number, index: number, value: number): number
  sqlite3_bind_null(statement: number, index: number): number
  sqlite3_step(statement: number): number
  sqlite3_reset(statement: number): number
  sqlite3_column_type(statement: number, column: number): number
  sqlite3_column_double(statement: number, column: number): number
  sqlite3_column_text(statement: number, column: number): number
  sqlite3_column_bytes(statement: number, column: number): number
  sqlite3_last_insert_rowid(database: number): bigint
}

const ROW = 100
const DONE = 101
const TEXT = 3
const NULL = 5
/** SQLITE_STATIC: the text stays where it is until the statement has been run, and is nobody's to free. */
const STATIC = 0
/** Shorter text is written by us: a call of the platform costs more. */
const SHORT = 200

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/**
 * Memory of the module that the texts of one statement lie in while it runs. One for a database, because one
 * statement runs at a time: whoever binds next may write over it.
 */
export class Scratch {
  readonly #sqlite: Sqlite3Static
  readonly exports: Exports
  #start = 0
  #size = 0

  constructor(sqlite: Sqlite3Static) {
    this.#sqlite = sqlite
    this.exports = sqlite.wasm.exports as Exports
  }

  /** Where so many bytes may be written. */
  room(bytes: number): number {
    if (bytes > this.#size) {
      if (this.#start !== 0) this.#sqlite.wasm.dealloc(this.#start)
      this.#size = Math.max(bytes, 1 << 16, this.#size * 2)
      this.#start = this.#sqlite.wasm.alloc(this.#size)
    }
    return this.#start
  }

  /** The module's memory now: it is another after the module has asked for more. */
  heap(): Uint8Array {
    return this.#sqlite.wasm.heap8u()
  }

  /** Throws what SQLite says of `code`, with its number as `resultCode`. */
  fail(database: SqliteDatabase, code: number): never {
    this.#sqlite.oo1.DB.checkRc(database, code)
    throw new Error(`SQLite answered ${code}`)
  }

  free(): void {
    if (this.#start !== 0) this.#sqlite.wasm.dealloc(this.#start)
    this.#start = 0
    this.#size = 0
  }
}

/**
 * A prepared statement over the module's own functions. An import binds a hundred values a note, and the wrappers of
 * sqlite-wasm cost more than what SQLite does with a short one.
 */
export class Statement {
  readonly columns: readonly string[]
  readonly #database: SqliteDatabase
  readonly #scratch: Scratch
  readonly #finalize: () => void
  readonly #pointer: number

  constructor(database: SqliteDatabase, scratch: Scratch, sql: string) {
    const prepared = database.prepare(sql)
    this.columns = prepared.columnCount > 0 ? prepared.getColumnNames() : []
    this.#pointer = Number(prepared.pointer)
    this.#finalize = () => prepared.finalize()
    this.#database = database
    this.#scratch = scratch
  }

  bind(values: readonly SqlValue[]): void {
    const { exports } = this.#scratch
    // Never none: a text at no address would be NULL.
    let most = 1
    for (const value of values) if (typeof value === 'string') most += value.length * 3
    let at = this.#scratch.room(most)
    const heap = this.#scratch.heap()
    for (let i = 0; i < values.length; i++) {
      const value = values[i] as SqlValue
      let code: number
      if (typeof value === 'string') {
        const bytes = write(value, heap, at)
        code = exports.sqlite3_bind_text(this.#pointer, i + 1, at, bytes, STATIC)
        at += bytes
      } else if (value === null) code = exports.sqlite3_bind_null(this.#pointer, i + 1)
      else if ((value | 0) === value) code = exports.sqlite3_bind_int(this.#pointer, i + 1, value)
      else if (Number.isSafeInteger(value)) code = exports.sqlite3_bind_int64(this.#pointer, i + 1, BigInt(value))
      else code = exports.sqlite3_bind_double(this.#pointer, i + 1, value)
      if (code !== 0) this.#scratch.fail(this.#database, code)
    }
  }

  /** Whether there is a row to read. */
  step(): boolean {
    const code = this.#scratch.exports.sqlite3_step(this.#pointer)
    if (code === ROW) return true
    return code === DONE ? false : this.#scratch.fail(this.#database, code)
  }

  /** Ends this run. What went wrong in it has been said by `step`. */
  reset(): void {
    this.#scratch.exports.sqlite3_reset(this.#pointer)
  }

  /** Of the row that there is. Blobs are read as text: there are none here. */
  get(column: number): SqlValue {
    const { exports } = this.#scratch
    const type = exports.sqlite3_column_type(this.#pointer, column)
    if (type === NULL) return null
    if (type < TEXT) return exports.sqlite3_column_double(this.#pointer, column)
    const at = exports.sqlite3_column_text(this.#pointer, column)
    const bytes = exports.sqlite3_column_bytes(this.#pointer, column)
    return read(this.#scratch.heap(), at, bytes)
  }

  finalize(): void {
    this.#finalize()
  }
}

/** UTF-8 without an end; answers its bytes. */
function write(text: string, heap: Uint8Array, start: number): number {
  if (text.length <= SHORT) {
    let i = 0
    for (; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (code > 127) break
      heap[start + i] = code
    }
    if (i === text.length) return i
  }
  return encoder.encodeInto(text, heap.subarray(start)).written
}

function read(heap: Uint8Array, start: number, bytes: number): string {
  if (bytes > SHORT) return decoder.decode(heap.subarray(start, start + bytes))
  let text = ''
  for (let at = start; at < start + bytes; at++) {
    const code = heap[at] as number
    if (code > 127) return decoder.decode(heap.subarray(start, start + bytes))
    text += String.fromCharCode(code)
  }
  return text
}
