import { describe, expect, it } from 'vitest'
import { createRandom, type Random } from '../../testing/random.ts'
import { mayAct } from './acts.ts'
import type { Act, MemberEntry } from './entry.ts'
import { foldMembers, type Membership } from './fold.ts'
import { MemberLog } from './member-log.ts'
import {
  admit,
  Copy,
  decide,
  entry,
  FOUNDING,
  keeper,
  key,
  ROOT,
  recover,
  remove,
  rename,
  shuffled,
  verify,
} from './members.test-data.ts'
import { oracle } from './oracle.test-data.ts'

const SEED = Number(process.env.FUZZ_SEED ?? 1)
const ROUNDS = Number(process.env.FUZZ_RUNS ?? 40)
/** Wide, for rounds by the thousand on a busy machine. */
const PATIENCE = 60_000 + ROUNDS * 500
const NAMES = ['ana', 'bo', 'cy', 'di', 'eve', 'fay']

const inWords = ({ members }: Membership): string[] =>
  [...members.values()].map(({ device, role, isSuspended }) => `${device} ${role}${isSuspended ? '?' : ''}`).sort()

function anyAct(random: Random, code: string): Act {
  const [one, other] = shuffled(NAMES, random.below) as [string, string]
  const acts = [
    () => admit(one, random.chance(0.4) ? 'keeper' : 'member'),
    () => admit(one),
    () => remove(one),
    () => remove(one),
    () => keeper(one, random.chance(0.7)),
    () => rename(`${one} the ${random.below(100)}.`),
    () => decide(one, other),
  ]
  return random.chance(0.03) ? recover(one, code, `${code}'`) : random.pick(acts)()
}

/** Peers with copies of their own, some of whom meet; `cheats` write what they may not and name what they like. */
function simulate(seed: number, steps: number, cheats: readonly string[]): Copy[] {
  const random = createRandom(seed)
  const copies = NAMES.map(() => new Copy())
  let code = 'code'
  const start = copies[0] as Copy
  for (const name of NAMES.slice(1, 4)) start.act('ana', admit(name, 'keeper'))
  for (const copy of copies) copy.take(start.all.values())
  for (let step = 0; step < steps; step++) {
    const at = random.below(NAMES.length)
    const [copy, author] = [copies[at] as Copy, NAMES[at] as string]
    if (random.chance(0.45)) {
      copy.take(random.pick(copies).all.values())
      continue
    }
    const act = anyAct(random, code)
    const by = act.type === 'recover' ? (NAMES.find((name) => key(name) === act.device) ?? author) : author
    if (cheats.includes(author) && random.chance(0.6)) {
      const sees = shuffled([...copy.all.values()], random.below).slice(0, 1 + random.below(3))
      copy.take([entry(act.type === 'keeper' && act.device === key(by) ? 'fay' : by, act, sees)])
    } else if (mayAct(copy.now, key(by), act).ok) {
      copy.act(by, act)
      if (act.type === 'recover' && random.chance(0.8)) code += "'"
    }
  }
  return copies
}

describe('N3: the same entries are the same members', () => {
  it(
    'in any order, in any parts, and as the rules say word by word',
    () => {
      let suspended = 0
      let gone = 0
      for (let round = 0; round < ROUNDS; round++) {
        const seed = SEED * 1000 + round
        const random = createRandom(seed)
        const copies = simulate(seed, 50, round % 2 ? ['bo', 'di', 'fay'] : [])
        const all = new Map(copies.flatMap((copy) => [...copy.all]))
        const whole = [...all.values()]
        const expected = oracle(whole)
        const now = new Copy(whole).now
        expect(inWords(now), `seed ${seed}`).toEqual(expected.members)
        for (const { id, act } of whole) {
          // A decision about a removal that nobody ever had the right to make is nothing in two ways.
          const word = act.type === 'decide' ? undefined : now.standing.get(id)
          if (word) expect(word, `seed ${seed}, ${id}`).toBe(expected.standing.get(id))
        }

        for (const copy of copies.slice(0, 2)) {
          expect(inWords(copy.now), `seed ${seed}, a part`).toEqual(oracle([...copy.all.values()]).members)
          const log = new MemberLog(ROOT, verify)
          for (const each of shuffled([...copy.all.values()], random.below)) {
            log.add([each])
            if (random.chance(0.2)) foldMembers(log)
          }
          log.add(shuffled(whole, random.below))
          expect(facts(foldMembers(log)), `seed ${seed}, read in parts`).toBe(facts(now))
        }
        suspended += [...now.members.values()].filter(({ isSuspended }) => isSuspended).length
        gone += now.removed.size
      }
      // A simulation in which nothing of interest happens shows nothing.
      expect(suspended).toBeGreaterThan(ROUNDS / 20)
      expect(gone).toBeGreaterThan(ROUNDS / 2)
    },
    PATIENCE,
  )

  it('honest devices that act one after the other are what anybody would expect', () => {
    for (let round = 0; round < ROUNDS; round++) {
      const random = createRandom(SEED * 7000 + round)
      const copy = new Copy()
      const roles = new Map<string, 'founder' | 'keeper' | 'member'>([['ana', 'founder']])
      for (let step = 0; step < 40; step++) {
        const author = random.pick(NAMES)
        const act = anyAct(random, 'code')
        if (act.type === 'recover' || act.type === 'decide' || act.type === 'found') continue
        const allowed = obey(roles, author, act)
        expect(mayAct(copy.now, key(author), act).ok, `round ${round}, step ${step}`).toBe(allowed)
        // A founder who admits a member as a keeper makes them one: no act of an honest interface, and no harm.
        const isKeeperToo = act.type === 'admit' && act.role === 'keeper' && author === 'ana'
        if (allowed || (!isKeeperToo && random.chance(0.3))) copy.act(author, act)
        const words = [...roles].map(([name, role]) => `${key(name)} ${role}`).sort()
        expect(inWords(copy.now), `round ${round}, step ${step}`).toEqual(words)
      }
    }
  })
})

const nameOf = (device: string): string => NAMES.find((name) => key(name) === device) ?? ''

/** What a list of roles does with an act, without a history: changes it, and says whether it was allowed. */
function obey(
  roles: Map<string, 'founder' | 'keeper' | 'member'>,
  author: string,
  act: Exclude<Act, { type: 'recover' | 'decide' | 'found' }>,
): boolean {
  const own = roles.get(author)
  if (!own) return false
  if (act.type === 'rename') return true
  const name = nameOf(act.device)
  if (act.type === 'remove') return (own !== 'member' || name === author) && roles.delete(name)
  if (own === 'member') return false
  if (act.type === 'admit') {
    if (roles.has(name) || (act.role === 'keeper' && own !== 'founder')) return false
    roles.set(name, act.role)
    return true
  }
  if (own !== 'founder' || !roles.has(name) || name === author) return false
  roles.set(name, act.is ? 'keeper' : 'member')
  return true
}

const facts = (now: Membership): string =>
  JSON.stringify([[...now.members], [...now.persons], [...now.removed], now.founder, now.conflicts, now.heads])

describe('N8, N9: who was removed', () => {
  it('is not back unless somebody admitted them who had seen it', () => {
    for (let round = 0; round < ROUNDS; round++) {
      const seed = SEED * 3000 + round
      const whole = [...new Map(simulate(seed, 45, ['bo', 'eve']).flatMap((copy) => [...copy.all])).values()]
      const now = new Copy(whole).now
      const past = pastOf(whole)
      for (const strike of whole) {
        if (strike.act.type !== 'remove' || now.standing.get(strike.id) !== 'in') continue
        const device = strike.act.device
        if (!now.members.has(device)) continue
        const brought = whole.some(
          ({ id, act, author }) =>
            now.standing.get(id) === 'in' &&
            ((act.type === 'admit' && act.device === device) || (act.type === 'recover' && author === device)) &&
            past(id).has(strike.id),
        )
        expect(brought, `seed ${seed}`).toBe(true)
      }
    }
  })

  it('a member who was removed changes nothing by anything that they sign afterwards', () => {
    for (let round = 0; round < ROUNDS; round++) {
      const seed = SEED * 5000 + round
      const random = createRandom(seed)
      const start = new Copy()
      start.act('ana', admit('bo', 'keeper'))
      start.act('ana', admit('fay'))
      const old = [...start.all.values()]
      start.act('bo', admit('cy'))
      start.act('bo', remove('fay'))
      start.act('ana', admit('di'))
      const before = facts({ ...start.now, heads: [] })
      for (let at = 0; at < 12; at++) {
        const sees = shuffled(random.chance(0.5) ? old : [...start.all.values()], random.below).slice(0, 2)
        const act = anyAct(random, 'no code of theirs')
        if (act.type !== 'recover') start.take([entry('fay', act, sees)])
      }
      expect(facts({ ...start.now, heads: [] }), `seed ${seed}`).toBe(before)
    }
  })
})

function pastOf(entries: readonly MemberEntry[]): (id: string) => ReadonlySet<string> {
  const byId = new Map(entries.map((each) => [each.id, each]))
  return (id) => {
    const past = new Set<string>()
    const todo = [...(byId.get(id)?.sees ?? [])]
    for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
      if (past.has(next)) continue
      past.add(next)
      todo.push(...(byId.get(next)?.sees ?? []))
    }
    return past
  }
}

describe('N17: what a hostile member costs', () => {
  it('thousands of their entries are folded in a time that grows as they do', () => {
    const junk = (count: number) => {
      const copy = new Copy()
      copy.act('ana', admit('bo', 'keeper'))
      copy.act('ana', admit('fay'))
      let last = [...copy.all.values()].at(-1) ?? FOUNDING
      const entries = [...copy.all.values()]
      for (let at = 0; at < count; at++) {
        const act = at % 3 ? remove('ana', String(at)) : rename(`fay ${at}`)
        const made = entry('fay', act, at % 2 ? [last] : [FOUNDING, last])
        entries.push(made)
        last = made
      }
      return entries
    }
    const time = (count: number) => {
      const entries = junk(count)
      const before = process.cpuUsage()
      expect(new Copy(entries).said()).toBe('ana:founder bo:keeper fay')
      const { user, system } = process.cpuUsage(before)
      return (user + system) / count
    }
    time(500)
    const [few, many] = [time(1000), time(8000)]
    expect(many / few).toBeLessThan(5)
  })

  it('two keepers who fight by the thousand are folded all the same', () => {
    const copy = new Copy()
    for (const name of ['bo', 'cy', 'di']) copy.act('ana', admit(name, 'keeper'))
    const base = [...copy.all.values()]
    const start = base.slice(-1)
    const [one, other] = [entry('bo', remove('cy'), start), entry('cy', remove('bo'), start)]
    const fight = [one, other]
    for (let at = 0; at < 1500; at++) {
      const sees = at % 2 ? start : [one, other]
      fight.push(entry('bo', at % 3 ? remove('cy', `${at}`) : decide('cy', 'ana'), sees, { at: `${1000 + at}` }))
      fight.push(entry('cy', at % 3 ? remove('bo', `${at}`) : decide('bo', 'ana'), sees, { at: `${1000 + at}` }))
    }
    const all = new Copy([...base, ...fight])
    expect(all.said()).toBe('ana:founder bo:keeper? cy:keeper? di:keeper')
    all.act('di', decide('bo', 'cy'))
    expect(all.said()).toBe('ana:founder bo:keeper di:keeper')
    expect(all.now.heads.length).toBeLessThanOrEqual(32)
  })
})
