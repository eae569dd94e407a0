/**
 * A relation that holds on to a passage of its target (PRODUCT, "Evidence"): plain data of the note that the
 * relation stands in (SPEC.md, W1). What it takes to see whether the passage changed is all in it.
 */
export type Pin = {
  readonly id: string
  /** The relation's word. */
  readonly word: string
  /** The note that the passage is in. */
  readonly target: string
  /** The place of the target that the relation points to, as it was written: heading or `^block`; '' for all of it. */
  readonly anchor: string
  /** The passage as it was, and a little of what stood around it, as core/evidence/pin-state.ts writes it: to find it again in any copy. */
  readonly quote: string
  readonly before: string
  readonly after: string
  /** Of the passage, lower-case hexadecimal. */
  readonly hash: string
  /** docHash of the target when it was pinned; '' where it is not known. */
  readonly version: string
  /** Ends of the passage as positions in the target's doc, base64; '' in a vault that did not make the pin. */
  readonly from: string
  readonly to: string
  /** As `at` of a log's entry. */
  readonly at: string
}

const ID = /^[A-Za-z0-9_-]{1,80}$/
const TEXTS = ['word', 'anchor', 'quote', 'before', 'after', 'hash', 'version', 'from', 'to', 'at'] as const

/** null where the value is no pin; fields of another kind are empty (W2). */
export function readPin(value: unknown): Pin | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const given = value as Record<string, unknown>
  const { id, target } = given
  if (typeof id !== 'string' || !ID.test(id) || typeof target !== 'string' || !ID.test(target)) return null
  const text = (key: (typeof TEXTS)[number]) => (typeof given[key] === 'string' ? (given[key] as string) : '')
  const [word, anchor, quote, before, after, hash, version, from, to, at] = TEXTS.map(text) as [string, ...string[]]
  return {
    id,
    word,
    target,
    anchor: anchor ?? '',
    quote: quote ?? '',
    before: before ?? '',
    after: after ?? '',
    hash: hash ?? '',
    version: version ?? '',
    from: from ?? '',
    to: to ?? '',
    at: at ?? '',
  }
}
