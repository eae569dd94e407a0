import { parseWikilink } from '../../../core/link/wikilink.ts'
import type { indexContract } from '../../../ipc/index-contract.ts'
import type { Output } from '../../../ipc/rpc.ts'

export type TitleHit = Output<typeof indexContract, 'titles'>[number]

/** What a row of the completion does: link to a note, write a new one, or link to a web address. */
export type LinkChoice =
  | { readonly is: 'note'; readonly key: string; readonly hit: TitleHit; readonly target: string }
  | { readonly is: 'write'; readonly key: string; readonly title: string; readonly target: string }
  | { readonly is: 'address'; readonly key: string; readonly url: string }

/** The part of a query that names a note; the rest is its heading and its words. */
export const nameOf = (query: string): string => parseWikilink(query).name

/**
 * The rows for a query, best first. `words` are those of a selection that becomes the link: they stay as they
 * are, whatever the note is called. A title that two notes share is linked by its path.
 */
export function linkChoices(query: string, hits: readonly TitleHit[], words: string | null): LinkChoice[] {
  const { name, anchor, shown } = parseWikilink(query)
  const rest = (title: string, alias: string | null) => {
    const said = shown ?? words ?? alias
    return (anchor === '' ? '' : `#${anchor}`) + (said && said !== title ? `|${said}` : '')
  }
  const titles = new Map<string, number>()
  for (const { title } of hits) titles.set(fold(title), (titles.get(fold(title)) ?? 0) + 1)
  const choices: LinkChoice[] = hits.map((hit) => {
    const isShared = (titles.get(fold(hit.title)) ?? 0) > 1
    const place = isShared ? hit.path.replace(/\.(?:md|markdown)$/i, '') : hit.title
    return { is: 'note', key: `${hit.id}:${hit.alias ?? ''}`, hit, target: place + rest(place, hit.alias) }
  })
  const title = name.trim()
  const isKnown = hits.some((hit) => fold(hit.title) === fold(title) || (hit.alias && fold(hit.alias) === fold(title)))
  if (title !== '' && !isKnown) choices.push({ is: 'write', key: 'write', title, target: title + rest(title, null) })
  return choices
}

const fold = (text: string): string => text.normalize('NFC').toLowerCase()
