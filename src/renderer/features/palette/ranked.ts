/** Labels that hold every word of the query: those it begins first, then those with a word it begins, then the rest. */
export function ranked<T extends { readonly label: string }>(items: readonly T[], query: string): T[] {
  const wanted = query.trim().toLowerCase()
  const words = wanted.split(/\s+/).filter(Boolean)
  const weight = ({ label }: T) => {
    const text = label.toLowerCase()
    if (text.startsWith(wanted)) return 0
    return ` ${text}`.includes(` ${wanted}`) ? 1 : 2
  }
  return items
    .filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)))
    .toSorted((a, b) => weight(a) - weight(b))
}
