import { hasSeen, type Node } from './causes.ts'
import type { DeviceKey } from './device.ts'

export type Standing = 'in' | 'out' | 'suspended'
type Now = Standing | 'open'
/** What an act needs: to be in the vault, to be a keeper, or to be in the founder's place. */
export type Rank = 'member' | 'keeper' | 'founder'

export type Rights = {
  /** What is to be said of an entry as things stand; 'open' while it hangs on others that are. */
  judge(node: Node): 'in' | 'out' | 'open'
  /** Places of open entries that this open one hangs on. */
  waitsFor(node: Node): readonly number[]
  isStrike(place: number): boolean
  /** Decisions by which a strike would be lost. */
  decidesAgainst(place: number): readonly Node[]
  /** Whether somebody holds a rank now; 'suspended' where only a suspended strike is against it. */
  holds(device: DeviceKey, rank: Rank): 'yes' | 'suspended' | 'no'
  /** The first entry by which a device is in the vault now, suspended or not. */
  grantOf(device: DeviceKey): Node | null
  /** Strikes against a device, its being a keeper left out. */
  strikesOn(device: DeviceKey): readonly number[]
  /** Whom a strike is against. */
  struckBy(place: number): readonly DeviceKey[]
}

const RANKS: readonly Rank[] = ['member', 'keeper', 'founder']

/** Finds the entries of each device. `standing` is read anew on every question: the judge writes into it. */
export function indexNodes(nodes: readonly Node[], standing: readonly Now[]): Rights {
  const grants = new Map<string, number[]>()
  /** Strikes against all of a device (`whole`), and against its being a keeper (`keeper`, with the whole ones). */
  const strikes = new Map<string, number[]>()
  const struck = new Map<number, readonly DeviceKey[]>()
  const decidesByLoser = new Map<DeviceKey, Node[]>()
  const recovers: Node[] = []
  /** Entries that name the public key of a recovery code. */
  const issuers = new Map<string, Node[]>()
  const rowAt = (place: number) => (nodes[place] as Node).row

  const strike = (place: number, device: DeviceKey, onlyRole: boolean) => {
    struck.set(place, [...(struck.get(place) ?? []), device])
    push(strikes, `keeper ${device}`, place)
    if (!onlyRole) push(strikes, `whole ${device}`, place)
  }
  for (const node of nodes) {
    const { act, place, entry } = node
    if (act.type === 'found' || act.type === 'recover') {
      for (const rank of RANKS) push(grants, `${rank} ${entry.author}`, place)
      if (act.type === 'recover') {
        recovers.push(node)
        const before = new Set(seenIssuers(node).map((issuer) => issuer.entry.author))
        for (const device of before) if (device !== entry.author) strike(place, device, false)
      }
      push(issuers, act.recovery, node)
    } else if (act.type === 'admit') {
      push(grants, `member ${act.device}`, place)
      if (act.role === 'keeper') push(grants, `keeper ${act.device}`, place)
    } else if (act.type === 'keeper') {
      if (act.is) push(grants, `keeper ${act.device}`, place)
      else strike(place, act.device, true)
    } else if (act.type === 'remove') {
      strike(place, act.device, false)
    } else if (act.type === 'decide') {
      const loser = act.between.find((device) => device !== act.stays)
      if (loser) push(decidesByLoser, loser, node)
    }
  }

  function seenIssuers({ act, row }: Node): readonly Node[] {
    if (act.type !== 'recover') return []
    return (issuers.get(act.signedBy) ?? []).filter(({ place }) => hasSeen(row, place))
  }

  /** Other uses of the same recovery code that did not see this one. */
  const rivals = ({ act, place }: Node): readonly Node[] =>
    act.type !== 'recover'
      ? []
      : recovers.filter(
          (other) =>
            other.place !== place &&
            other.act.type === 'recover' &&
            other.act.signedBy === act.signedBy &&
            !hasSeen(other.row, place),
        )

  /** Whether one device's strike, or its use of a recovery code, is against another's. */
  function isAgainst(place: number, device: DeviceKey): boolean {
    if (struck.get(place)?.includes(device)) return true
    const node = nodes[place] as Node
    return rivals(node).some(({ entry }) => entry.author === device)
  }

  /** The strikes by one device on another, by the places of all. */
  const strikesBy = (author: DeviceKey, device: DeviceKey): readonly number[] => [
    ...(strikes.get(`keeper ${device}`) ?? []).filter((place) => nodes[place]?.entry.author === author),
    ...recovers.flatMap((node) =>
      node.entry.author === author && rivals(node).some(({ entry }) => entry.author === device) ? node.place : [],
    ),
  ]

  /** What a rank needs: a grant of these that saw every one of those strikes. */
  function needs(device: DeviceKey, rank: Rank): readonly (readonly [readonly number[], readonly number[]])[] {
    const whole = strikes.get(`whole ${device}`) ?? []
    const of = (each: Rank) => grants.get(`${each} ${device}`) ?? []
    if (rank === 'founder') return [[of('founder'), whole]]
    const member = [of('member'), whole] as const
    return rank === 'member' ? [member] : [member, [of('keeper'), strikes.get(`keeper ${device}`) ?? []]]
  }

  /** What an entry needs: its author's rank, and that whom it makes a keeper is in the vault. */
  const needsOf = ({ act, entry }: Node) => [
    ...needs(entry.author, rankFor(act)),
    ...(act.type === 'keeper' && act.is ? needs(act.device, 'member') : []),
  ]

  /** What all strikes by the other of two on a party saw, of those that a decision names; kept, for it never changes. */
  const answered = new Map<string, Uint32Array | null>()
  function seenByAnswers(node: Node, party: DeviceKey, other: DeviceKey): Uint32Array | null {
    const name = `${node.place} ${party}`
    const known = answered.get(name)
    if (known !== undefined) return known
    const rows = strikesBy(other, party).flatMap((place) => (hasSeen(node.row, place) ? rowAt(place) : []))
    const [first] = rows
    const all = first ? first.map((word, at) => rows.reduce((bits, row) => bits & (row[at] ?? 0), word)) : null
    answered.set(name, all)
    return all
  }

  /** N14: what those who are decided about did to the decider meanwhile is no reason against the decision. */
  function isExempt(node: Node, place: number): boolean {
    if (node.act.type !== 'decide') return false
    const by = (nodes[place] as Node).entry.author
    const [one, other] = node.act.between
    if (by !== one && by !== other) return false
    const seen = seenByAnswers(node, by, by === one ? other : one)
    return seen !== null && !hasSeen(seen, place)
  }

  /** Strikes that stand against an act: those that its author had not seen overcome, and that did not see the act. */
  const against = (node: Node, places: readonly number[]): readonly number[] =>
    places.filter(
      (place) =>
        place !== node.place &&
        standing[place] !== 'out' &&
        !hasSeen(rowAt(place), node.place) &&
        !isExempt(node, place),
    )

  function judgeRank(node: Node): 'in' | 'out' | 'open' {
    let said: 'in' | 'open' = 'in'
    for (const [given, places] of needsOf(node)) {
      const now = best(
        given.filter((place) => hasSeen(node.row, place)),
        against(node, places),
      )
      if (now === 'out') return 'out'
      if (now === 'open') said = 'open'
    }
    return said
  }

  /** 'in' where a grant that counts saw all strikes; 'open' where it may turn out so. */
  function best(given: readonly number[], blows: readonly number[]): 'in' | 'out' | 'open' {
    let said: 'out' | 'open' = 'out'
    for (const grant of given) {
      const now = standing[grant]
      if (now !== 'in' && now !== 'open') continue
      const missed = blows.filter((place) => !hasSeen(rowAt(grant), place))
      if (missed.some((place) => standing[place] !== 'open')) continue
      if (now === 'in' && missed.length === 0) return 'in'
      said = 'open'
    }
    return said
  }

  function judgeNode(node: Node): 'in' | 'out' | 'open' {
    const { act, entry } = node
    if (act.type === 'found') return 'in'
    if (act.type === 'recover') {
      const issued = seenIssuers(node).map(({ place }) => standing[place])
      const rival = rivals(node).map(({ place }) => standing[place])
      if (rival.some((now) => now === 'in' || now === 'suspended')) return 'out'
      if (issued.includes('in')) return rival.includes('open') ? 'open' : 'in'
      return issued.includes('open') ? 'open' : 'out'
    }
    if (act.type === 'remove' && act.device === entry.author) {
      const [given] = needs(entry.author, 'member')[0] ?? [[]]
      return best(
        given.filter((place) => hasSeen(node.row, place)),
        [],
      )
    }
    if (act.type === 'decide') {
      const loser = act.between.find((device) => device !== act.stays)
      const isThird = !act.between.includes(entry.author)
      if (!loser || !isThird || !strikesBy(loser, act.stays).some((place) => hasSeen(node.row, place))) return 'out'
    }
    return judgeRank(node)
  }

  return {
    judge: judgeNode,
    isStrike: (place) => {
      const node = nodes[place] as Node
      return struck.has(place) || node.act.type === 'recover'
    },
    waitsFor(node) {
      const isOpen = (place: number) => standing[place] === 'open'
      const found = new Set<number>()
      const add = (places: readonly number[]) => {
        for (const place of places) if (isOpen(place)) found.add(place)
      }
      if (node.act.type === 'remove' && node.act.device === node.entry.author) {
        add((needs(node.entry.author, 'member')[0]?.[0] ?? []).filter((place) => hasSeen(node.row, place)))
      } else if (node.act.type === 'recover') {
        add([...seenIssuers(node), ...rivals(node)].map(({ place }) => place))
      } else {
        for (const [given, places] of needsOf(node)) {
          const usable = given.filter(
            (place) => hasSeen(node.row, place) && (standing[place] === 'in' || standing[place] === 'open'),
          )
          add(usable)
          add(against(node, places).filter((place) => usable.some((grant) => !hasSeen(rowAt(grant), place))))
        }
      }
      add(this.decidesAgainst(node.place).map(({ place }) => place))
      return [...found]
    },
    decidesAgainst(place) {
      const node = nodes[place] as Node
      return (decidesByLoser.get(node.entry.author) ?? []).filter(
        (decide) =>
          decide.act.type === 'decide' && isAgainst(place, decide.act.stays) && !hasSeen(node.row, decide.place),
      )
    },
    holds(device, rank) {
      const isIn = (place: number) => standing[place] === 'in'
      let said: 'yes' | 'suspended' = 'yes'
      for (const [given, places] of needs(device, rank)) {
        const sure = places.filter(isIn)
        const all = places.filter((place) => isIn(place) || standing[place] === 'suspended')
        const stands = (blows: readonly number[]) =>
          given.some((grant) => isIn(grant) && blows.every((place) => hasSeen(rowAt(grant), place)))
        if (!stands(sure)) return 'no'
        if (!stands(all)) said = 'suspended'
      }
      return said
    },
    grantOf(device) {
      const [need] = needs(device, 'member')
      const [given, places] = need ?? [[], []]
      const sure = places.filter((place) => standing[place] === 'in')
      const first = given.find(
        (grant) => standing[grant] === 'in' && sure.every((place) => hasSeen(rowAt(grant), place)),
      )
      return first === undefined ? null : (nodes[first] ?? null)
    },
    strikesOn: (device) => strikes.get(`whole ${device}`) ?? [],
    struckBy: (place) => {
      const node = nodes[place] as Node
      return [...(struck.get(place) ?? []), ...rivals(node).map(({ entry }) => entry.author)]
    },
  }
}

function rankFor(act: Node['act']): Rank {
  if (act.type === 'rename') return 'member'
  return act.type === 'keeper' || (act.type === 'admit' && act.role === 'keeper') ? 'founder' : 'keeper'
}

function push<K, T>(map: Map<K, T[]>, key: K, value: T): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
