import { detailText } from './details.ts'
import type { LogEntry } from './entry.ts'
import { lastAmong, type Seen } from './order.ts'

/** Names until people have keys; '' is you. */
export type Person = { readonly name: string; readonly state: 'invited' | 'accepted' | 'declined' }

/** Names that a person would take for one. */
export const nameKey = (name: string): string => name.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase()

type Said = { readonly entry: LogEntry; readonly name: string; readonly state: Person['state'] }

/**
 * Whose a commitment is (G20): who opened it, who was invited and what they answered, in the order of the log. An
 * invitation is accepted, never assigned: what others write changes no answer, but a new invitation after "declined"
 * asks again. Of answers that did not see each other "declined" goes before. Time decides nothing.
 */
export function peopleOf(ordered: readonly LogEntry[], seen: Seen): readonly Person[] {
  const opened = new Set(
    lastAmong(
      ordered.filter(({ type }) => type === 'opened'),
      seen,
    ),
  )
  const byName = new Map<string, Said[]>()
  for (const entry of ordered) {
    const said = saidBy(entry, opened.has(entry))
    if (!said) continue
    const key = nameKey(said.name)
    byName.set(key, [...(byName.get(key) ?? []), said])
  }
  return [...byName.values()].map((said) => ({ name: said[0]?.name ?? '', state: stateOf(said, seen) }))
}

function saidBy(entry: LogEntry, opens: boolean): Said | null {
  const person = detailText(entry, 'person').replace(/\s+/g, ' ').trim()
  if (opens) return { entry, name: entry.author.trim(), state: 'accepted' }
  if (entry.type === 'accepted' || entry.type === 'declined') {
    return { entry, name: person === '' ? entry.author.trim() : person, state: entry.type }
  }
  return entry.type === 'invited' && person !== '' ? { entry, name: person, state: 'invited' } : null
}

function stateOf(said: readonly Said[], seen: Seen): Person['state'] {
  const invitations = said.filter(({ state }) => state === 'invited')
  const answers = said.filter(({ state }) => state !== 'invited').map(({ entry }) => entry)
  const last = new Set(lastAmong(answers, seen).map(({ id }) => id))
  const standing = said.filter(({ entry, state }) => {
    if (!last.has(entry.id) || state === 'invited') return false
    return state === 'accepted' || !invitations.some((invitation) => seen.saw(invitation.entry.id, entry.id))
  })
  if (standing.some(({ state }) => state === 'declined')) return 'declined'
  return standing.length > 0 ? 'accepted' : 'invited'
}
