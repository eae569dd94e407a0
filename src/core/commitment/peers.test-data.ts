import fc from 'fast-check'
import { addDays, type Day } from '../base/calendar-day.ts'
import type { Property } from '../note/note.ts'
import {
  answerDraft,
  changedDrafts,
  type EntryDraft,
  inviteDraft,
  openDraft,
  REVIEW_ENDS,
  reviewDraft,
  withdrawDraft,
} from './acts.ts'
import type { LogEntry } from './entry.ts'
import { readFacts } from './facts.ts'
import { headsOf, orderLog } from './order.ts'
import { type CommitmentReading, readCommitment } from './reading.ts'
import { isClosed } from './status.ts'

/** Peers who act on one commitment, apart and together, each with a clock of its own. */

export type Step =
  | { readonly do: 'act'; readonly peer: number; readonly act: number; readonly choice: number }
  | { readonly do: 'merge'; readonly from: number; readonly to: number }
  | { readonly do: 'days'; readonly days: number }

export type Peer = {
  readonly name: string
  readonly entries: Map<string, LogEntry>
  /** Key, value, and when it was set by a clock that only grows. */
  readonly facts: Map<string, { readonly value: string; readonly at: number }>
}

/** What the simulation itself knows of an entry, not by `sees`: everything that its writer had. */
export type Known = { readonly entry: LogEntry; readonly had: ReadonlySet<string>; readonly day: Day }

export const START = '2026-01-31'

export const steps = (acts: number): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({
          do: fc.constant('act' as const),
          peer: fc.nat(2),
          act: fc.nat(acts),
          choice: fc.nat(11),
        }),
      },
      { weight: 3, arbitrary: fc.record({ do: fc.constant('merge' as const), from: fc.nat(2), to: fc.nat(2) }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('days' as const), days: fc.nat(20) }) },
    ),
    { maxLength: 40 },
  )

export const propertiesOf = ({ facts }: Peer): Property[] => [...facts].map(([key, { value }]) => ({ key, value }))

export class Peers {
  today: Day = START
  readonly known = new Map<string, Known>()
  readonly peers: readonly Peer[]
  #count = 0
  readonly #skews: readonly number[]

  /** @param skews by how many days each peer's clock is wrong */
  constructor(facts: Readonly<Record<string, string>>, skews: readonly number[] = [0, 0, 0]) {
    this.#skews = skews
    this.peers = skews.map((_, at) => ({
      name: ['', 'Ana', 'Jonas'][at] ?? '',
      entries: new Map(),
      facts: new Map(Object.entries(facts).map(([key, value]) => [key, { value, at: 0 }])),
    }))
  }

  run(steps: readonly Step[]): void {
    for (const step of steps) {
      if (step.do === 'days') this.today = addDays(this.today, step.days)
      else if (step.do === 'merge') this.merge(this.peer(step.from), this.peer(step.to))
      else this.act(step.peer, step.act, step.choice)
    }
  }

  peer(at: number): Peer {
    const peer = this.peers[at % this.peers.length]
    if (!peer) throw new Error('no such peer')
    return peer
  }

  read(peer: Peer, today: Day = this.today): CommitmentReading {
    return readCommitment(readFacts(propertiesOf(peer)), [...peer.entries.values()], today)
  }

  merge(from: Peer, to: Peer): void {
    for (const [id, entry] of from.entries) to.entries.set(id, entry)
    for (const [key, fact] of from.facts) if (fact.at > (to.facts.get(key)?.at ?? -1)) to.facts.set(key, fact)
  }

  mergeAll(): void {
    for (const _ of this.peers) for (const from of this.peers) for (const to of this.peers) this.merge(from, to)
  }

  append(peer: Peer, draft: EntryDraft, day: Day = this.today): LogEntry {
    const had = new Set(peer.entries.keys())
    // ids that say nothing of who wrote first
    const id = `log-${(this.#count * 37) % 101}-${this.#count++}`
    const entry: LogEntry = {
      id,
      at: day,
      author: peer.name,
      device: peer.name,
      sees: headsOf([...peer.entries.values()]),
      ...draft,
    }
    peer.entries.set(id, entry)
    this.known.set(id, { entry, had, day })
    return entry
  }

  setFact(peer: Peer, key: string, value: string, day: Day = this.today): void {
    const before = propertiesOf(peer)
    peer.facts.set(key, { value, at: ++this.#count })
    if (![...peer.entries.values()].some(({ type }) => type === 'opened')) return
    for (const draft of changedDrafts(before, propertiesOf(peer))) this.append(peer, draft, day)
  }

  /** As the app does: what can be done depends on what the peer reads, and on the day that it believes in. */
  act(at: number, act: number, choice: number): void {
    const peer = this.peer(at)
    const day = addDays(this.today, this.#skews[at % this.peers.length] ?? 0)
    const reading = this.read(peer, day)
    const facts = readFacts(propertiesOf(peer))
    const some = orderLog([...peer.entries.values()]).at(-1 - (choice % 5))
    const text = `words ${choice}`
    if (act <= 2) {
      if (reading.status !== 'in progress')
        this.append(peer, openDraft({ text, facts, today: day, over: choice > 8 ? 3 : undefined }), day)
      else {
        const so = act === 0 ? (REVIEW_ENDS[choice % 6] ?? 'review') : choice < 8 ? 'proceed' : 'review'
        const towards = ([null, 'proceed', 'pivot'] as const)[choice % 3] ?? null
        this.append(peer, reviewDraft({ so, text, cites: 'none', towards }, facts, reading, day), day)
      }
    } else if (act === 3) {
      this.append(peer, { type: 'saw', text, details: choice % 2 ? { towards: 'pivot' } : {} }, day)
    } else if (act === 4) {
      const person = this.peer(choice).name
      this.append(
        peer,
        choice % 2
          ? inviteDraft(person === '' ? 'Ana' : person)
          : answerDraft(peer.name, choice % 4 ? 'accepted' : 'declined'),
        day,
      )
    } else if (act === 5) {
      if (some) this.append(peer, withdrawDraft(some.id, 'said too early'), day)
    } else if (act === 6) {
      this.setFact(peer, 'due', addDays(START, choice * 10), day)
    } else {
      this.setFact(peer, 'review_every', ['1w', '2w', '10d', '1m', ''][choice % 5] ?? '', day)
    }
  }
}

export const isOpen = ({ status }: CommitmentReading): boolean => !isClosed(status) && status !== 'considering'
