const TAG = /(?<![\p{L}\p{N}_/#&-])#([\p{L}\p{N}_/-]+)/gu

/** Where the tags of a running text stand, `#` included: letters, digits, `_ - /`, at least one non-digit (MARKDOWN.md). */
export function tagRanges(text: string): { tag: string; start: number; end: number }[] {
  if (!text.includes('#')) return []
  const ranges: { tag: string; start: number; end: number }[] = []
  for (const match of text.matchAll(TAG)) {
    const tag = (match[1] ?? '').replace(/\/+$/, '')
    if (/[^\d/]/.test(tag)) ranges.push({ tag, start: match.index, end: match.index + 1 + tag.length })
  }
  return ranges
}

/** The tags of a running text, without `#`. */
export const tagsIn = (text: string): string[] => tagRanges(text).map(({ tag }) => tag)
