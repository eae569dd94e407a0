import { type Act, type MemberEntry, readMemberEntry, signerOf } from './entry.ts'
import { ROOT, VAULT, verify } from './members.test-data.ts'

/**
 * The rules of SPEC.md once more, word by word, with sets and loops and without any thought for time: what the fold is
 * compared with. It shares the reading of one entry with it and nothing else.
 */
export function oracle(given: readonly MemberEntry[]): {
  readonly members: readonly string[]
  readonly standing: ReadonlyMap<string, string>
} {
  const past = acceptedPast(given)
  const all = [...past.keys()].flatMap((id) => given.find((each) => each.id === id) ?? [])
  const saw = (a: MemberEntry, b: MemberEntry) => past.get(a.id)?.has(b.id) ?? false
  const said = new Map<string, 'in' | 'out' | 'suspended' | 'open'>(all.map(({ id }) => [id, 'open']))
  const is = (entry: MemberEntry, ...words: string[]) => words.includes(said.get(entry.id) ?? '')
  const only = <T extends Act['type']>(type: T) =>
    all.filter((entry): entry is MemberEntry & { act: Extract<Act, { type: T }> } => entry.act.type === type)

  const codes = (entry: MemberEntry) => ('recovery' in entry.act ? entry.act.recovery : '')
  const issuers = (entry: MemberEntry) =>
    entry.act.type === 'recover'
      ? all.filter((x) => saw(entry, x) && codes(x) === (entry.act as { signedBy: string }).signedBy)
      : []
  const rivals = (entry: MemberEntry) =>
    only('recover').filter(
      (x) => entry.act.type === 'recover' && x !== entry && x.act.signedBy === entry.act.signedBy && !saw(x, entry),
    )
  const strikesDevice = (entry: MemberEntry, device: string, role: boolean): boolean => {
    if (entry.act.type === 'remove') return entry.act.device === device
    if (entry.act.type === 'keeper') return role && !entry.act.is && entry.act.device === device
    return entry.author !== device && issuers(entry).some((x) => x.author === device)
  }
  const isAgainst = (entry: MemberEntry, device: string) =>
    strikesDevice(entry, device, true) || rivals(entry).some((x) => x.author === device)
  const gives = (entry: MemberEntry, device: string, rank: string): boolean => {
    if (entry.act.type === 'found' || entry.act.type === 'recover') return entry.author === device
    if (entry.act.type === 'admit') {
      return entry.act.device === device && (rank === 'member' || (rank === 'keeper' && entry.act.role === 'keeper'))
    }
    return entry.act.type === 'keeper' && entry.act.is && rank === 'keeper' && entry.act.device === device
  }
  const loserOf = ({ act }: { readonly act: Extract<Act, { type: 'decide' }> }) =>
    act.between[0] === act.stays ? act.between[1] : act.between[0]

  const exempt = (entry: MemberEntry, strike: MemberEntry): boolean => {
    if (entry.act.type !== 'decide' || !entry.act.between.includes(strike.author)) return false
    const other = entry.act.between.find((x) => x !== strike.author)
    return all.some((x) => x.author === other && isAgainst(x, strike.author) && saw(entry, x) && !saw(x, strike))
  }
  const ranksOf = (rank: string) => (rank === 'keeper' ? ['member', 'keeper'] : [rank])
  const rankFor = ({ act }: MemberEntry) =>
    act.type === 'rename'
      ? 'member'
      : act.type === 'keeper' || (act.type === 'admit' && act.role === 'keeper')
        ? 'founder'
        : 'keeper'
  const ask = (entry: MemberEntry, device: string, each: string) => ({
    grants: all.filter((x) => saw(entry, x) && gives(x, device, each)),
    strikes: all.filter(
      (x) =>
        x !== entry &&
        strikesDevice(x, device, each === 'keeper') &&
        !is(x, 'out') &&
        !saw(x, entry) &&
        !exempt(entry, x),
    ),
  })
  /** Each: the grants seen, and the strikes that stand against. */
  const questions = (entry: MemberEntry) => {
    const own = ranksOf(rankFor(entry)).map((each) => ask(entry, entry.author, each))
    const { act } = entry
    return act.type === 'keeper' && act.is ? [...own, ask(entry, act.device, 'member')] : own
  }
  const isLeaving = ({ act, author }: MemberEntry) => act.type === 'remove' && act.device === author
  const worst = (words: string[]) => (words.includes('out') ? 'out' : words.includes('open') ? 'open' : 'in')

  const judge = (entry: MemberEntry): string => {
    if (entry.act.type === 'found') return 'in'
    if (entry.act.type === 'recover') {
      if (rivals(entry).some((x) => is(x, 'in', 'suspended'))) return 'out'
      const [sure, maybe] = [issuers(entry).some((x) => is(x, 'in')), issuers(entry).some((x) => is(x, 'open'))]
      if (sure) return rivals(entry).some((x) => is(x, 'open')) ? 'open' : 'in'
      return maybe ? 'open' : 'out'
    }
    if (isLeaving(entry)) {
      const { grants } = ask(entry, entry.author, 'member')
      return grants.some((x) => is(x, 'in')) ? 'in' : grants.some((x) => is(x, 'open')) ? 'open' : 'out'
    }
    const { act } = entry
    if (act.type === 'decide') {
      if (act.between.includes(entry.author)) return 'out'
      if (!all.some((x) => x.author === loserOf({ act }) && isAgainst(x, act.stays) && saw(entry, x))) return 'out'
    }
    return worst(
      questions(entry).map(({ grants, strikes }) => {
        const sure = strikes.filter((x) => is(x, 'in', 'suspended'))
        if (grants.some((g) => is(g, 'in') && strikes.every((x) => saw(g, x)))) return 'in'
        return grants.some((g) => is(g, 'in', 'open') && sure.every((x) => saw(g, x))) ? 'open' : 'out'
      }),
    )
  }
  const against = (entry: MemberEntry) =>
    only('decide').filter((x) => loserOf(x) === entry.author && isAgainst(entry, x.act.stays) && !saw(entry, x))
  const waitsFor = (entry: MemberEntry): MemberEntry[] => {
    const own: MemberEntry[] = [...against(entry)]
    if (entry.act.type === 'recover') own.push(...issuers(entry), ...rivals(entry))
    else if (isLeaving(entry)) own.push(...ask(entry, entry.author, 'member').grants)
    else {
      for (const { grants, strikes } of questions(entry)) {
        const usable = grants.filter((x) => is(x, 'in', 'open'))
        own.push(...usable, ...strikes.filter((x) => usable.some((g) => !saw(g, x))))
      }
    }
    return own.filter((x) => is(x, 'open'))
  }

  const isStrike = ({ act }: MemberEntry) =>
    act.type === 'remove' || act.type === 'recover' || (act.type === 'keeper' && !act.is)
  for (;;) {
    for (let changed = true; changed; ) {
      changed = false
      for (const entry of all) {
        if (!is(entry, 'open')) continue
        const now = judge(entry)
        if (now !== 'open') changed = true
        said.set(entry.id, now as 'in')
      }
    }
    const open = all.filter((entry) => is(entry, 'open'))
    if (open.length === 0) break
    const reach = new Map(open.map((entry) => [entry.id, new Set<string>()]))
    for (const entry of open) {
      const mine = reach.get(entry.id) as Set<string>
      const todo = waitsFor(entry)
      for (let next = todo.pop(); next; next = todo.pop()) {
        if (mine.has(next.id)) continue
        mine.add(next.id)
        todo.push(...waitsFor(next))
      }
    }
    const closed = open.filter((entry) => [...(reach.get(entry.id) ?? [])].every((id) => reach.get(id)?.has(entry.id)))
    const circles = new Map<string, MemberEntry[]>()
    for (const entry of closed) {
      const name = [...(reach.get(entry.id) ?? [])].sort()[0] ?? entry.id
      circles.set(name, [...(circles.get(name) ?? []), entry])
    }
    const verdicts: [MemberEntry, 'out' | 'suspended'][] = []
    for (const circle of circles.values()) {
      const lost: MemberEntry[] = []
      const decisions = new Set(circle.flatMap((entry) => against(entry).filter((x) => is(x, 'in'))))
      for (const decision of decisions) {
        const samePair = [...decisions].filter(
          (x) => [...x.act.between].sort().join() === [...decision.act.between].sort().join(),
        )
        const last = samePair.filter((x) => !samePair.some((y) => saw(y, x)))
        if (last.includes(decision) && last.every((x) => x.act.stays === decision.act.stays)) {
          lost.push(...circle.filter((entry) => against(entry).includes(decision)))
        }
      }
      if (lost.length > 0) verdicts.push(...lost.map((x): [MemberEntry, 'out'] => [x, 'out']))
      else
        verdicts.push(...circle.map((x): [MemberEntry, 'out' | 'suspended'] => [x, isStrike(x) ? 'suspended' : 'out']))
    }
    for (const [entry, word] of verdicts) said.set(entry.id, word)
  }

  const devices = new Set(all.flatMap((x) => [x.author, ...('device' in x.act ? [x.act.device] : [])]))
  const holds = (device: string, rank: string, words: string[]) =>
    ranksOf(rank).every((each) => {
      const strikes = all.filter((x) => strikesDevice(x, device, each === 'keeper') && is(x, ...words))
      return all.some((g) => gives(g, device, each) && is(g, 'in') && strikes.every((x) => saw(g, x)))
    })
  const members = [...devices].flatMap((device) => {
    if (!holds(device, 'member', ['in'])) return []
    const role = ['founder', 'keeper', 'member'].find((rank) => holds(device, rank, ['in'])) ?? ''
    const sure = holds(device, 'member', ['in', 'suspended']) && holds(device, role, ['in', 'suspended'])
    return `${device} ${role}${sure ? '' : '?'}`
  })
  return { members: members.sort(), standing: said as ReadonlyMap<string, string> }
}

/** What each entry saw, of those that are what they say, whose past is all here. */
function acceptedPast(given: readonly MemberEntry[]): Map<string, Set<string>> {
  const past = new Map<string, Set<string>>()
  for (let changed = true; changed; ) {
    changed = false
    for (const value of given) {
      const entry = readMemberEntry(value)
      if (!entry || past.has(entry.id) || entry.vault !== VAULT) continue
      if ((entry.id === ROOT.founding) !== (entry.sees.length === 0)) continue
      if (!entry.sees.every((id) => past.has(id)) || !verify(signerOf(entry), entry.bytes, entry.signature)) continue
      past.set(entry.id, new Set(entry.sees.flatMap((id) => [id, ...(past.get(id) ?? [])])))
      changed = true
    }
  }
  return past
}
