import type { Sqlite3Static, Database as SqliteDatabase } from '@sqlite.org/sqlite-wasm'
import { Scratch, type SqlValue, Statement } from './statement.ts'

/**
 * A SQLite connection as the index uses it: statements are prepared once and kept, so only constant SQL
 * belongs here; lists travel as one JSON value and `json_each`. Everything is synchronous.
 *
 * `Row` types are promises of the SQL beside them: nothing checks them while running.
 */
export class Database {
  readonly #handle: SqliteDatabase
  readonly #scratch: Scratch
  readonly #prepared = new Map<string, Statement>()
  readonly #wrapped = new Map<string, { readonly sql: string; readonly columns: readonly string[] }>()
  #depth = 0

  constructor(handle: SqliteDatabase, sqlite: Sqlite3Static) {
    this.#handle = handle
    this.#scratch = new Scratch(sqlite)
  }

  /** Several statements without parameters or rows. */
  script(sql: string): void {
    this.#handle.exec(sql)
  }

  run(sql: string, ...values: readonly SqlValue[]): void {
    const statement = this.#bind(sql, values)
    try {
      statement.step()
    } finally {
      statement.reset()
    }
  }

  /** The rowid of the row that the statement inserts. */
  insert(sql: string, ...values: readonly SqlValue[]): number {
    this.run(sql, ...values)
    return Number(this.#scratch.exports.sqlite3_last_insert_rowid(Number(this.#handle.pointer)))
  }

  all<Row extends object>(sql: string, ...values: readonly SqlValue[]): Row[] {
    const statement = this.#bind(sql, values)
    const rows: Row[] = []
    try {
      while (statement.step()) rows.push(read(statement) as Row)
    } finally {
      statement.reset()
    }
    return rows
  }

  /**
   * The same rows as `all`, for long lists: one JSON text leaves SQLite instead of a call for each field,
   * which is about five times as fast. Text and numbers only.
   */
  list<Row extends object>(sql: string, ...values: readonly SqlValue[]): Row[] {
    let wrapped = this.#wrapped.get(sql)
    if (!wrapped) {
      const statement = this.#handle.prepare(sql)
      const columns = statement.getColumnNames()
      statement.finalize()
      const names = columns.map((name) => `"${name}"`).join(', ')
      wrapped = { sql: `SELECT json_group_array(json_array(${names})) AS rows FROM (${sql})`, columns }
      this.#wrapped.set(sql, wrapped)
    }
    const { columns } = wrapped
    const json = this.get<{ rows: string }>(wrapped.sql, ...values)?.rows ?? '[]'
    return (JSON.parse(json) as unknown[][]).map((fields) => {
      const row: Record<string, unknown> = {}
      for (let index = 0; index < columns.length; index++) row[columns[index] as string] = fields[index]
      return row as Row
    })
  }

  get<Row extends object>(sql: string, ...values: readonly SqlValue[]): Row | undefined {
    const statement = this.#bind(sql, values)
    try {
      return statement.step() ? (read(statement) as Row) : undefined
    } finally {
      statement.reset()
    }
  }

  /** The first column of the first row; for counts and pragmas. */
  number(sql: string, ...values: readonly SqlValue[]): number {
    const statement = this.#bind(sql, values)
    try {
      return statement.step() ? Number(statement.get(0)) : 0
    } finally {
      statement.reset()
    }
  }

  /** All or nothing. A transaction inside another is part of it. */
  transaction<T>(work: () => T): T {
    if (this.#depth > 0) return work()
    this.#handle.exec('BEGIN IMMEDIATE')
    this.#depth++
    try {
      const result = work()
      this.#handle.exec('COMMIT')
      return result
    } catch (error) {
      // A full disk or a broken file has rolled back by itself already; then this one fails and says nothing new.
      try {
        this.#handle.exec('ROLLBACK')
      } catch {}
      throw error
    } finally {
      this.#depth--
    }
  }

  close(): void {
    for (const statement of this.#prepared.values()) statement.finalize()
    this.#prepared.clear()
    this.#scratch.free()
    this.#handle.close()
  }

  #bind(sql: string, values: readonly SqlValue[]): Statement {
    let prepared = this.#prepared.get(sql)
    if (!prepared) {
      prepared = new Statement(this.#handle, this.#scratch, sql)
      this.#prepared.set(sql, prepared)
    }
    if (values.length > 0) prepared.bind(values)
    return prepared
  }
}

function read(statement: Statement): Record<string, unknown> {
  const row: Record<string, unknown> = {}
  for (let index = 0; index < statement.columns.length; index++) {
    row[statement.columns[index] as string] = statement.get(index)
  }
  return row
}
