import { parseWikilink, shownText } from '../../core/link/wikilink.ts'

/**
 * What a note's HTML leaves open, because one note alone does not know it: where a link leads, which file a picture
 * is, what an embedded note says. Names are as written.
 */
export type HtmlHole =
  /** Stands in `<a …>`: the service puts class and address there. `name` '' is the note itself. */
  | { readonly hole: 'link'; readonly name: string; readonly anchor: string }
  | {
      readonly hole: 'image'
      readonly target: string
      readonly alt: string
      readonly width: number | null
      readonly height: number | null
    }
  /** On its own among blocks. `shown` is what a reader sees where it is a link only. */
  | { readonly hole: 'embed'; readonly name: string; readonly anchor: string; readonly shown: string }

export type RawPiece = string | HtmlHole

const IMAGE = /\.(?:png|apng|jpe?g|gif|svg|webp|avif|bmp|ico)$/i
const SIZE = /^(\d{1,5})(?:x(\d{1,5}))?$/

const isSize = (text: string | null): boolean => text !== null && SIZE.test(text)

function sizeOf(text: string | null): { width: number | null; height: number | null } {
  const match = SIZE.exec(text ?? '')
  const number = (digits: string | undefined) => (digits === undefined ? null : Number(digits) || null)
  return { width: number(match?.[1]), height: number(match?.[2]) }
}

/** Of `![[target]]`: a picture by its file's ending, else a note (or another file). */
export function embedHole(target: string): HtmlHole {
  const { name, anchor, shown } = parseWikilink(target)
  if (IMAGE.test(name))
    return { hole: 'image', target: name, alt: isSize(shown) || !shown ? '' : shown, ...sizeOf(shown) }
  return { hole: 'embed', name, anchor, shown: linkText(isSize(shown) ? target.slice(0, target.indexOf('|')) : target) }
}

/** Of `![alt|640x480](src)`. */
export function imageHole(src: string, alt: string): HtmlHole {
  const bar = alt.lastIndexOf('|')
  const size = bar < 0 ? (isSize(alt) ? alt : null) : alt.slice(bar + 1).trim()
  if (size === null || !isSize(size)) return { hole: 'image', target: src, alt, width: null, height: null }
  return { hole: 'image', target: src, alt: bar < 0 ? '' : alt.slice(0, bar), ...sizeOf(size) }
}

/** Without the id of a block, which says nothing to a reader. */
export function linkText(target: string): string {
  const { name, anchor, shown } = parseWikilink(target)
  return shown || name === '' || !anchor.startsWith('^') ? shownText(target) : name
}

/** Marks a hole in rendered HTML. No source holds U+0000: markdown-it replaces it before it reads anything. */
const MARK = '\0'

/** Holes of one note, in the order in which they were dug. */
export class Holes {
  readonly #holes: HtmlHole[] = []

  dig(hole: HtmlHole): string {
    this.#holes.push(hole)
    return `${MARK}${this.#holes.length - 1}${MARK}`
  }

  /** Rendered HTML in pieces, the holes in their places. */
  cut(html: string): RawPiece[] {
    return html.split(MARK).flatMap((part, i): RawPiece[] => {
      if (i % 2 === 0) return part === '' ? [] : [part]
      const hole = this.#holes[Number(part)]
      return hole ? [hole] : []
    })
  }
}
