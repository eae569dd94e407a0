import type { Status } from '../commitment/status.ts'
import type { Kind } from '../note/note.ts'
import { leanOf, type RelationEdge } from '../relation/dependence.ts'
import { MENTIONS } from '../relation/words.ts'

/** The live lists, in the order in which they are shown (SPEC.md, E1 to E6). */
export const EVIDENCE_LISTS = [
  'ground-changed',
  'essays-without-example',
  'one-source',
  'contested',
  'unused-examples',
  'rests-on-nothing',
] as const
export type EvidenceList = (typeof EVIDENCE_LISTS)[number]

export type EvidenceNote = {
  readonly id: string
  readonly title: string
  readonly kind: Kind
  /** Of a commitment, as its log says it (readCommitment); '' for other notes. */
  readonly status: Status | ''
  readonly trashed: boolean
}

/** A pin of a note and whether it still holds; `is` of PinState. */
export type EvidencePin = {
  readonly note: string
  readonly pin: string
  readonly target: string
  readonly is: 'same' | 'changed' | 'gone'
}

export type EvidenceItem = {
  readonly id: string
  /** How many other notes link to it, by whatever word. */
  readonly links: number
  /** The notes to look at, by id: what it leans on or what speaks of it, as the list wants it (E1 to E6). */
  readonly notes: readonly string[]
  /** Of ground-changed: the pins that no longer hold, by id. Else empty. */
  readonly pins: readonly string[]
}

export type Evidence = Readonly<Record<EvidenceList, readonly EvidenceItem[]>>

type Around = {
  readonly linked: Set<string>
  /** Notes that it leans on, and by which relation; those that lean on it; those that only mention it. */
  readonly grounds: Map<string, Set<string>>
  readonly dependents: Set<string>
  readonly mentions: Set<string>
}

/**
 * The lists of a vault from all of its notes, links and pins: plain and linear, to compare an index with. Links from
 * or to a note that is not there, is in the trash or is the note itself count for nothing. Words may be inverse ones.
 */
export function evidenceOf(
  notes: readonly EvidenceNote[],
  links: readonly RelationEdge[],
  pinStates: readonly EvidencePin[],
): Evidence {
  const known = new Map(notes.filter(({ trashed }) => !trashed).map((note) => [note.id, note]))
  const around = new Map<string, Around>()
  for (const id of known.keys()) {
    around.set(id, { linked: new Set(), grounds: new Map(), dependents: new Set(), mentions: new Set() })
  }
  for (const link of links) {
    const [source, target] = [around.get(link.from), around.get(link.to)]
    if (!source || !target || link.from === link.to) continue
    target.linked.add(link.from)
    if (link.word === MENTIONS) target.mentions.add(link.from)
    const lean = leanOf(link)
    if (!lean) continue
    const grounds = around.get(lean.dependent)?.grounds
    grounds?.set(lean.ground, (grounds.get(lean.ground) ?? new Set()).add(lean.relation))
    around.get(lean.ground)?.dependents.add(lean.dependent)
  }
  const moved = new Map<string, EvidencePin[]>()
  for (const pin of pinStates) {
    if (pin.is === 'same' || !known.has(pin.target)) continue
    moved.set(pin.note, [...(moved.get(pin.note) ?? []), pin])
  }

  const lists: Record<EvidenceList, (EvidenceItem & { readonly title: string })[]> = {
    'ground-changed': [],
    'essays-without-example': [],
    'one-source': [],
    contested: [],
    'unused-examples': [],
    'rests-on-nothing': [],
  }
  for (const [id, { title, kind, status }] of known) {
    const near = around.get(id)
    if (!near) continue
    const add = (list: EvidenceList, others: readonly string[], pins: readonly string[] = []) =>
      lists[list].push({ id, title, links: near.linked.size, notes: sorted(others), pins: sorted(pins) })
    const by = (relation: string) =>
      [...near.grounds].filter(([, words]) => words.has(relation)).map(([other]) => other)
    const mentioningExamples = () => [...near.mentions].filter((other) => known.get(other)?.kind === 'example')
    const isOver = status === 'kept' || status === 'pivoted' || status === 'dropped'
    const pins = moved.get(id)
    if (pins && !isOver) {
      add(
        'ground-changed',
        pins.map(({ target }) => target),
        pins.map(({ pin }) => pin),
      )
    }
    if (kind === 'essay') {
      const [illustrates, challenges] = [by('illustrates'), by('challenges')]
      if (illustrates.length + challenges.length === 0) add('essays-without-example', mentioningExamples())
      if (near.grounds.size === 1) add('one-source', [...near.grounds.keys()])
      if (illustrates.length > 0 && challenges.length > 0) add('contested', challenges)
    }
    if (kind === 'example' && near.dependents.size === 0) add('unused-examples', [...near.mentions])
    if (kind === 'commitment' && !isOver && by('rests_on').length === 0) add('rests-on-nothing', mentioningExamples())
  }
  return Object.fromEntries(EVIDENCE_LISTS.map((list) => [list, inOrder(lists[list])])) as Evidence
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const sorted = (ids: readonly string[]): readonly string[] => [...new Set(ids)].sort(compare)

/** The most linked first, then by title (E7). */
const inOrder = (items: readonly (EvidenceItem & { readonly title: string })[]): readonly EvidenceItem[] =>
  [...items]
    .sort((a, b) => b.links - a.links || compare(a.title, b.title) || compare(a.id, b.id))
    .map(({ id, links, notes, pins }) => ({ id, links, notes, pins }))
