import { linkKey, parseWikilink } from '../../../../core/link/wikilink.ts'
import type { indexContract } from '../../../../ipc/index-contract.ts'
import type { Output } from '../../../../ipc/rpc.ts'

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
    const said = shown || words || alias
    return (anchor === '' ? '' : `#${anchor}`) + (said && said !== title ? `|${said}` : '')
  }
  const choices: LinkChoice[] = hits.map((hit) => {
    const place = placeName(hit, hits)
    return { is: 'note', key: `${hit.id}:${hit.alias ?? ''}`, hit, target: place + rest(place, hit.alias) }
  })
  const title = name.trim()
  const isKnown = hits.some((hit) => fold(hit.title) === fold(title) || (hit.alias && fold(hit.alias) === fold(title)))
  if (title !== '' && !isKnown) choices.push({ is: 'write', key: 'write', title, target: title + rest(title, null) })
  return choices
}

type Named = { readonly title: string; readonly path: string }

/** How a link names a note: by its title, or by its path where another of these has that title too. */
export const placeName = (hit: Named, hits: readonly Named[]): string =>
  hits.filter(({ title }) => fold(title) === fold(hit.title)).length > 1 || linkKey(hit.title) === ''
    ? pathName(hit)
    : hit.title

/** A note's path as it stands between brackets. */
export const pathName = ({ path }: Pick<Named, 'path'>): string => path.replace(/\.(?:md|markdown)$/i, '')

export const folderOf = ({ path }: Pick<Named, 'path'>): string => path.split('/').slice(0, -1).join('/')

const fold = (text: string): string => text.normalize('NFC').toLowerCase()
