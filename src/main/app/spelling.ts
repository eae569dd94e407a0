import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { app, type Session } from 'electron'
import { CallError } from '../../ipc/rpc.ts'
import type { Spelling as SpellingState } from '../../ipc/settings-shapes.ts'
import type { Services } from '../services.ts'

/** Where Chromium fetches a dictionary by itself as soon as a language is set: no such place, for nothing was asked. */
const NOWHERE = 'app://no-dictionaries/'
/** Where its dictionaries are. */
const PUBLIC = 'https://redirector.gvt1.com/edgedl/chrome/dict/'
const FETCH_MS = 60_000

type Parts = Pick<Services, 'settings' | 'log'>

/**
 * Spelling in the windows' session. On a Mac the system checks. Elsewhere Chromium checks, with dictionaries that it
 * would fetch by itself, past the walls of the session (seen on 33: no `webRequest` hears of it): it may do so only
 * while the person's own request for one runs. Until a dictionary is here the checker is off.
 */
export class Spelling {
  readonly #session: Session
  readonly #parts: Parts
  #isFetching = false

  constructor(session: Session, parts: Parts) {
    this.#session = session
    this.#parts = parts
    session.setSpellCheckerDictionaryDownloadURL(NOWHERE)
  }

  /** Call once, after the session has got its walls. */
  start(): void {
    this.follow()
  }

  /** Sets what the settings say. */
  follow(): void {
    const { log } = this.#parts
    void this.#set().catch(() => log.warn('spelling.not-set'))
  }

  async state(): Promise<SpellingState> {
    const isSystem = process.platform === 'darwin'
    const chosen = this.#chosen()
    const here = isSystem ? chosen : await present(chosen)
    return { isSystem, available: this.#session.availableSpellCheckerLanguages, chosen, here }
  }

  /** Fetches the dictionary of a language for a person who asked. Throws `refused` for one that there is none of. */
  async fetch(language: string): Promise<{ isHere: boolean }> {
    if (!this.#session.availableSpellCheckerLanguages.includes(language)) {
      throw new CallError('refused', 'There is no dictionary of that language.')
    }
    if (this.#isFetching) throw new CallError('refused', 'Another dictionary is being fetched.')
    const session = this.#session
    this.#isFetching = true
    const ended = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, FETCH_MS)
      const done = () => {
        clearTimeout(timer)
        resolve()
      }
      session.once('spellcheck-dictionary-download-success', done)
      session.once('spellcheck-dictionary-download-failure', done)
    })
    try {
      session.setSpellCheckerDictionaryDownloadURL(PUBLIC)
      session.setSpellCheckerEnabled(true)
      // only a change makes it look for what is missing
      session.setSpellCheckerLanguages([])
      session.setSpellCheckerLanguages([language])
      await ended
    } finally {
      this.#isFetching = false
      session.setSpellCheckerDictionaryDownloadURL(NOWHERE)
      session.removeAllListeners('spellcheck-dictionary-download-success')
      session.removeAllListeners('spellcheck-dictionary-download-failure')
    }
    await this.#set()
    return { isHere: (await present([language])).length > 0 }
  }

  async #set(): Promise<void> {
    const { spelling } = this.#parts.settings.settings
    if (this.#isFetching) return
    if (process.platform === 'darwin') return this.#session.setSpellCheckerEnabled(spelling)
    const here = spelling ? await present(this.#chosen()) : []
    // a language without its dictionary would have it fetched
    if (here.length > 0) this.#session.setSpellCheckerLanguages(here)
    this.#session.setSpellCheckerEnabled(here.length > 0)
  }

  /** What the person chose, else the system's language; only what there is a dictionary of. */
  #chosen(): string[] {
    const { spellingLanguages } = this.#parts.settings.settings
    const available = this.#session.availableSpellCheckerLanguages
    const wanted = spellingLanguages.length > 0 ? spellingLanguages : [app.getLocale()]
    return wanted.flatMap((tag) => {
      const exact = available.find((each) => each.toLowerCase() === tag.toLowerCase())
      return exact ?? available.find((each) => each === tag.split('-')[0]) ?? []
    })
  }
}

/** Languages whose dictionary is on the disk: Chromium calls a file `en-US-10-1.bdic`, that of `de` `de-DE-3-0.bdic`. */
async function present(languages: readonly string[]): Promise<string[]> {
  const names = await readdir(path.join(app.getPath('userData'), 'Dictionaries')).catch(() => [])
  const dictionaries = names.filter((name) => name.endsWith('.bdic')).map((name) => name.toLowerCase())
  return languages.filter((tag) => dictionaries.some((name) => name.startsWith(`${tag.toLowerCase()}-`)))
}
