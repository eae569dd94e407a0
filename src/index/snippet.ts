/** Signs around a hit, as SQL: char(1), char(2). `clean` in write-notes.ts keeps both out of what is indexed. */
export const HIT_START = '\u0001'
export const HIT_END = '\u0002'

export type SnippetPiece = { text: string; hit: boolean }

// Hit signs may stand anywhere inside the markup, so these know them as ordinary characters.
const RULES: readonly (readonly [RegExp, string])[] = [
  [/!?\[\[(?:[^\]|\n]*\|)?([^\]|\n]*)\]\]/g, '$1'],
  [/!?\[([^\]\n]*)\]\([^)\n]*\)/g, '$1'],
  // What the cut left of a link: its beginning before the snippet, or its end after it.
  [/!?\[\[|\]\]/g, ''],
  [/\]\([^)\s]*\)?/g, ''],
  [/^(?:[ \t]*(?:>[ \t]?|#{1,6}[ \t]+|[-*+][ \t]+(?:\[.\][ \t]+)?|\d+[.)][ \t]+))+/gm, ''],
  [/^[ \t]*(?:```|~~~)\S*[ \t]*$|^[ \t]*(?:[-*_][ \t]*){3,}$|^[ \t|:-]*-[ \t|:-]*$/gm, ''],
  [/\*\*|__|~~|==|%%|`+/g, ''],
  [/\*(?=\S)|(?<=\S)\*/g, ''],
  [/[ \t]*\|[ \t]*/g, ' '],
  [/\s+/g, ' '],
]

/**
 * Takes the Markdown signs off a marked snippet and cuts it at its hits. Where a hit stood in a part that is
 * not shown (a link's address, the name behind a shown text) only white space is put in order, so that a
 * result never comes without the words it was found by.
 */
export function snippetPieces(marked: string): SnippetPiece[] {
  let shown = marked
  for (const [pattern, by] of RULES) shown = shown.replace(pattern, by)
  const pieces = cut(shown)
  return pieces.some(({ hit }) => hit) || !marked.includes(HIT_START) ? pieces : cut(marked.replace(/\s+/g, ' '))
}

function cut(marked: string): SnippetPiece[] {
  const pieces: SnippetPiece[] = []
  let hit = false
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the hit signs
  for (const part of marked.trim().split(/([\u0001\u0002])/)) {
    if (part === HIT_START) hit = true
    else if (part === HIT_END) hit = false
    else if (part !== '') pieces.push({ text: part, hit })
  }
  return pieces
}
