import type { Disposer } from '../../../core/base/disposable.ts'
import type { NoteId, VaultId } from '../../../core/base/ids.ts'
import { parseWikilink } from '../../../core/link/wikilink.ts'
import { type LinkKey, type LinkState, type LinkStates, linkStateKey } from '../../../editor/extensions/link-states.ts'
import type { IndexClient, VaultClient } from '../../platform/clients.ts'

/** What the app serves inline from a vault's attachments. */
const IMAGES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  bmp: 'image/bmp',
}
const FILE = /\.([A-Za-z0-9]{1,8})$/

export type LoaderParts = {
  readonly noteId: NoteId
  readonly vaultId: VaultId
  readonly vault: Pick<VaultClient, 'call'>
  readonly index: Pick<IndexClient, 'call'>
  /** Size of a picture in px; null where it cannot be read. */
  readonly measure: (url: string) => Promise<{ width: number; height: number } | null>
}

/** Asks what the links of a note lead to. Never fails: what is not known stays without an entry. */
export async function loadLinkStates(links: readonly LinkKey[], parts: LoaderParts): Promise<Map<string, LinkState>> {
  const states = new Map<string, LinkState>()
  const notes: LinkKey[] = []
  await Promise.all(
    links.map(async (link) => {
      const { name } = parseWikilink(link.target)
      const file = FILE.test(name) && !/\.(?:md|markdown)$/i.test(name) ? await loadFile(link, name, parts) : null
      if (file) states.set(linkStateKey(link), file)
      else notes.push(link)
    }),
  )
  if (notes.length === 0) return states
  const names = [...new Set(notes.map(({ target }) => parseWikilink(target).name).filter((name) => name !== ''))]
  const answers = await parts.index.call('resolve', { targets: names, fromId: parts.noteId }).catch(() => [])
  const found = new Map(answers.map((answer) => [answer.target, answer.found]))
  for (const link of notes) {
    const hits = found.get(parseWikilink(link.target).name)
    if (!hits) continue
    const [nearest] = hits
    if (!nearest) states.set(linkStateKey(link), { type: 'unwritten' })
    else if (hits.length > 1) states.set(linkStateKey(link), { type: 'ambiguous' })
    else states.set(linkStateKey(link), { type: 'note', kind: nearest.kind })
  }
  return states
}

async function loadFile(link: LinkKey, name: string, parts: LoaderParts): Promise<LinkState | null> {
  const target = { noteId: parts.noteId, target: name }
  const file = await parts.vault.call('resolveAttachment', target).catch(() => null)
  if (!file) return null
  const type = IMAGES[(FILE.exec(file.path)?.[1] ?? '').toLowerCase()]
  if (!link.embed || !type) return { type: 'file' }
  const url = `attachment://${parts.vaultId}/${file.sha256}?type=${encodeURIComponent(type)}`
  const size = await parts.measure(url)
  if (!size) return { type: 'file' }
  return { type: 'image', url, ...shownSize(parseWikilink(link.target).shown, size) }
}

const MEASURE = 576

/** `640x480` or `640` behind the bar is a size; no picture is wider than the text. */
function shownSize(shown: string | null, size: { width: number; height: number }) {
  const wanted = /^(\d{1,4})(?:x\d{1,4})?$/.exec(shown ?? '')?.[1]
  const width = Math.max(16, Math.min(wanted ? Number(wanted) : size.width, MEASURE))
  return { width, height: Math.round((width * size.height) / size.width) }
}

/** Sizes of pictures by address; attachments never change under theirs. */
const sizes = new Map<string, Promise<{ width: number; height: number } | null>>()

export function measureImage(url: string): Promise<{ width: number; height: number } | null> {
  const known = sizes.get(url)
  if (known) return known
  const size = new Promise<{ width: number; height: number } | null>((resolve) => {
    const image = new Image()
    image.onload = () => resolve({ width: image.naturalWidth || 1, height: image.naturalHeight || 1 })
    image.onerror = () => {
      sizes.delete(url)
      resolve(null)
    }
    image.src = url
  })
  sizes.set(url, size)
  return size
}

const DELAY_MS = 60

/** Loads states when asked, one run at a time, the last request last. */
export function createStateRefresher(
  links: LinkStates,
  parts: () => LoaderParts | null,
): { ask(): void; dispose: Disposer } {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isBusy = false
  let isAsked = false
  let isDisposed = false
  const run = async () => {
    timer = undefined
    const given = parts()
    if (isDisposed || !given) return
    isBusy = true
    isAsked = false
    const states = await loadLinkStates(links.links(), given)
    isBusy = false
    if (isDisposed) return
    links.set(states)
    if (isAsked) ask()
  }
  const ask = () => {
    if (isDisposed) return
    if (isBusy) isAsked = true
    else timer ??= setTimeout(() => void run(), DELAY_MS)
  }
  return {
    ask,
    dispose: () => {
      isDisposed = true
      clearTimeout(timer)
    },
  }
}
