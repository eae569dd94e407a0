/** `1,234.5`, `−3`, `12 %`, `€ 5`: what stands around a number says its unit. Null for words. */
export function numberOf(text: string): number | null {
  const bare = text
    .trim()
    .replace(/^(?:[$€£¥]\s*)/, '')
    .replace(/\s*[%€$£¥]$/, '')
    .replace(/^[\u2212\u2013]/, '-')
    .replace(/[\s\u00a0\u202f'’](?=\d{3})/g, '')
  const isGrouped = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(bare)
  const plain = isGrouped ? bare.replaceAll(',', '') : bare.replace(/^([+-]?\d+),(\d+)$/, '$1.$2')
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(plain) ? Number(plain) : null
}

/**
 * How the cells of a column compare: as numbers where all that hold anything are, else as the person's language
 * sorts words. Empty cells come last either way round.
 */
export function compareCells(texts: readonly string[], isDescending = false): (a: string, b: string) => number {
  const full = texts.filter((text) => text.trim() !== '')
  const areNumbers = full.every((text) => numberOf(text) !== null)
  const words = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })
  const sign = isDescending ? -1 : 1
  return (a, b) => {
    const [isA, isB] = [a.trim() !== '', b.trim() !== '']
    if (!isA || !isB) return Number(isB) - Number(isA)
    return sign * (areNumbers ? (numberOf(a) ?? 0) - (numberOf(b) ?? 0) : words.compare(a.trim(), b.trim()))
  }
}
