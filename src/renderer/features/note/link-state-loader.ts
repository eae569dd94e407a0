import type { Disposer } from '../../../core/base/disposable.ts'
import type { NoteId } from '../../../core/base/ids.ts'
import { parseWikilink } from '../../../core/link/wikilink.ts'
import { type LinkKey, type LinkState, type LinkStates, linkStateKey } from '../../../editor/extensions/link-states.ts'
import type { IndexClient, VaultClient } from '../../platform/clients.ts'
import { isFileName, pictureType } from './pictures/picture-source.ts'

export type LoaderParts = {
  readonly noteId: NoteId
  readonly vault: Pick<VaultClient, 'call'>
  readonly index: Pick<IndexClient, 'call'>
}

/** Asks what the links of a note lead to. Never fails: what is not known stays without an entry. */
export async function loadLinkStates(links: readonly LinkKey[], parts: LoaderParts): Promise<Map<string, LinkState>> {
  const states = new Map<string, LinkState>()
  const notes: LinkKey[] = []
  await Promise.all(
    links.map(async (link) => {
      const { name } = parseWikilink(link.target)
      const file = isFileName(name) ? await loadFile(link, name, parts) : null
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
  return { type: link.embed && pictureType(file.path) !== null ? 'image' : 'file' }
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
