import { fileNameKey, filesNamedIn } from '../../core/note/file-mentions.ts'
import { wordKey } from '../../core/relation/words.ts'
import type { PlannedFile } from './export-plan.ts'

const WORD = /([\p{L}][\p{L}\p{N} _-]{0,40}):/gu

/** What the notes of a part use of the vault: attachments, and words that may be read as relations. */
export class Mentions {
  readonly #files: readonly PlannedFile[]
  readonly #byPath: ReadonlyMap<string, PlannedFile>
  readonly #byKey = new Map<string, PlannedFile[]>()
  /** Names that cannot be looked for by key: as they are, and as an address has them. */
  readonly #literal: { file: PlannedFile; forms: readonly string[] }[] = []
  readonly #named = new Set<PlannedFile>()
  readonly #words = new Set<string>()

  constructor(files: readonly PlannedFile[]) {
    this.#files = files
    this.#byPath = new Map(files.map((file) => [file.from, file]))
    for (const file of files) {
      const key = fileNameKey(file.from)
      if (key !== null) this.#byKey.set(key, [...(this.#byKey.get(key) ?? []), file])
      else {
        const name = file.from.slice(file.from.lastIndexOf('/') + 1).replace(/\p{Surrogate}/gu, '')
        this.#literal.push({ file, forms: [name, encodeURI(name), encodeURIComponent(name)] })
      }
    }
  }

  /**
   * A note's text, and what its links lead to: those are named, and other files of such a name are not. A name that
   * stands there in any other way names every file that is called so (X1).
   */
  see(text: string, leads: readonly { readonly name: string; readonly path: string }[] = []): void {
    const settled = new Set<string | null>()
    for (const { name, path } of leads) {
      settled.add(fileNameKey(name))
      const file = this.#byPath.get(path)
      if (file) this.#named.add(file)
    }
    for (const key of filesNamedIn(text, new Set(this.#byKey.keys()))) {
      if (settled.has(key)) continue
      for (const file of this.#byKey.get(key) ?? []) this.#named.add(file)
      this.#byKey.delete(key)
    }
    for (const { file, forms } of this.#literal) {
      if (!this.#named.has(file) && forms.some((form) => text.includes(form))) this.#named.add(file)
    }
    if (text.includes(':')) for (const [, word = ''] of text.matchAll(WORD)) this.#words.add(wordKey(word.trim()))
  }

  /** @param word by `wordKey` */
  hasWord(word: string): boolean {
    return this.#words.has(word)
  }

  get files(): PlannedFile[] {
    return this.#files.filter((file) => this.#named.has(file))
  }
}
