declare module 'd3-force-reuse' {
  import type { ForceManyBody, SimulationNodeDatum } from 'd3-force'

  /** d3's many-body force with its approximation reused for 13 ticks (Gove 2018, "It Pays to Be Lazy"). */
  export function forceManyBodyReuse<N extends SimulationNodeDatum>(): ForceManyBody<N>
}
