import { escapeHtml } from '../../core/base/escape-html.ts'
import type { NoteId } from '../../core/base/ids.ts'
import { anchorKey } from '../../core/link/anchor.ts'
import type { Kind } from '../../core/note/note.ts'
import type { HtmlPiece } from '../../ipc/file-shapes.ts'
import type { indexContract } from '../../ipc/index-contract.ts'
import type { Client, Output } from '../../ipc/rpc.ts'
import type { vaultContract } from '../../ipc/vault-contract.ts'
import type { HtmlHole } from '../convert/html-holes.ts'
import type { HtmlResult, HtmlTask } from '../convert/html-task.ts'
import type { ConvertPool } from '../convert/pool.ts'
import type { EditNotes } from '../edit-notes.ts'
import type { VaultState } from '../vault-state.ts'
import type { Attachments } from './attachments.ts'

type Pages = Output<typeof vaultContract, 'htmlOf'>
type Found = { readonly id: NoteId; readonly kind: Kind; readonly title: string }

type Parts = {
  readonly state: VaultState
  readonly edits: EditNotes
  readonly attachments: Attachments
  readonly pool: ConvertPool
  readonly index: Client<typeof indexContract>
}

/** In one note, and how long they may make it together (UTF-16 units): notes that embed each other grow fast. */
const MOST_EMBEDS = 200
const MOST_TEXT = 4_000_000

/** One note of the answer while it is put together. */
type Page = {
  readonly id: NoteId
  /** Notes and passages that are written out in it already: a second time, and in a ring, there is a link. */
  readonly shown: Set<string>
  embeds: number
  length: number
  problem: string | null
}
/** A rendering that is not resolved yet; `fill` puts what becomes of it into its place. */
type Wanted = {
  readonly page: Page
  readonly task: Omit<HtmlTask, 'state' | 'plain'>
  readonly fill: (result: HtmlResult | null, part: Part) => void
}
type Part = { pieces: (HtmlPiece | Part)[] }

/** Notes as HTML in pieces, for web pages, PDF and paper. Links lead where they lead in the app. */
export class Html {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  async of(ids: readonly NoteId[]): Promise<Pages> {
    const { state } = this.#parts
    const pages: { page: Page; part: Part; row: Omit<Pages[number], 'pieces' | 'problem'> }[] = []
    let wanted: Wanted[] = []
    for (const id of new Set(ids)) {
      const head = state.catalog.get(id)
      if (head?.state !== 'live') continue
      const page: Page = { id, shown: new Set([keyOf(id, '')]), embeds: 0, length: 0, problem: null }
      const part: Part = { pieces: [] }
      const title = head.shownTitle
      pages.push({ page, part, row: { id, path: state.catalog.path(head), title, kind: head.kind } })
      wanted.push({
        page,
        task: { kind: 'html', id, prefix: `n${id}`, passage: null, isEmbedded: false, title },
        fill: (result, whole) => {
          page.problem = result === null ? 'its text could not be read' : result.asText
          part.pieces = whole.pieces
        },
      })
    }
    // Embeds of embeds come in the next round, so that what stands further up in the tree is written out first.
    while (wanted.length > 0) wanted = await this.#round(wanted)
    return pages.map(({ page, part, row }) => ({ ...row, pieces: joined(part), problem: page.problem }))
  }

  async #round(wanted: readonly Wanted[]): Promise<Wanted[]> {
    const results = await this.#render(wanted)
    const names = await Promise.all(wanted.map(({ task }, i) => this.#resolve(task.id, results[i] ?? null)))
    const next: Wanted[] = []
    for (const [i, { page, task, fill }] of wanted.entries()) {
      const result = results[i] ?? null
      const part: Part = { pieces: [] }
      if (result) {
        const named = names[i] ?? new Map()
        for (const piece of result.pieces) {
          if (typeof piece === 'string') {
            page.length += piece.length
            part.pieces.push(piece)
          } else part.pieces.push(...this.#filled(piece, { page, task, named, next }))
        }
      }
      fill(result, part)
    }
    return next
  }

  /** null where the store has no text, or it can be read in no way. */
  async #render(wanted: readonly Wanted[]): Promise<(HtmlResult | null)[]> {
    const { edits, pool } = this.#parts
    const states = await Promise.all(wanted.map(({ task }) => edits.stateOf(task.id).catch(() => null)))
    const tasks = wanted.flatMap(({ task }, i): HtmlTask[] => {
      const state = states[i]
      return state ? [{ ...task, state, plain: false }] : []
    })
    const outcomes = await pool.run(tasks)
    const again = tasks.filter((_, i) => outcomes[i]?.ok !== true).map((task) => ({ ...task, plain: true }))
    const plain = await pool.run(again)
    const results = outcomes.map((outcome) => {
      const settled = outcome.ok ? outcome : plain.shift()
      return settled?.ok ? settled.value : null
    })
    return states.map((state) => (state ? (results.shift() ?? null) : null))
  }

  /** Where the names in a rendering lead from its note; a name of several notes leads nowhere, as in the app. */
  async #resolve(fromId: NoteId, result: HtmlResult | null): Promise<ReadonlyMap<string, Found>> {
    const names = new Set<string>()
    for (const piece of result?.pieces ?? [])
      if (typeof piece !== 'string' && piece.hole !== 'image') names.add(piece.name)
    names.delete('')
    if (names.size === 0) return new Map()
    const answers = await this.#parts.index.call('resolve', { targets: [...names], fromId })
    return new Map(
      answers.flatMap(({ target, found: [first, second] }) => (first && !second ? [[target, first] as const] : [])),
    )
  }

  #filled(
    hole: HtmlHole,
    at: { page: Page; task: Wanted['task']; named: ReadonlyMap<string, Found>; next: Wanted[] },
  ): (HtmlPiece | Part)[] {
    const { page, task, named, next } = at
    if (hole.hole === 'image') return this.#image(task.id, hole)
    const own = this.#parts.state.catalog.get(task.id)
    const self: Found | undefined = own && { id: own.id, kind: own.kind, title: own.shownTitle }
    const target = hole.name === '' ? self : named.get(hole.name)
    const anchor = anchorKey(hole.anchor)
    if (hole.hole === 'link') {
      if (!target) return [' class="wikilink unwritten"']
      return [` class="wikilink ${target.kind}"`, { link: target.id, anchor }]
    }
    const shown = escapeHtml(hole.shown)
    if (!target) return this.#file(task.id, hole.name, shown)
    const link = (words: string): HtmlPiece[] => [
      `<p class="embed-note"><a class="wikilink ${target.kind}"`,
      { link: target.id, anchor },
      `>${shown}</a> ${words}</p>\n`,
    ]
    const key = keyOf(target.id, anchor)
    if (page.shown.has(key)) return link('is on this page already.')
    if (page.embeds >= MOST_EMBEDS || page.length > MOST_TEXT)
      return link('is not written out: there is too much of it.')
    page.shown.add(key)
    page.embeds++
    const part: Part = { pieces: [] }
    next.push({
      page,
      task: {
        kind: 'html',
        id: target.id,
        prefix: `n${page.id}-${page.embeds}`,
        passage: anchor === '' ? null : anchor,
        isEmbedded: true,
        title: anchor === '' ? target.title : '',
      },
      fill: (result, whole) => {
        if (!result) part.pieces = link('could not be read.')
        else if (!result.isFound) part.pieces = link('is not in that note any more.')
        else {
          const title: HtmlPiece[] = [
            `<section class="embed ${target.kind}">\n<p class="embed-title"><a class="wikilink ${target.kind}"`,
            { link: target.id, anchor },
            `>${shown}</a></p>\n`,
          ]
          part.pieces = [...title, whole, '</section>\n']
        }
      },
    })
    return [part]
  }

  #image(from: NoteId, { target, alt, width, height }: HtmlHole & { hole: 'image' }): HtmlPiece[] {
    const file = this.#parts.attachments.resolve(from, target)
    const name = target.slice(target.lastIndexOf('/') + 1)
    if (!file) return [`<span class="missing">${escapeHtml(alt || name)}</span>`]
    const { path, sha256, size } = file
    return [{ image: { path, sha256, size }, alt: alt || name, width, height }]
  }

  /** An embed that is no note: a file that cannot be shown on a page, or nothing at all. */
  #file(from: NoteId, name: string, shown: string): HtmlPiece[] {
    const isThere = name !== '' && this.#parts.attachments.resolve(from, name) !== null
    return [`<p class="embed-note"><span class="${isThere ? 'file' : 'missing'}">${shown}</span></p>\n`]
  }
}

const keyOf = (id: NoteId, anchor: string): string => `${id} ${anchor}`

/** In one list, neighbouring text as one. */
function joined(part: Part): HtmlPiece[] {
  const pieces: HtmlPiece[] = []
  let text: string[] = []
  const end = () => {
    if (text.length > 0) pieces.push(text.join(''))
    text = []
  }
  const walk = ({ pieces: each }: Part) => {
    for (const piece of each) {
      if (typeof piece === 'string') text.push(piece)
      else if ('pieces' in piece) walk(piece)
      else {
        end()
        pieces.push(piece)
      }
    }
  }
  walk(part)
  end()
  return pieces
}
