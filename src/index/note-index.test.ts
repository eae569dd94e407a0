import { describe, expect, test } from 'vitest'
import type { IndexedNote } from '../ipc/index-contract.ts'
import { NoteIndex } from './note-index.ts'
import { idOf, memoryDatabase, memoryFile, memoryIndex, noteAt } from './test-support.ts'

function indexOf(...notes: IndexedNote[]): NoteIndex {
  const index = memoryIndex()
  index.writes.put({ notes })
  return index
}

const titlesOf = (hits: readonly { title: string }[]) => hits.map(({ title }) => title)
const find = (index: NoteIndex, query: string, prefix = false) => index.reads.search({ query, limit: 10, prefix })

describe('search', () => {
  const index = indexOf(
    noteAt('Essays/Blast radius.md', 'A change reaches further than its author thinks.', { kind: 'essay' }),
    noteAt('Freeze.md', 'We froze **payments** for a week: the blast was wide, the radius unknown.'),
    noteAt('Café.md', 'Crème brûlée, well-known and snake_case.', { aliases: ['Kaffeehaus'] }),
    noteAt('Props.md', 'Nothing here.', { propertyText: 'mood: wistful' }),
  )

  test('I7: every word must occur, whole, without regard to case and accents', () => {
    expect(titlesOf(find(index, 'BLAST radius').hits)).toEqual(['Blast radius', 'Freeze'])
    expect(find(index, 'blas').total).toBe(0)
    expect(find(index, 'brulee creme').total).toBe(1)
    expect(find(index, 'case snake').total).toBe(1)
    expect(find(index, 'blast nowhere').total).toBe(0)
  })

  test('I7: phrases, -not, and -not alone', () => {
    expect(titlesOf(find(index, '"blast radius"').hits)).toEqual(['Blast radius'])
    expect(titlesOf(find(index, 'blast -froze').hits)).toEqual(['Blast radius'])
    expect(titlesOf(find(index, '-blast').hits)).toEqual(['Café', 'Props'])
    expect(find(index, '-blast').total).toBe(2)
  })

  test('I7: only the last word may be unfinished, and only where asked for', () => {
    expect(find(index, 'blast rad', true).total).toBe(2)
    expect(find(index, 'bla radius', true).total).toBe(0)
    expect(titlesOf(find(index, 'bl', true).hits)).toEqual(['Blast radius'])
  })

  test('I8: total is exact beyond the limit, snippets show the hit without Markdown', () => {
    const { total, hits } = index.reads.search({ query: 'blast', limit: 1, offset: 1 })
    expect(total).toBe(2)
    expect(titlesOf(hits)).toEqual(['Freeze'])
    const payments = find(index, 'payments').hits[0]?.snippet ?? []
    expect(payments.map(({ text }) => text).join('')).toContain('We froze payments for a week')
    expect(payments.filter(({ hit }) => hit).map(({ text }) => text)).toEqual(['payments'])
    expect(find(index, 'wistful').hits[0]?.snippet).toContainEqual({ text: 'wistful', hit: true })
  })

  test('I2: what a note no longer says is not found', () => {
    const own = indexOf(noteAt('A.md', 'first words'), noteAt('B.md', 'second words'))
    own.writes.put({ notes: [noteAt('A.md', 'other text')] })
    own.writes.remove({ ids: [idOf('B'), idOf('never')] })
    expect(find(own, 'words').total).toBe(0)
    expect(find(own, 'other').total).toBe(1)
    own.writes.clear()
    expect(find(own, 'other').total).toBe(0)
    expect(own.reads.status()).toEqual({ notes: 0, links: 0, unresolved: 0 })
    own.writes.put({ notes: [noteAt('A.md', 'back again')] })
    expect(find(own, 'back').total).toBe(1)
  })
})

describe('titles', () => {
  const index = indexOf(
    noteAt('Radius.md', '', { updated: 1 }),
    noteAt('Blast radius.md', '', { updated: 2 }),
    noteAt('Rad.md', '', { updated: 3 }),
    noteAt('Other.md', '', { updated: 4, aliases: ['Radical'] }),
    noteAt('2020-01-01.md', '', { updated: 5, shownTitle: 'New year' }),
  )
  const titles = (query: string, limit = 10) => index.reads.titles({ query, limit })

  test('I9: the exact name, names that begin so, then names with such a word', () => {
    expect(titlesOf(titles('rad'))).toEqual(['Rad', 'Radius', 'Other', 'Blast radius'])
    expect(titles('rad')[2]?.alias).toBe('Radical')
    expect(titlesOf(titles('rad', 2))).toEqual(['Rad', 'Radius'])
  })

  test('I9: near spellings last', () => {
    expect(titlesOf(titles('blast raduis'))).toEqual(['Blast radius'])
    expect(titlesOf(titles('blest radius'))).toEqual(['Blast radius'])
    expect(titles('zzzzzz')).toEqual([])
  })

  test('I9: newest first when empty; a shown title is no alias', () => {
    expect(titlesOf(titles('', 2))).toEqual(['New year', 'Other'])
    expect(titles('new')[0]).toMatchObject({ title: 'New year', alias: null })
    expect(titles('2020')[0]).toMatchObject({ title: 'New year', alias: '2020-01-01' })
  })
})

describe('links', () => {
  test('I4: a link leads to its note whichever came first, and waits again when it goes', () => {
    const index = indexOf(noteAt('A.md', 'to [[B]] and [[c]]'))
    expect(index.reads.unresolved({ limit: 9 })).toEqual({
      total: 2,
      items: [
        { target: 'B', notes: 1 },
        { target: 'c', notes: 1 },
      ],
    })
    index.writes.put({ notes: [noteAt('x/B.md'), noteAt('D.md', '', { aliases: ['C'] })] })
    expect(index.reads.outlinks({ id: idOf('A') }).map(({ id }) => id)).toEqual([idOf('B'), idOf('D')])
    expect(titlesOf(index.reads.backlinks({ id: idOf('B') }).items)).toEqual(['A'])
    index.writes.remove({ ids: [idOf('B')] })
    expect(index.reads.outlinks({ id: idOf('A') })[0]).toMatchObject({ id: null, title: 'B', kind: null })
    expect(index.reads.status()).toEqual({ notes: 2, links: 2, unresolved: 1 })
  })

  test('I4: a rename moves links from the old name to the former one, and another note takes over', () => {
    const index = indexOf(noteAt('A.md', '[[B]]'), noteAt('B.md'))
    index.writes.put({ notes: [noteAt('Bee.md', '', { id: idOf('B'), formerTitles: ['B'] })] })
    expect(index.reads.outlinks({ id: idOf('A') })[0]).toMatchObject({ id: idOf('B'), title: 'Bee' })
    index.writes.put({ notes: [noteAt('new/B.md', '', { id: idOf('B2') })] })
    expect(index.reads.outlinks({ id: idOf('A') })[0]?.id).toBe(idOf('B2'))
  })

  test('I5: the nearest folder wins, equally near is ambiguous, moving the source decides anew', () => {
    const one = noteAt('x/Same.md', '', { id: idOf('S1') })
    const two = noteAt('y/Same.md', '', { id: idOf('S2') })
    const index = indexOf(one, two, noteAt('A.md', '[[Same]] [[y/Same]]'))
    const leads = () => index.reads.outlinks({ id: idOf('A') }).map(({ id, ambiguous }) => [id, ambiguous])
    expect(leads()).toEqual([
      [idOf('S1'), true],
      [idOf('S2'), false],
    ])
    index.writes.put({ notes: [noteAt('y/A.md', '[[Same]]')] })
    expect(leads()).toEqual([[idOf('S2'), false]])
    index.writes.put({ notes: [noteAt('z/z/Same.md', '', { id: idOf('S2') })] })
    expect(leads()).toEqual([[idOf('S1'), false]])
    expect(index.reads.resolve({ targets: ['same', 'nobody'], fromId: null })).toMatchObject([
      { target: 'same', found: [{ id: idOf('S1') }] },
      { target: 'nobody', found: [] },
    ])
  })

  test('I5: a note that moves is as near by its alias as by its name', () => {
    const one = noteAt('x/One.md', '', { aliases: ['Both'] })
    const two = noteAt('y/Two.md', '', { aliases: ['Both'] })
    const index = indexOf(one, two, noteAt('y/A.md', '[[Both]]'))
    const lead = () => index.reads.outlinks({ id: idOf('A') })[0]?.id
    expect(lead()).toBe(idOf('Two'))
    index.writes.put({ notes: [{ ...two, path: 'z/z/Two.md' }] })
    expect(lead()).toBe(idOf('One'))
  })

  test('I5: a link that carries an id leads there whatever its words say', () => {
    const links = (targetId: string) => [
      { target: 'B', anchor: '', relation: 'mentions', targetId, embed: false, context: 'B', start: 0, end: 1 },
    ]
    const index = indexOf(noteAt('A.md', '', { links: links(idOf('C')) }), noteAt('B.md'))
    const lead = () => index.reads.outlinks({ id: idOf('A') })[0]?.id
    expect(lead()).toBe(idOf('B'))
    index.writes.put({ notes: [noteAt('C.md')] })
    expect(lead()).toBe(idOf('C'))
    index.writes.put({ notes: [noteAt('B.md', 'changed')] })
    expect(lead()).toBe(idOf('C'))
    index.writes.remove({ ids: [idOf('C')] })
    expect(lead()).toBe(idOf('B'))
  })

  test('I6: backlinks are one item a source and relation, newest first, without the note itself', () => {
    const index = indexOf(
      noteAt('B.md', '[[B]]'),
      noteAt('Old.md', 'See [[B]]. Again [[B|so]].', { updated: 1 }),
      noteAt('New.md', 'challenges:: [[B]] and [[b.md#Part]]', { updated: 2 }),
    )
    const { total, items } = index.reads.backlinks({ id: idOf('B') })
    expect(total).toBe(3)
    expect(items.map(({ title, relation, start }) => [title, relation, start])).toEqual([
      ['New', 'challenges', 0],
      ['New', 'mentions', 23],
      ['Old', 'mentions', 4],
    ])
    expect(index.reads.anchorLinks({ id: idOf('B') })).toEqual([{ anchor: 'Part', notes: 1, commitments: 0 }])
    expect(index.reads.linkSources({ id: idOf('B') })).toEqual([
      { source: idOf('B'), targets: ['B'] },
      { source: idOf('New'), targets: ['B', 'b.md'] },
      { source: idOf('Old'), targets: ['B', 'B'] },
    ])
  })

  test('I6: pictures and headings of the note itself wait for no note', () => {
    const index = indexOf(noteAt('A.md', '![[shot.PNG]] [[#Part]] [[Node.js notes]]'))
    expect(index.reads.unresolved({ limit: 9 }).items).toEqual([{ target: 'Node.js notes', notes: 1 }])
    expect(titlesOf(index.reads.outlinks({ id: idOf('A') }))).toEqual(['Node.js notes'])
  })

  test('I3: an index that was killed before it settled resolves when it is opened again', () => {
    const db = memoryDatabase()
    const killed = new NoteIndex(db)
    killed.writes.put({ notes: [noteAt('A.md', '[[B]]')] })
    killed.writes.flush()
    killed.writes.put({ notes: [noteAt('B.md')] })
    const opened = new NoteIndex(db)
    expect(titlesOf(opened.reads.backlinks({ id: idOf('B') }).items)).toEqual(['A'])
  })

  test('I2: a put that fails changes nothing', () => {
    const index = indexOf(noteAt('A.md', 'before [[B]]'), noteAt('B.md'))
    const broken = { ...noteAt('C.md'), tags: [null as unknown as string] }
    expect(() => index.writes.put({ notes: [noteAt('A.md', 'after'), broken] })).toThrow()
    expect(find(index, 'before').total).toBe(1)
    expect(index.reads.backlinks({ id: idOf('B') }).total).toBe(1)
    expect(index.reads.status().notes).toBe(2)
  })
})

describe('unlinked mentions', () => {
  test('I10: places outside links, with their sentence, one a note', () => {
    const index = indexOf(
      noteAt('Blast radius.md', 'Blast radius itself', { aliases: ['Reach', 'of'] }),
      noteAt('Said.md', 'First one. We spoke of blast Radius, then rested. End.'),
      noteAt('Linked.md', 'See [[Blast radius]], `blast radius` and [blast radius](x.md).'),
      noteAt('Both.md', '- See [[Blast radius|reach]], its reach is wide'),
    )
    const { total, items } = index.reads.unlinkedMentions({ id: idOf('Blast radius'), limit: 10 })
    expect(total).toBe(2)
    const shown = items.map(({ title, context, start, end }) => [title, context, context.slice(start, end)]).sort()
    expect(shown).toEqual([
      ['Both', 'See [[Blast radius|reach]], its reach is wide', 'reach'],
      ['Said', 'We spoke of blast Radius, then rested.', 'blast Radius'],
    ])
    expect(index.reads.unlinkedMentions({ id: idOf('Blast radius'), limit: 1 })).toMatchObject({
      total: 2,
      items: [{}],
    })
  })
})

describe('graph', () => {
  const index = indexOf(
    noteAt('A.md', 'illustrates:: [[B]] and [[B]] and [[A]]', { kind: 'example' }),
    noteAt('B.md', 'illustrated_by:: [[A]] [[C]]', { kind: 'essay' }),
    noteAt('C.md', '[[Later]]'),
    noteAt('D.md', '[[later]]'),
    noteAt('E.md'),
  )
  const named = (graph: ReturnType<NoteIndex['reads']['graph']>) => ({
    nodes: titlesOf(graph.nodes).sort(),
    edges: graph.edges
      .map(([from, to, relation]) =>
        [graph.nodes[from]?.title, graph.relations[relation], graph.nodes[to]?.title].join(' '),
      )
      .sort(),
  })

  test('I11: every note and name once, one edge a pair and relation, whichever end wrote it', () => {
    expect(named(index.reads.graph({}))).toEqual({
      nodes: ['A', 'B', 'C', 'D', 'E', 'Later'],
      edges: ['A illustrates B', 'A mentions B', 'B mentions C', 'C mentions Later', 'D mentions Later'],
    })
    expect(index.reads.graph({}).nodes.at(-1)).toEqual({ id: 'unresolved:later', title: 'Later', kind: 'unresolved' })
  })

  test('I11: packed, the same edges in one array', () => {
    const { edges } = index.reads.graph({})
    const graph = index.reads.graph({ packed: true })
    expect(graph).toMatchObject({ packed: Int32Array.from(edges.flat()) })
    expect(graph.edges).toEqual([])
  })

  test('I11: what lies within so many steps, both ways, with the edges among it', () => {
    const near = (depth: number) => named(index.reads.graph({ center: idOf('B'), depth }))
    expect(near(1)).toEqual({
      nodes: ['A', 'B', 'C'],
      edges: ['A illustrates B', 'A mentions B', 'B mentions C'],
    })
    expect(near(2).nodes).toEqual(['A', 'B', 'C', 'Later'])
    expect(near(3).nodes).toEqual(['A', 'B', 'C', 'D', 'Later'])
    expect(index.reads.graph({ center: idOf('nobody'), depth: 2 })).toEqual({ nodes: [], relations: [], edges: [] })
  })
})

describe('lists', () => {
  test('I12: by title, of a kind, of a tag and the tags nested in it', () => {
    const index = indexOf(
      noteAt('b.md', '', { tags: ['Work/now', 'home'] }),
      noteAt('A.md', '', { tags: ['work'], kind: 'essay' }),
      noteAt('c.md', '', { tags: ['workshop'] }),
    )
    expect(titlesOf(index.reads.list({}))).toEqual(['A', 'b', 'c'])
    expect(titlesOf(index.reads.list({ kind: 'essay' }))).toEqual(['A'])
    expect(titlesOf(index.reads.list({ tag: '#Work' }))).toEqual(['A', 'b'])
    expect(index.reads.tags()).toEqual([
      { tag: 'home', notes: 1 },
      { tag: 'work', notes: 1 },
      { tag: 'Work/now', notes: 1 },
      { tag: 'workshop', notes: 1 },
    ])
  })
})

describe('links that wait, files, and words that are gone', () => {
  test('waiting: by any of the names, only where the link leads nowhere, one item a note', () => {
    const index = indexOf(
      noteAt('A.md', 'See [[Gone]] and [[gone#part]].'),
      noteAt('B.md', 'See [[Old name]] and [[F/Gone]], not [[Other]].'),
      noteAt('Other.md', 'text'),
    )
    const [waiting, other, none] = index.reads.waiting({
      names: [['Gone', 'Old name', 'F/Gone'], ['Other'], []],
      limit: 1,
    })
    expect(waiting).toMatchObject({ links: 4, notes: 2 })
    expect(waiting?.items).toHaveLength(1)
    expect([other, none]).toMatchObject([
      { links: 0, notes: 0, items: [] },
      { links: 0, notes: 0, items: [] },
    ])
  })

  test('filesNamed: page by page', () => {
    const many = Array.from({ length: 250 }, (_, i) => noteAt(`N${i}.md`, i === 240 ? '![[late.png]]' : 'text'))
    const index = indexOf(noteAt('P.md', 'text', { propertyText: 'cover: early.png' }), ...many)
    const pages = []
    for (let after: number | null = 0; after !== null; ) {
      const page: { named: string[]; next: number | null } = index.reads.filesNamed({
        names: ['x/early.png', 'late.png', 'never.png', 'LICENSE'],
        after,
      })
      pages.push(page.named.filter((name) => name !== 'LICENSE'))
      expect(page.named).toContain('LICENSE')
      after = page.next
    }
    expect(pages).toEqual([['x/early.png'], [], ['late.png']])
  })

  test('scrub: words of removed notes are in no page of the file', () => {
    const { db, bytes } = memoryFile()
    const index = new NoteIndex(db)
    index.writes.put({
      notes: Array.from({ length: 40 }, (_, i) => noteAt(`N${i}.md`, `words marmalade${i} `.repeat(50))),
    })
    index.writes.remove({ ids: [idOf('N7')] })
    expect(bytes()).toContain('marmalade7 ')
    index.writes.scrub()
    expect(bytes()).toContain('marmalade8 ')
    expect(bytes()).not.toContain('marmalade7')
    expect(find(index, 'marmalade8').total).toBe(1)
    expect(find(index, 'marmalade7').total).toBe(0)
  })
})

test('I20: what is written with a verb or its inverse counts by link and by note, mentions never', () => {
  const index = indexOf(
    noteAt('a.md', 'inspires:: [[b]] and inspires:: [[not there]]'),
    noteAt('b.md', 'inspired_by:: [[a]]'),
    noteAt('c.md', 'illustrates:: [[a]], see [[b]]'),
  )
  expect(index.reads.relationUse({ words: ['inspires', 'inspired_by'] })).toEqual({ links: 3, notes: 2 })
  expect(index.reads.relationUse({ words: ['mentions', 'rests_on'] })).toEqual({ links: 0, notes: 0 })
  index.writes.put({ notes: [noteAt('a.md', 'Nothing.')] })
  expect(index.reads.relationUse({ words: ['inspires', 'inspired_by'] })).toEqual({ links: 1, notes: 1 })
})
