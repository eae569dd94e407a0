import type { DeviceKey } from './device.ts'
import type { Act } from './entry.ts'
import type { Accepted } from './member-log.ts'

/** An entry that may have an effect. */
export type Node = {
  readonly entry: Accepted
  readonly act: Act
  /** Its place among the nodes, in the order of all devices: a cause has a smaller one. */
  readonly place: number
  /** A bit for every node: what its author had seen, directly or through others. */
  readonly row: Uint32Array
}

/** Whether a row has the node of a place in it. */
export const hasSeen = (row: Uint32Array, place: number): boolean =>
  place >= 0 && ((row[place >> 5] ?? 0) & (1 << (place & 31))) !== 0

/**
 * The entries that may have an effect, and what each of them saw. What a device writes that was never given the right
 * to is left out first, in one pass, so that it costs no column: a member can write nothing here but names (N17).
 * @param entries in the order of all devices
 */
export function nodesOf(entries: readonly Accepted[]): readonly Node[] {
  const effective = new Set(possible(entries))
  const nodes: Node[] = []
  const found = new Map<string, { readonly row: Uint32Array; readonly place: number }>()
  for (const entry of entries) {
    const { act } = entry
    const isNode = act !== null && effective.has(entry)
    const place = isNode ? nodes.length : -1
    const row = rowOf(
      entry.sees.flatMap((id) => found.get(id) ?? []),
      nodes.length,
    )
    found.set(entry.id, { row, place })
    if (isNode) nodes.push({ entry, act, place, row })
  }
  return nodes
}

function rowOf(parents: readonly { readonly row: Uint32Array; readonly place: number }[], before: number): Uint32Array {
  const [only] = parents
  // A long chain of entries without effect has one row.
  if (only && parents.length === 1 && only.place < 0) return only.row
  const row = new Uint32Array((before + 31) >> 5)
  for (const parent of parents) {
    for (let word = 0; word < parent.row.length; word++) row[word] = (row[word] ?? 0) | (parent.row[word] ?? 0)
    if (parent.place >= 0) row[parent.place >> 5] = (row[parent.place >> 5] ?? 0) | (1 << (parent.place & 31))
  }
  return row
}

/** Entries whose author was given what they need by somebody, whether or not that holds. */
function possible(entries: readonly Accepted[]): readonly Accepted[] {
  const founders = new Set<DeviceKey>()
  const keepers = new Set<DeviceKey>()
  const members = new Set<DeviceKey>()
  const keys = new Set<string>()
  const enter = (device: DeviceKey, ...into: readonly Set<DeviceKey>[]) => {
    for (const set of into) set.add(device)
    return true
  }
  return entries.filter(({ act, author }) => {
    if (!act) return false
    if (act.type === 'found' || (act.type === 'recover' && keys.has(act.signedBy))) {
      keys.add(act.recovery)
      return enter(author, founders, keepers, members)
    }
    if (act.type === 'rename') return members.has(author)
    if (act.type === 'decide') return keepers.has(author)
    if (act.type === 'remove') return keepers.has(author) || (act.device === author && members.has(author))
    if (act.type === 'keeper') return founders.has(author) && (!act.is || enter(act.device, keepers))
    if (act.type !== 'admit') return false
    if (act.role === 'keeper') return founders.has(author) && enter(act.device, keepers, members)
    return keepers.has(author) && enter(act.device, members)
  })
}
