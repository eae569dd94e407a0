import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { noteId, vaultId } from '../../core/base/ids.ts'
import { createRandom, type Random } from '../../testing/random.ts'
import { temporaryFolders } from '../../testing/temporary-folder.ts'
import { AttachmentStore } from '../attachments/attachment-store.ts'
import { profileAt } from '../store/profile.ts'
import type { Known } from './known.ts'
import { Lines } from './lines.ts'
import { ModelVault, textOf } from './model-vault.test-data.ts'
import { Mirror } from './round.ts'
import { Texts } from './texts.ts'

const folder = temporaryFolders()
class Kill extends Error {}

const isHidden = (below: string) => below.startsWith('.')
const FOLDERS = ['X', 'Y', 'Y/Z', 'E', 'E/F']
const NAMES = ['a.md', 'b.md', 'c d.md', 'X/a.md', 'X/e.md', 'Y/Z/f.md', 'g.md', 'h.md']

class Run {
  readonly random: Random
  readonly root = folder()
  readonly state = folder()
  readonly vault = new ModelVault()
  /** Rows that somebody took away on purpose: by deleting them, or a file that was never read. */
  readonly takenAway = new Set<string>()
  readonly added: string[] = []
  mirror: Mirror | null = null
  /** Both sides as they were told of last, by path and by id. */
  #told = { files: {} as Record<string, string>, folders: '', notes: new Map<string, string>(), vaultFolders: 0 }
  /** Paths that the watcher has yet to tell of. */
  #late = new Set<string>()
  /** What was done to a side, also where it is now as it was told of last. */
  #touched = new Set<string>()
  #edited = new Set<string>()
  #hasFolders = false
  #mustCompare = true
  #left = Number.POSITIVE_INFINITY
  #row = 0

  constructor(seed: number) {
    this.random = createRandom(seed)
    this.vault.onCall = (_name, _when) => this.#tick()
  }

  #tick(): void {
    if (--this.#left <= 0) {
      this.#left = Number.POSITIVE_INFINITY
      throw new Kill('killed')
    }
  }

  /** What watcher and vault would tell of now; null where a folder came or went. */
  #known(isLate: boolean): Known | null {
    const [files, folders] = [this.files(), this.folders().join()]
    const notes = new Map([...this.vault.notes.values()].map((note) => [note.id, JSON.stringify(note)]))
    const vaultFolders = this.vault.folderEdits
    const { files: before, notes: notesBefore } = this.#told
    const changed = [...new Set([...Object.keys(files), ...Object.keys(before), ...this.#touched])].filter(
      (at) => files[at] !== before[at] || this.#touched.has(at),
    )
    const paths = new Set(this.#late)
    this.#late = new Set()
    for (const at of changed) (isLate && this.random.chance(0.3) ? this.#late : paths).add(at)
    const ids = [...notes.keys()]
      .filter((id) => notes.get(id) !== notesBefore.get(id) || this.#edited.has(id))
      .map((id) => noteId(id))
    const known = { notes: new Set(ids), paths, hasMore: vaultFolders !== this.#told.vaultFolders }
    const isWhole = folders !== this.#told.folders || this.#hasFolders
    this.#hasFolders = false
    this.#touched = new Set()
    this.#edited = new Set()
    this.#told = { files, folders, notes, vaultFolders }
    return isWhole ? null : known
  }

  /** @param isLate some of what happened in the folder is told of with the next round only */
  async round(killAfter: number, isLate = true): Promise<void> {
    const known = this.#known(isLate)
    const isWhole = this.#mustCompare
    this.#mustCompare = true
    this.#left = killAfter
    try {
      if (!this.mirror) {
        const profile = profileAt(this.state)
        this.mirror = new Mirror({
          folder: this.root,
          vaultId: vaultId('vaultvault'),
          vault: this.vault.port,
          attachments: new AttachmentStore(profile),
          lines: await Lines.open(path.join(this.state, 'mirror')),
          texts: new Texts(path.join(this.state, 'texts')),
          forbidden: this.state,
          now: Date.now,
          onHappened: () => {},
          step: () => this.#tick(),
        })
      }
      // With nobody to ask: what only a comparison of everything decides is decided for the trash.
      const end = isWhole || !known ? await this.mirror.round('trash') : await this.mirror.round('ask', known)
      this.#mustCompare = end.kind !== 'done' || end.isUnsettled
    } catch (error) {
      if (!(error instanceof Kill)) throw error
      this.mirror = null // the next life reads what is on the disk
    } finally {
      this.#left = Number.POSITIVE_INFINITY
    }
  }

  row(): string {
    const row = `row ${++this.#row}`
    this.added.push(row)
    return row
  }

  files(): Record<string, string> {
    const found: Record<string, string> = {}
    for (const entry of readdirSync(this.root, { recursive: true, withFileTypes: true })) {
      const file = path.join(entry.parentPath, entry.name)
      if (!entry.isFile() || isHidden(path.relative(this.root, file))) continue
      found[path.relative(this.root, file).split(path.sep).join('/')] = readFileSync(file, 'utf8')
    }
    return found
  }

  folders(): string[] {
    return readdirSync(this.root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => path.relative(this.root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
      .filter((at) => !isHidden(at))
      .sort()
  }

  #rowsIn(at: string): string[] {
    return (this.files()[at] ?? '').split('\n').filter((row) => row !== '')
  }

  #write(at: string, rows: readonly string[]): void {
    this.#touched.add(at)
    mkdirSync(path.dirname(path.join(this.root, at)), { recursive: true })
    writeFileSync(path.join(this.root, at), textOf(rows))
  }

  outside(): void {
    const { random } = this
    const paths = Object.keys(this.files())
    const act = random.below(11)
    if (act === 10) {
      this.#hasFolders = true
      const folder = path.join(this.root, random.pick(FOLDERS))
      if (!existsSync(folder)) mkdirSync(folder, { recursive: true })
      else if (readdirSync(folder).length === 0) rmdirSync(folder)
      return
    }
    const at = paths.length === 0 ? null : random.pick(paths)
    if (at === null || act < 2) {
      const free = NAMES.filter((name) => !paths.includes(name))
      if (free.length > 0) this.#write(random.pick(free), [this.row(), this.row()])
    } else if (act < 6) {
      this.#write(at, [...this.#rowsIn(at), this.row()])
    } else if (act === 6) {
      const rows = this.#rowsIn(at)
      const gone = rows[0]
      if (gone !== undefined) this.takenAway.add(gone)
      this.#write(at, rows.slice(1))
    } else if (act < 9) {
      const to = random.pick(NAMES)
      if (paths.includes(to)) return
      mkdirSync(path.dirname(path.join(this.root, to)), { recursive: true })
      renameSync(path.join(this.root, at), path.join(this.root, to))
      this.#touched.add(at).add(to)
    } else {
      for (const row of this.#rowsIn(at)) this.takenAway.add(row)
      rmSync(path.join(this.root, at))
      this.#touched.add(at)
    }
  }

  inside(): void {
    const { random, vault } = this
    const act = random.below(11)
    if (act === 10) {
      const folder = random.pick(FOLDERS)
      if (!vault.folders.has(folder)) vault.makeFolder(folder)
      else {
        try {
          vault.removeFolder(folder)
        } catch {
          // It is not empty.
        }
      }
      return
    }
    const living = vault.living()
    const note = living.length === 0 ? null : random.pick(living)
    if (note) this.#edited.add(note.id)
    if (!note || act < 2) vault.create(random.pick(NAMES), [this.row(), this.row()])
    else if (act < 6) note.rows = [...note.rows, this.row()]
    else if (act === 6) {
      const gone = note.rows.at(-1)
      if (gone !== undefined) this.takenAway.add(gone)
      note.rows = note.rows.slice(0, -1)
    } else if (act < 9) vault.move(note.id, random.pick(NAMES))
    else if (random.chance(0.5)) note.trashed = true
    else {
      const [trashed] = [...vault.notes.values()].filter((each) => each.trashed)
      if (trashed) this.#edited.add(trashed.id)
      if (trashed) vault.restore(trashed.id)
    }
  }

  check(): void {
    const living = Object.fromEntries(this.vault.living().map(({ path: at, rows }) => [at, textOf(rows)]))
    expect(this.files()).toEqual(living)
    expect(this.folders()).toEqual([...this.vault.folders].sort())
    const rows = new Set([...this.vault.notes.values()].flatMap((note) => note.rows))
    const lost = this.added.filter((row) => !rows.has(row) && !this.takenAway.has(row))
    expect(lost).toEqual([])
  }
}

test('F1 to F10, F15, F16: edits on both sides with kills in between: at quiet both say the same, and no row is lost', async () => {
  const seeds = Number(process.env.MIRROR_SEEDS ?? 30)
  for (let seed = 1; seed <= seeds; seed++) {
    const run = new Run(seed)
    try {
      for (let i = 0; i < 25; i++) {
        const acts = run.random.below(4)
        for (let k = 0; k < acts; k++) run.random.chance(0.5) ? run.outside() : run.inside()
        await run.round(run.random.chance(0.4) ? 1 + run.random.below(25) : Number.POSITIVE_INFINITY)
      }
      for (let i = 0; i < 6; i++) await run.round(Number.POSITIVE_INFINITY, false)
      run.check()
    } catch (error) {
      throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : ''}`, { cause: error })
    }
  }
}, 120_000)
