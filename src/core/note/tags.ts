const TAG = /(?<![\p{L}\p{N}_/#&-])#([\p{L}\p{N}_/-]+)/gu

/** The tags of a running text, without `#`: letters, digits, `_ - /`, at least one non-digit (MARKDOWN.md). */
export function tagsIn(text: string): string[] {
  if (!text.includes('#')) return []
  const tags: string[] = []
  for (const match of text.matchAll(TAG)) {
    const tag = (match[1] ?? '').replace(/\/+$/, '')
    if (/[^\d/]/.test(tag)) tags.push(tag)
  }
  return tags
}
