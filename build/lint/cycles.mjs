/**
 * @param {Map<string, Set<string>>} graph
 * @returns {string[][]} for each knot of files that import one another, a shortest way round: [a, b, a]
 */
export function findCycles(graph) {
  return knots(graph).map((knot) => wayRound(graph, new Set(knot), [...knot].sort()[0] ?? ''))
}

/**
 * Strongly connected components of more than one file, or of a file that imports itself.
 * Tarjan, "Depth-first search and linear graph algorithms" (1972).
 * @param {Map<string, Set<string>>} graph
 */
function knots(graph) {
  /** @type {Map<string, { index: number, low: number, open: boolean }>} */
  const seen = new Map()
  /** @type {string[]} */
  const stack = []
  /** @type {string[][]} */
  const found = []
  /** @param {string} file */
  function visit(file) {
    const state = { index: seen.size, low: seen.size, open: true }
    seen.set(file, state)
    stack.push(file)
    for (const next of graph.get(file) ?? []) {
      const other = seen.get(next)
      if (!other) state.low = Math.min(state.low, visit(next).low)
      else if (other.open) state.low = Math.min(state.low, other.index)
    }
    if (state.low === state.index) {
      const knot = stack.splice(stack.indexOf(file))
      for (const member of knot) {
        const memberState = seen.get(member)
        if (memberState) memberState.open = false
      }
      if (knot.length > 1 || graph.get(file)?.has(file)) found.push(knot)
    }
    return state
  }
  for (const file of graph.keys()) if (!seen.has(file)) visit(file)
  return found
}

/**
 * @param {Map<string, Set<string>>} graph
 * @param {Set<string>} knot
 * @param {string} start
 */
function wayRound(graph, knot, start) {
  /** @type {Map<string, string>} */
  const cameFrom = new Map()
  const queue = [start]
  for (const file of queue) {
    for (const next of graph.get(file) ?? []) {
      if (!knot.has(next)) continue
      if (next === start) {
        const way = [file]
        for (let at = file; at !== start; ) {
          at = cameFrom.get(at) ?? start
          way.unshift(at)
        }
        return [...way, start]
      }
      if (!cameFrom.has(next)) {
        cameFrom.set(next, file)
        queue.push(next)
      }
    }
  }
  return [start]
}
