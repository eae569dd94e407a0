import type { NodeKind } from './messages.ts'

const KIND: Record<NodeKind, string> = {
  essay: 'essay',
  example: 'example',
  commitment: 'commitment',
  note: 'note',
  unresolved: 'not written yet',
}
const count = (n: number, one: string, many: string) => `${n.toLocaleString()} ${n === 1 ? one : many}`

export const WORDS = {
  kinds: {
    essay: 'Essays',
    example: 'Examples',
    commitment: 'Commitments',
    note: 'Notes',
    unresolved: 'Not written yet',
  } satisfies Record<NodeKind, string>,
  kindsHead: 'Kinds',
  relationsHead: 'Relations',
  graph: 'graph',
  whole: (notes: number, links: number) =>
    `Graph of ${count(notes, 'note', 'notes')} and ${count(links, 'link', 'links')}. Arrow keys walk along links, Enter opens.`,
  nearby: (title: string, notes: number) =>
    `Around ${title}: ${count(notes, 'note', 'notes')}. Arrow keys walk along links, Enter opens.`,
  shown: (shown: number, all: number) =>
    shown === all ? count(all, 'note', 'notes') : `${shown.toLocaleString()} of ${count(all, 'note', 'notes')} shown`,
  arranging: (notes: number) => `Arranging ${count(notes, 'note', 'notes')}`,
  empty: 'Nothing is written here yet. What are you thinking about?',
  alone: 'Nothing is linked to this yet.',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fit: 'Show all',
  list: 'The same, as a list',
  showList: 'Show as a list',
  showDrawing: 'Show as a drawing',
  hideList: 'Hide the list',
  listHint: 'Up and Down move, Right opens, Left closes. What is chosen here is chosen in the drawing.',
  steps: 'Steps',
  step: (n: number) => (n === 1 ? 'Within 1 step' : `Within ${n} steps`),
  node: (title: string, kind: NodeKind) => `${title}, ${KIND[kind]}`,
  linked: (reading: string, title: string, kind: NodeKind) => `${reading}: ${title}, ${KIND[kind]}`,
} as const
