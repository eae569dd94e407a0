import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { type LaunchedApp, launch } from '../support/app.ts'
import { cliJson } from '../support/cli.ts'
import { type Corpus, writeCorpus } from './corpus.ts'

/** What `import` prints (CLI.md). */
export type Imported = {
  readonly notes: number
  readonly links: number
  readonly unresolved: number
  readonly skipped: readonly { readonly path: string; readonly reason: string }[]
  readonly ms: number
}

/** What the rows stand on, made when the first of them asks for it: a folder of Markdown, and a profile with it. */
export class Ground {
  readonly notes: number
  /** Chromium's, for this machine; as `npm start` has them. */
  readonly flags: readonly string[]
  readonly folder: string
  readonly #corpora = new Map<number, Promise<Corpus>>()
  #imported: Promise<string> | null = null

  private constructor(notes: number, flags: readonly string[], folder: string) {
    this.notes = notes
    this.flags = flags
    this.folder = folder
  }

  static async open(notes: number, flags: readonly string[]): Promise<Ground> {
    return new Ground(notes, flags, await mkdtemp(path.join(os.tmpdir(), 'throughline-bench-')))
  }

  corpus(notes = this.notes): Promise<Corpus> {
    const made = this.#corpora.get(notes) ?? writeCorpus(path.join(this.folder, `notes-${notes}`), notes)
    this.#corpora.set(notes, made)
    return made
  }

  /** An empty place for something of this run. */
  async emptyFolder(name: string): Promise<string> {
    const folder = path.join(this.folder, name)
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder)
    return folder
  }

  /** The profile that holds the corpus. */
  profile(): Promise<string> {
    this.#imported ??= this.#import()
    return this.#imported
  }

  /** Takes over a profile that the corpus has just been imported into. */
  takeProfile(profile: string): void {
    this.#imported = Promise.resolve(profile)
  }

  /** Opens the window of the profile for `use`, and closes it as a person does. */
  async withApp<T>(use: (app: LaunchedApp) => Promise<T>): Promise<T> {
    const app = await launch({ profile: await this.profile(), flags: this.flags })
    try {
      return await use(app)
    } finally {
      await app.electron.close()
    }
  }

  async remove(): Promise<void> {
    // A Chromium that is just ending may still write.
    await rm(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }

  async #import(): Promise<string> {
    const { folder } = await this.corpus()
    const profile = await this.emptyFolder('profile')
    await cliJson<Imported>(profile, 'import', folder)
    return profile
  }
}
