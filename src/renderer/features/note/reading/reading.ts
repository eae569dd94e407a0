import { type ComponentType, createContext, useContext } from 'react'
import type { NoteId } from '../../../../core/base/ids.ts'
import type { FollowOptions } from '../../../../editor/extensions/wikilinks.ts'

/** What an embed of an embed needs; who draws them gives the component, so that reading knows nothing of embeds. */
export type EmbedInReading = ComponentType<{ readonly target: string }>

/** A picture of the vault or the web, as it stands in a text that is only read. */
export type PictureInReading = ComponentType<{ readonly source: PictureSource }>

/** `path`: as written between the brackets, or an address. */
export type PictureSource = { readonly path: string; readonly words: string; readonly width: number | null }

export type Reading = {
  /** The note whose text it is: its links are followed from there, its pictures looked for from there. */
  readonly noteId: NoteId
  readonly onFollow: (link: FollowedLink, element: HTMLElement, options: FollowOptions) => void
  readonly Embed: EmbedInReading | null
  readonly Picture: PictureInReading | null
  /** Draws a formula, code or a diagram; null, also as an answer: its source is shown. */
  readonly drawSource: DrawSource | null
}

export type FollowedLink =
  | { readonly type: 'wikilink'; readonly target: string; readonly targetId: '' }
  | { readonly type: 'url'; readonly url: string }

/** `language` of code; '' else. */
export type DrawSource = (
  kind: 'math' | 'math-block' | 'code',
  source: string,
  language: string,
) => React.ReactElement | null

export const ReadingContext = createContext<Reading | null>(null)

export function useReading(): Reading {
  const reading = useContext(ReadingContext)
  if (!reading) throw new Error('a tree is drawn outside of a reading')
  return reading
}
