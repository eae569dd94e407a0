/**
 * Groups of things that wait for each other in a circle and for nothing outside of it (Tarjan's algorithm, without
 * recursion: a hostile list may be as deep as it is long).
 * @param waitsFor what each waits for; the keys are all things
 */
export function closedCircles(waitsFor: ReadonlyMap<number, readonly number[]>): readonly (readonly number[])[] {
  const index = new Map<number, number>()
  const low = new Map<number, number>()
  const group = new Map<number, number>()
  const groups: number[][] = []
  const stack: number[] = []
  for (const start of waitsFor.keys()) {
    if (index.has(start)) continue
    const path: { readonly at: number; next: number }[] = []
    const enter = (at: number) => {
      index.set(at, index.size)
      low.set(at, index.size - 1)
      stack.push(at)
      path.push({ at, next: 0 })
    }
    enter(start)
    for (let step = path.at(-1); step; step = path.at(-1)) {
      const { at } = step
      const other = (waitsFor.get(at) ?? [])[step.next++]
      if (other !== undefined) {
        if (!index.has(other)) enter(other)
        else if (!group.has(other)) low.set(at, Math.min(low.get(at) ?? 0, index.get(other) ?? 0))
        continue
      }
      path.pop()
      const before = path.at(-1)
      if (before) low.set(before.at, Math.min(low.get(before.at) ?? 0, low.get(at) ?? 0))
      if (low.get(at) !== index.get(at)) continue
      const members = stack.splice(stack.lastIndexOf(at))
      for (const member of members) group.set(member, groups.length)
      groups.push(members)
    }
  }
  return groups.filter((members, at) =>
    members.every((member) => (waitsFor.get(member) ?? []).every((other) => group.get(other) === at)),
  )
}
