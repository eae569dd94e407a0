import { describe, expect, test } from 'vitest'
import { noteId } from '../../../core/base/ids.ts'
import { adjacencyOf } from '../../../core/graph/adjacency.ts'
import { countsOf, dataOf, type IndexGraph, isSameData, withoutKinds } from './graph-data.ts'
import { listOrder, listRows, nextItem } from './list-rows.ts'

const graph: IndexGraph = {
  nodes: [
    { id: noteId('essay-one'), title: 'Blast radius', kind: 'essay' },
    { id: noteId('example-1'), title: 'The freeze', kind: 'example' },
    { id: 'unresolved:later', title: 'Later', kind: 'unresolved' },
    { id: noteId('note-four'), title: 'Alone', kind: 'note' },
  ],
  relations: ['mentions', 'illustrates'],
  edges: [
    [1, 0, 1],
    [0, 2, 0],
    [1, 2, 0],
  ],
}
const data = dataOf(graph, null)

describe('graph data', () => {
  test('counts kinds and relations, plain mentions last', () => {
    const { kinds, relations, notes } = countsOf(data)
    expect(kinds).toEqual({ essay: 1, example: 1, commitment: 0, note: 1, unresolved: 1 })
    expect(relations).toEqual([
      { word: 'illustrates', edges: 1 },
      { word: 'mentions', edges: 2 },
    ])
    expect(notes).toBe(3)
  })

  test('leaves kinds out, with the edges that ended there', () => {
    const left = withoutKinds(data, new Set(['unresolved'] as const))
    expect(left.ids).toEqual(['essay-one', 'example-1', 'note-four'])
    expect([...left.ends]).toEqual([1, 0])
    expect([...left.relations]).toEqual([1])
    const essayless = withoutKinds(data, new Set(['essay'] as const))
    expect([...essayless.ends]).toEqual([0, 1])
    expect(essayless.titles).toEqual(['The freeze', 'Later', 'Alone'])
  })

  test('sees what would be drawn otherwise, and nothing else', () => {
    expect(isSameData(data, dataOf(structuredClone(graph), null))).toBe(true)
    const packed = { ...graph, edges: [], packed: Int32Array.from(graph.edges.flat()) }
    expect(isSameData(data, dataOf(packed, null))).toBe(true)
    expect(isSameData(data, dataOf(graph, 'essay-one'))).toBe(false)
    const renamed = { ...graph, nodes: graph.nodes.with(0, { ...graph.nodes[0], title: 'Reach' } as never) }
    expect(isSameData(data, dataOf(renamed, null))).toBe(false)
    const turned: IndexGraph = { ...graph, edges: [[0, 1, 1], ...graph.edges.slice(1)] }
    expect(isSameData(data, dataOf(turned, null))).toBe(false)
  })
})

describe('the same as a list', () => {
  const adjacency = adjacencyOf(data.ids.length, data.ends)
  const order = listOrder(data, adjacency)
  const rowsOf = (...expanded: string[]) => listRows(data, adjacency, order, new Set(expanded))

  test('the best linked first; what has no links cannot be opened', () => {
    const rows = rowsOf()
    expect(rows.map((row) => row.is === 'item' && [row.title, row.links, row.isExpanded])).toEqual([
      ['Blast radius', 2, false],
      ['Later', 2, false],
      ['The freeze', 2, false],
      ['Alone', 0, null],
    ])
  })

  test('opened, the relation is read from the note and spoken first, verbs before mentions', () => {
    const rows = rowsOf('essay-one').slice(1, 5)
    expect(rows.map((row) => (row.is === 'head' ? row.reading : row.name))).toEqual([
      'Illustrated by',
      'Illustrated by: The freeze, example',
      'Mentions',
      'Mentions: Later, not written yet',
    ])
    expect(rows.flatMap((row) => (row.is === 'item' ? [`${row.position}/${row.siblings}`] : []))).toEqual([
      '1/2',
      '2/2',
    ])
  })

  test('arrow keys go over the heads between', () => {
    const rows = rowsOf('essay-one')
    expect(nextItem(rows, 0, 1)).toBe(2)
    expect(nextItem(rows, 2, 1)).toBe(4)
    expect(nextItem(rows, 2, -1)).toBe(0)
    expect(nextItem(rows, 0, -1)).toBe(0)
    expect(nextItem(rows, rows.length, -1)).toBe(rows.length - 1)
  })
})
