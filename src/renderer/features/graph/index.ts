export { GraphView, type GraphViewProps } from './GraphView.tsx'
export { NearbyGraph, type NearbyGraphProps } from './NearbyGraph.tsx'
