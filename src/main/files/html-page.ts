import { readFile } from 'node:fs/promises'
import { escapeHtml } from '../../core/base/escape-html.ts'
import type { NoteId, VaultId } from '../../core/base/ids.ts'
import type { HtmlPiece } from '../../ipc/file-shapes.ts'
import type { AttachmentStore } from '../attachments/attachment-store.ts'
import { mediaType } from '../attachments/media-type.ts'
import { PAGE_POLICY, PAGE_STYLE } from './html-style.ts'
import type { Skipped } from './scan.ts'
import type { VaultCalls } from './vault-calls.ts'

/** A larger picture is left out, by its name; and so is every one once there is that much of them. Bytes. */
export const MOST_OF_AN_IMAGE = 16 << 20
export const MOST_OF_IMAGES = 256 << 20
const inMegabytes = (bytes: number) => `${bytes >> 20} MB`
/** A call's answer is built whole in the vault worker. */
const NOTES_A_CALL = 20

export type PageOptions = {
  readonly title: string
  readonly notes: readonly PageNote[]
  readonly vault: VaultCalls
  readonly vaultId: VaultId
  readonly attachments: Pick<AttachmentStore, 'verified'>
  readonly write: (html: string) => Promise<void>
  readonly signal: AbortSignal
  readonly onNote: (done: number) => void
}
export type PageNote = { readonly id: NoteId; readonly title: string; readonly path: string }
export type PageFacts = { notes: number; images: number; readonly problems: Skipped[] }

/**
 * Writes notes as one page that needs nothing else: styles and pictures are in it, a link to another note leads
 * there where that is in the page too. Stops between notes when `signal` says so; what is written is then no page.
 */
export async function writePage(options: PageOptions): Promise<PageFacts> {
  const { title, notes, vault, write, signal } = options
  const facts: PageFacts = { notes: 0, images: 0, problems: [] }
  const included = new Set(notes.map(({ id }) => id))
  const pictures = new Pictures(options, facts)
  await write(head(title))
  if (notes.length > 1) await write(contents(title, notes))
  const batchAt = (i: number) => notes.slice(i, i + NOTES_A_CALL)
  const ask = (i: number) => {
    const answer = vault.call('htmlOf', { ids: batchAt(i).map(({ id }) => id) })
    answer.catch(() => {}) // heard of where it is waited for, which it is not when everything stops
    return answer
  }
  let asked = ask(0)
  for (let i = 0; i < notes.length && !signal.aborted; i += NOTES_A_CALL) {
    const batch = batchAt(i)
    const answers = await asked
    // The vault is at the next ones while these are written.
    if (i + NOTES_A_CALL < notes.length) asked = ask(i + NOTES_A_CALL)
    const byId = new Map(answers.map((answer) => [answer.id, answer]))
    for (const { id, path } of batch) {
      const note = byId.get(id)
      if (!note) {
        facts.problems.push({ path, reason: 'the note is gone' })
        continue
      }
      if (note.problem !== null) facts.problems.push({ path: note.path, reason: note.problem })
      await write(
        `<article id="n${id}" class="${note.kind}" dir="auto">\n<h1>${escapeHtml(note.title || 'Untitled')}</h1>\n`,
      )
      for (const piece of note.pieces) await write(await written(piece, included, pictures))
      await write('</article>\n')
      facts.notes++
    }
    options.onNote(Math.min(notes.length, i + NOTES_A_CALL))
  }
  await write('</main>\n</body>\n</html>\n')
  return facts
}

function head(title: string): string {
  const meta = [
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${PAGE_POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
  ].join('\n')
  return `<!doctype html>\n<html>\n<head>\n${meta}\n<title>${escapeHtml(title)}</title>\n<style>${PAGE_STYLE}</style>\n</head>\n<body>\n<main>\n`
}

/** Folder by folder, as the notes stand in the vault. */
function contents(title: string, notes: readonly PageNote[]): string {
  const lines = [`<header class="contents" dir="auto">\n<h1>${escapeHtml(title)}</h1>\n<nav>\n`]
  let open: string | null = null
  for (const { id, title: name, path } of notes) {
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')))
    if (folder !== open) {
      if (open !== null) lines.push('</ul>\n')
      if (folder !== '') lines.push(`<h2>${escapeHtml(folder)}</h2>\n`)
      lines.push('<ul>\n')
      open = folder
    }
    lines.push(`<li><a href="#n${id}">${escapeHtml(name || 'Untitled')}</a></li>\n`)
  }
  lines.push('</ul>\n</nav>\n</header>\n')
  return lines.join('')
}

async function written(piece: HtmlPiece, included: ReadonlySet<NoteId>, pictures: Pictures): Promise<string> {
  if (typeof piece === 'string') return piece
  if ('image' in piece) return pictures.show(piece)
  if (!included.has(piece.link)) return ''
  const place = piece.anchor === '' ? '' : `.${encodeURIComponent(piece.anchor)}`
  return ` href="#n${piece.link}${escapeHtml(place)}"`
}

/** Pictures as data, up to a size each and together. */
class Pictures {
  readonly #options: PageOptions
  readonly #facts: PageFacts
  #bytes = 0

  constructor(options: PageOptions, facts: PageFacts) {
    this.#options = options
    this.#facts = facts
  }

  async show({ image, alt, width, height }: Extract<HtmlPiece, { image: unknown }>): Promise<string> {
    const { attachments, vaultId } = this.#options
    const type = mediaType(image.path)
    const leftOut = (reason: string): string => {
      this.#facts.problems.push({ path: image.path, reason })
      return `<span class="left-out">${escapeHtml(alt)}</span>`
    }
    if (!type.startsWith('image/')) return `<span class="file">${escapeHtml(alt)}</span>`
    const file = await attachments.verified(vaultId, image.sha256)
    if (!file) return leftOut('the vault does not hold this file any more')
    if (file.size > MOST_OF_AN_IMAGE) return leftOut(`it is larger than ${inMegabytes(MOST_OF_AN_IMAGE)}`)
    if (this.#bytes + file.size > MOST_OF_IMAGES)
      return leftOut(`the pictures are more than ${inMegabytes(MOST_OF_IMAGES)} together`)
    const bytes = await readFile(file.path).catch(() => null)
    if (!bytes) return leftOut('it could not be read')
    this.#bytes += bytes.length
    this.#facts.images++
    const size = `${width === null ? '' : ` width="${width}"`}${height === null ? '' : ` height="${height}"`}`
    return `<img alt="${escapeHtml(alt)}"${size} src="data:${type};base64,${bytes.toString('base64')}">`
  }
}
