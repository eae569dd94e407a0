import type { Direction } from '../../../core/graph/find-node.ts'
import { KINDS } from '../../../core/note/note.ts'

/** Kinds as the workers number them. */
export const NODE_KINDS = [...KINDS, 'unresolved'] as const
export type NodeKind = (typeof NODE_KINDS)[number]

/** Colours as CSS writes them; a canvas understands the same words. */
export type Palette = Readonly<Record<'surface' | 'ink' | 'ink2' | 'ink3' | 'focus' | NodeKind, string>>

/** A graph in the form that crosses threads cheaply. Nodes and edges are numbered from 0. */
export type GraphData = {
  readonly ids: readonly string[]
  readonly titles: readonly string[]
  /** Places in NODE_KINDS. */
  readonly kinds: Uint8Array
  /** Two numbers an edge: from, to. */
  readonly ends: Int32Array
  /** One number an edge: its place in `words`. */
  readonly relations: Uint16Array
  /** The relations' words. */
  readonly words: readonly string[]
  /** The note that everything stands around; null for the whole vault. */
  readonly center: string | null
}

/** px of the drawing that something else covers, at its left. */
export type Inset = { readonly left: number }

export type ToGraph =
  /** `store`: under which name places are remembered; null: they are not. */
  | { do: 'start'; canvas: OffscreenCanvas; store: string | null; isReduced: boolean }
  | { do: 'size'; width: number; height: number; ratio: number; inset: Inset }
  | { do: 'palette'; palette: Palette }
  | { do: 'data'; data: GraphData }
  | { do: 'hover'; at: readonly [number, number] | null }
  | { do: 'click'; at: readonly [number, number] }
  | { do: 'pan'; by: readonly [number, number] }
  | { do: 'zoom'; at: readonly [number, number] | null; factor: number }
  | { do: 'fit' }
  | { do: 'select'; id: string | null }
  | { do: 'walk'; direction: Direction }

export type FromGraph =
  | { tell: 'hovered'; id: string | null }
  /** `edge`: the one that was walked, null when chosen otherwise. */
  | { tell: 'selected'; id: string; edge: number | null }
  | { tell: 'opened'; id: string }
  | { tell: 'shown' }

export type ToLayout = {
  readonly run: number
  readonly positions: Float32Array
  readonly ends: Int32Array
  /** Number of the node that stands still in the middle, -1 for none. */
  readonly center: number
  /** 1 for a new graph, less where most nodes have their places already. */
  readonly heat: number
  /** Tell only the end. */
  readonly isQuiet: boolean
}

export type FromLayout = { readonly run: number; readonly positions: Float32Array; readonly isDone: boolean }
