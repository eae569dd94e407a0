import { type Node, nodesOf } from './causes.ts'
import type { DeviceKey } from './device.ts'
import { judge } from './judge.ts'
import type { Accepted, MemberLog } from './member-log.ts'
import { indexNodes, type Rights, type Standing } from './rights.ts'

export type Role = 'founder' | 'keeper' | 'member'

/** A device that is in the vault now. */
export type Member = {
  readonly device: DeviceKey
  readonly person: string
  /** What the device was called when it was admitted; a person's name is in `persons`. */
  readonly name: string
  readonly role: Role
  /** In a removal that is mutual, until somebody decides: it keeps its place, and may do nothing meanwhile. */
  readonly isSuspended: boolean
  /** Who admitted it; null for who made the vault, and for who used the recovery code. */
  readonly admittedBy: DeviceKey | null
  /** ISO 8601, as its entry says; for display. */
  readonly since: string
}

export type Person = { readonly id: string; readonly name: string; readonly color: string }

export type Removed = {
  readonly device: DeviceKey
  readonly person: string
  readonly name: string
  readonly by: DeviceKey
  readonly reason: string
  readonly at: string
}

/** Two devices that removed each other without knowing; `decide` names them. */
export type Conflict = { readonly between: readonly [DeviceKey, DeviceKey]; readonly entries: readonly string[] }

export type Membership = {
  /** By device key, in the order in which they came. */
  readonly members: ReadonlyMap<DeviceKey, Member>
  readonly persons: ReadonlyMap<string, Person>
  /** Devices that were in the vault and are not. */
  readonly removed: ReadonlyMap<DeviceKey, Removed>
  /** Who is in the founder's place; null while it is suspended or lost. */
  readonly founder: DeviceKey | null
  readonly conflicts: readonly Conflict[]
  /** Public key of the recovery code that is good now; null where a use of it is in dispute. */
  readonly recovery: string | null
  /** What a new entry names (N4). */
  readonly heads: readonly string[]
  /** What each entry with an effect came to, by id. Entries without one are not in it. */
  readonly standing: ReadonlyMap<string, Standing>
}

/** Who is in a vault now: a function of the set of entries and nothing else (N3). */
export function foldMembers(log: MemberLog): Membership {
  const entries = log.entries()
  const nodes = nodesOf(entries)
  const standing = judge(nodes)
  const rights = indexNodes(nodes, standing)
  const devices = [...new Set(nodes.flatMap(({ act, entry }) => (act.type === 'admit' ? act.device : entry.author)))]
  const counting = nodes.filter(({ place }) => standing[place] === 'in')
  const personOf = personsOfDevices(nodes, standing)

  const members = new Map<DeviceKey, Member>()
  const removed = new Map<DeviceKey, Removed>()
  for (const device of devices) {
    const member = memberOf(device, rights, personOf)
    if (member) members.set(device, member)
    else {
      const gone = removedOf(device, nodes, standing, rights, personOf)
      if (gone) removed.set(device, gone)
    }
  }
  const founders = [...members.values()].filter(({ role, isSuspended }) => role === 'founder' && !isSuspended)
  return {
    members,
    removed,
    persons: personsOf(counting, personOf),
    founder: founders.at(-1)?.device ?? null,
    conflicts: conflictsOf(nodes, standing, rights, removed),
    recovery: recoveryOf(nodes, standing),
    heads: headsOf(entries, nodes, standing),
    standing: new Map(nodes.map(({ entry, place }) => [entry.id, standing[place] ?? 'out'])),
  }
}

/** Those with whom this vault may be talked about over a connection: members who are not suspended. */
export const mayConnect = ({ members }: Membership): ReadonlySet<DeviceKey> =>
  new Set([...members.values()].flatMap(({ device, isSuspended }) => (isSuspended ? [] : device)))

type Introduced = { readonly person: string; readonly name: string; readonly color: string }

/** As whom the entry of each place brought its device in. A recovered device stands for the person of the old one. */
function personsOfDevices(nodes: readonly Node[], standing: readonly Standing[]): (node: Node) => Introduced {
  const issuers = new Map<string, Introduced>()
  const known = new Map<Node, Introduced>()
  const nobody = { person: '', name: '', color: '' }
  for (const node of nodes) {
    const { act, place } = node
    if (standing[place] !== 'in') continue
    if (act.type === 'found' || act.type === 'admit') known.set(node, act)
    if (act.type === 'recover') known.set(node, issuers.get(act.signedBy) ?? nobody)
    if (act.type === 'found' || act.type === 'recover') issuers.set(act.recovery, known.get(node) ?? nobody)
  }
  return (node) => known.get(node) ?? nobody
}

function memberOf(device: DeviceKey, rights: Rights, personOf: (node: Node) => Introduced): Member | null {
  const grant = rights.grantOf(device)
  const is = rights.holds(device, 'member')
  if (!grant || is === 'no') return null
  const role = (['founder', 'keeper'] as const).find((rank) => rights.holds(device, rank) !== 'no') ?? 'member'
  const { person, name } = personOf(grant)
  return {
    device,
    person,
    name,
    role,
    isSuspended: is === 'suspended' || rights.holds(device, role) === 'suspended',
    admittedBy: grant.act.type === 'admit' ? grant.entry.author : null,
    since: grant.entry.at,
  }
}

function removedOf(
  device: DeviceKey,
  nodes: readonly Node[],
  standing: readonly Standing[],
  rights: Rights,
  personOf: (node: Node) => Introduced,
): Removed | null {
  const strikes = rights.strikesOn(device).flatMap((place) => (standing[place] === 'in' ? (nodes[place] ?? []) : []))
  // Who was removed may also say that they left, at any time: it is not what is told of them.
  const by = strikes.findLast(({ entry }) => entry.author !== device) ?? strikes.at(-1)
  const was = nodes.findLast(
    ({ act, place, entry }) =>
      standing[place] === 'in' &&
      (act.type === 'admit' ? act.device === device : entry.author === device && personOfType(act.type)),
  )
  if (!by || !was) return null
  const { person, name } = personOf(was)
  const reason = by.act.type === 'remove' ? by.act.reason : ''
  return { device, person, name, by: by.entry.author, reason, at: by.entry.at }
}

const personOfType = (type: string): boolean => type === 'found' || type === 'recover'

/** Names as the person's own devices gave them last, else as the first who admitted one of them did. */
function personsOf(counting: readonly Node[], personOf: (node: Node) => Introduced): ReadonlyMap<string, Person> {
  const persons = new Map<string, Person>()
  const ofDevice = new Map<DeviceKey, string>()
  for (const node of counting) {
    const { act, entry } = node
    if (act.type === 'rename') {
      const id = ofDevice.get(entry.author)
      if (id !== undefined) persons.set(id, { id, name: act.name, color: act.color })
    } else if (act.type === 'admit' || personOfType(act.type)) {
      const { person: id, name, color } = personOf(node)
      ofDevice.set(act.type === 'admit' ? act.device : entry.author, id)
      if (!persons.has(id)) persons.set(id, { id, name, color })
    }
  }
  return persons
}

function conflictsOf(
  nodes: readonly Node[],
  standing: readonly Standing[],
  rights: Rights,
  removed: ReadonlyMap<DeviceKey, Removed>,
): readonly Conflict[] {
  const found = new Map<string, Conflict>()
  for (const { entry, place } of nodes) {
    if (standing[place] !== 'suspended') continue
    for (const device of rights.struckBy(place)) {
      // What somebody settled by removing one of them for good is no longer a question.
      if (device === entry.author || removed.has(device) || removed.has(entry.author)) continue
      const [one, other] = [device, entry.author].sort() as [DeviceKey, DeviceKey]
      const known = found.get(one + other)
      found.set(one + other, { between: [one, other], entries: [...(known?.entries ?? []), entry.id] })
    }
  }
  return [...found.values()]
}

/** The code of the last in the founder's place that nobody has used since. */
function recoveryOf(nodes: readonly Node[], standing: readonly Standing[]): string | null {
  const used = new Set(
    nodes.flatMap(({ act, place }) => (act.type === 'recover' && standing[place] !== 'out' ? act.signedBy : [])),
  )
  const issued = nodes.flatMap(({ act, place }) =>
    standing[place] === 'in' && (act.type === 'found' || act.type === 'recover') ? act.recovery : [],
  )
  return issued.findLast((key) => !used.has(key)) ?? null
}

/** How many ids an honest entry names at most: what it does not name, it did not see, which is never the worse side. */
const MAX_HEADS = 32

/** Entries that count or are in question, and that no other of these saw: the deepest ones. */
function headsOf(
  entries: readonly Accepted[],
  nodes: readonly Node[],
  standing: readonly Standing[],
): readonly string[] {
  const matter = new Set(nodes.flatMap(({ entry, place }) => (standing[place] === 'out' ? [] : entry.id)))
  const covered = new Set<string>()
  const heads: string[] = []
  for (const { id, sees } of entries.toReversed()) {
    if (matter.has(id) && !covered.has(id) && heads.length < MAX_HEADS) heads.push(id)
    if (matter.has(id) || covered.has(id)) for (const seen of sees) covered.add(seen)
  }
  return heads.sort()
}
