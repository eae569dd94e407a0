/** What a link that is being typed asks for: a note, or a place inside one. */
export type TypedPlace = {
  readonly asks: 'note' | 'heading' | 'passage'
  /** Names the note; '' for the one that is written in. */
  readonly name: string
  /** What is typed of the heading, or of the passage's words. */
  readonly words: string
  /** Words behind `|`; null without. */
  readonly shown: string | null
}

/** Reads `Title#Heading|shown`, `Title^words` and `Title#^words`. */
export function readPlace(query: string): TypedPlace {
  const bar = query.indexOf('|')
  const shown = bar < 0 ? null : query.slice(bar + 1).trim()
  const place = bar < 0 ? query : query.slice(0, bar)
  const hash = place.indexOf('#')
  const caret = place.indexOf('^')
  if (hash < 0 && caret < 0) return { asks: 'note', name: place.trim(), words: '', shown }
  const at = hash < 0 ? caret : caret < 0 ? hash : Math.min(hash, caret)
  const isPassage = place[at] === '^' || place[at + 1] === '^'
  const words = place.slice(place[at] === '#' && isPassage ? at + 2 : at + 1).trim()
  return { asks: isPassage ? 'passage' : 'heading', name: place.slice(0, at).trim(), words, shown }
}

/** A heading as it can stand between brackets: signs that mean something there become spaces. */
export const headingAnchor = (text: string): string =>
  text
    .replace(/[[\]|#^]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
