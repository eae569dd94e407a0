import type { Property } from '../note/note.ts'
import { valueText } from '../note/value-text.ts'
import { wordKey } from '../relation/words.ts'

/** A note that its writer calls a draft: by the tag, by `draft: true`, or by `status: draft` (E8). */
export function isDraft(note: { readonly tags: readonly string[]; readonly properties: readonly Property[] }): boolean {
  if (note.tags.some((tag) => /^draft(?:\/|$)/i.test(tag.replace(/^#/, '')))) return true
  return note.properties.some(({ key, value }) => {
    const text = valueText(value).trim().toLowerCase()
    return wordKey(key) === 'draft' ? text === 'true' || text === 'yes' : wordKey(key) === 'status' && text === 'draft'
  })
}
