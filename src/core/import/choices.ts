import type { FileFacts } from './file-facts.ts'
import type { KindRule } from './mapping.ts'

export type Choice = Pick<KindRule, 'by' | 'key' | 'value'> & { readonly notes: number }

const MOST = 60
/** Values that nearly every note has for itself (titles, dates) sort nothing. */
const LEAST_NOTES = 2

/** What a rule could be made of: folders, tags and property values, the ones of most notes first. */
export function ruleChoices(files: readonly FileFacts[]): Choice[] {
  const found = new Map<string, { choice: Omit<Choice, 'notes'>; notes: number }>()
  const count = (by: KindRule['by'], key: string, value = '') => {
    const id = [by, key.toLowerCase(), value.toLowerCase()].join('\0')
    const known = found.get(id)
    if (known) known.notes++
    else found.set(id, { choice: { by, key, value }, notes: 1 })
  }
  for (const { path, tags, properties } of files) {
    for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) count('folder', path.slice(0, at))
    for (const tag of tags) count('tag', tag)
    for (const { key, value } of properties)
      if (typeof value === 'string' && value !== '') count('property', key, value)
  }
  const all = [...found.values()].sort((a, b) => b.notes - a.notes || (a.choice.key < b.choice.key ? -1 : 1))
  return (['folder', 'tag', 'property'] as const).flatMap((by) =>
    all
      .filter(({ choice, notes }) => choice.by === by && (by !== 'property' || notes >= LEAST_NOTES))
      .slice(0, MOST)
      .map(({ choice, notes }) => ({ ...choice, notes })),
  )
}
