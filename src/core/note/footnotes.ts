/** A mark in a text: of the footnote with a label, or one whose words stand in it (`^[words]`). */
export type FootnoteMark =
  | { readonly is: 'label'; readonly label: string }
  | { readonly is: 'inline'; readonly words: string }

/** Null where the source of a raw inline is no mark of a footnote. */
export function footnoteMark(source: string): FootnoteMark | null {
  const label = /^\[\^([^\s[\]]+)\]$/.exec(source)?.[1]
  if (label !== undefined) return { is: 'label', label }
  const words = /^\^\[([\s\S]*)\]$/.exec(source)?.[1]
  return words === undefined ? null : { is: 'inline', words }
}

/** The lowest number that no footnote and no mark has for its label. */
export function freeLabel(taken: Iterable<string>): string {
  const known = new Set(taken)
  for (let n = 1; ; n++) if (!known.has(String(n))) return String(n)
}

/** Labels are one without regard to case. */
export const labelKey = (label: string): string => label.normalize('NFC').toLowerCase()
