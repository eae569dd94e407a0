import { hasSeen, type Node } from './causes.ts'
import { closedCircles } from './circles.ts'
import type { DeviceKey } from './device.ts'
import { indexNodes, type Rights, type Standing } from './rights.ts'

/**
 * Which entries count (SPEC.md, N6 to N15).
 * - `in`: counts
 * - `out`: does not
 * - `suspended`: a removal in a circle of removals that nobody has decided yet
 * @returns by place
 */
export function judge(nodes: readonly Node[]): readonly Standing[] {
  const standing: (Standing | 'open')[] = nodes.map(() => 'open')
  const rights = indexNodes(nodes, standing)
  for (;;) {
    settle(nodes, standing, rights)
    const open = nodes.filter(({ place }) => standing[place] === 'open')
    if (open.length === 0) return standing as Standing[]
    const waitsFor = new Map(open.map((node) => [node.place, rights.waitsFor(node)]))
    for (const circle of closedCircles(waitsFor)) {
      const lost = decidedAway(circle, standing, rights)
      for (const place of lost) standing[place] = 'out'
      if (lost.length > 0) continue
      // Nobody outside can settle it: those who strike each other are suspended, what hangs on them waits.
      for (const place of circle) standing[place] = rights.isStrike(place) ? 'suspended' : 'out'
    }
  }
}

/** Judges what can be judged, until nothing more follows. An entry that is settled stays so. */
function settle(nodes: readonly Node[], standing: (Standing | 'open')[], rights: Rights): void {
  let open = nodes.filter(({ place }) => standing[place] === 'open')
  for (let before = open.length + 1; open.length < before; ) {
    before = open.length
    open = open.filter((node) => {
      const now = rights.judge(node)
      standing[node.place] = now
      return now === 'open'
    })
  }
}

/** Strikes of a circle that a third keeper decided against (N12). */
function decidedAway(
  circle: readonly number[],
  standing: readonly (Standing | 'open')[],
  rights: Rights,
): readonly number[] {
  const pairs = new Map<string, Map<number, { readonly decide: Node; readonly lost: number[] }>>()
  for (const place of circle) {
    for (const decide of rights.decidesAgainst(place)) {
      if (standing[decide.place] !== 'in') continue
      const pair = pairOf(decide)
      const ofPair = pairs.get(pair) ?? new Map()
      pairs.set(pair, ofPair)
      const known = ofPair.get(decide.place)
      if (known) known.lost.push(place)
      else ofPair.set(decide.place, { decide, lost: [place] })
    }
  }
  return [...pairs.values()].flatMap((ofPair) => {
    const all = [...ofPair.values()]
    const last = all.filter(({ decide }) => !all.some((other) => hasSeen(other.decide.row, decide.place)))
    const stays = new Set(last.map(({ decide }) => stayingOf(decide)))
    return stays.size === 1 ? last.flatMap(({ lost }) => lost) : []
  })
}

const pairOf = ({ act }: Node): string => (act.type === 'decide' ? [...act.between].sort().join(' ') : '')
const stayingOf = ({ act }: Node): DeviceKey | null => (act.type === 'decide' ? act.stays : null)
