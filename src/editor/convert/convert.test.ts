import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { printBlocks } from '../../core/markdown/print.ts'
import type { Tree } from '../../core/markdown/tree.ts'
import { EMPTY_TREE } from '../../core/markdown/tree.ts'
import { rootOf } from '../../crdt/note-doc.ts'
import { arbitraryTree } from '../../testing/arbitrary-tree.ts'
import { appendTree } from './append-tree.ts'
import { readTree } from './read-tree.ts'
import { replaceTree } from './replace-tree.ts'
import { writeTree } from './write-tree.ts'

const docOf = (tree: Tree): Y.Doc => {
  const doc = new Y.Doc()
  doc.transact(() => writeTree(rootOf(doc), tree))
  return doc
}
const treeOf = (doc: Y.Doc): Tree => readTree(rootOf(doc))
const plain = (text: string) => [{ type: 'text' as const, text, marks: 0 }]
function formerQuote(text: string): Y.Doc {
  const doc = new Y.Doc()
  const quote = new Y.XmlElement('quote')
  quote.insert(0, [new Y.XmlText(text)])
  rootOf(doc).insert(0, [quote])
  return doc
}
const paragraph = (...texts: string[]): Tree =>
  texts.map((text) => ({ type: 'paragraph', children: text === '' ? [] : [{ type: 'text', text, marks: 0 }] }))

describe('writeTree and readTree', () => {
  it('T1: reading gives back what was written', () => {
    fc.assert(
      fc.property(arbitraryTree, (tree) => {
        expect(treeOf(docOf(tree))).toEqual(tree)
      }),
    )
  })

  it('T1: an empty tree is one empty paragraph', () => {
    expect(treeOf(docOf([]))).toEqual(EMPTY_TREE)
    expect(treeOf(new Y.Doc())).toEqual(EMPTY_TREE)
  })

  it('T2: what stands below a list in an item, or as blocks in an item or a cell, is read in its order, words apart', () => {
    const element = (name: string, ...children: (Y.XmlElement | string)[]): Y.XmlElement => {
      const made = new Y.XmlElement(name)
      made.insert(
        0,
        children.map((child) => (typeof child === 'string' ? new Y.XmlText(child) : child)),
      )
      return made
    }
    const list = (...items: Y.XmlElement[]) => {
      const made = element('list', ...items)
      made.setAttribute('__listType', 'bullet')
      return made
    }
    const item = (...children: (Y.XmlElement | string)[]) => element('listitem', ...children)
    const row = element('tablerow', element('tablecell', 'c'), element('tablecell', 'd'))
    const doc = new Y.Doc()
    rootOf(doc).insert(0, [
      list(item('one'), item(list(item('two')), element('paragraph', 'three')), item('four', element('table', row))),
      element('table', element('tablerow', element('tablecell', list(item('e'), item('f'))))),
    ])
    expect(printBlocks(treeOf(doc))).toBe('- one\n  - two\n- three\n- four\n  c\n  d\n\n| e<br>f |\n| --- |\n')
  })

  it('T2: reads shapes that are not ours without failing', () => {
    const doc = new Y.Doc()
    const root = rootOf(doc)
    const strange = new Y.XmlElement('table')
    strange.insert(0, [new Y.XmlElement('row'), new Y.XmlText('cell')])
    const heading = new Y.XmlElement('heading')
    heading.setAttribute('__tag', 'h99')
    const list = new Y.XmlElement('list')
    list.insert(0, [new Y.XmlText('loose'), new Y.XmlElement('list')])
    root.insert(0, [
      new Y.XmlText('text at the top'),
      strange,
      heading,
      list,
      new Y.XmlHook('hook') as unknown as Y.XmlText,
    ])
    expect(treeOf(doc)).toMatchObject([
      { type: 'paragraph', children: [{ text: 'text at the top' }] },
      { type: 'table', columns: [null], rows: [[[]], [[{ text: 'cell' }]]] },
      { type: 'heading', level: 1 },
      { type: 'list', items: [{ children: [{ text: 'loose' }] }] },
      { type: 'paragraph', children: [] },
    ])
  })

  it('T2: a tree of any depth is read without ending the program', () => {
    const doc = new Y.Doc()
    let inner: Y.XmlElement = rootOf(doc)
    for (let depth = 0; depth < 1000; depth++) {
      const next = new Y.XmlElement('quote')
      inner.insert(0, [next])
      inner = next
    }
    expect(treeOf(doc)).toHaveLength(1)
  })

  it('T1: the line break of a cell is one in the doc, and `<br>` in the tree', () => {
    const lineBreak = { type: 'raw', source: '<br>', marks: 0 } as const
    const tree: Tree = [{ type: 'table', columns: [null], rows: [[[...plain('a'), lineBreak, ...plain('b')]]] }]
    const doc = docOf(tree)
    expect(treeOf(doc)).toEqual(tree)
    expect(rootOf(doc).toJSON()).toContain('a<linebreak></linebreak>b')
  })

  it('T2: a table whose rows are not of one length is filled up; blocks in a cell are lines of it', () => {
    const doc = docOf([{ type: 'table', columns: ['center'], rows: [[plain('head')], [plain('a')]] }])
    const table = rootOf(doc).get(0) as Y.XmlElement
    const cells = table.get(1) as Y.XmlElement
    const second = new Y.XmlElement('tablecell')
    second.insert(0, [new Y.XmlElement('paragraph'), new Y.XmlElement('quote'), new Y.XmlText('b')])
    cells.insert(1, [second])
    const lineBreak = { type: 'raw', source: '<br>', marks: 0 }
    expect(treeOf(doc)).toEqual([
      {
        type: 'table',
        columns: ['center', null],
        rows: [
          [plain('head'), []],
          [plain('a'), [lineBreak, lineBreak, ...plain('b')]],
        ],
      },
    ])
  })

  it('T2: a callout without a title, and with two', () => {
    const doc = new Y.Doc()
    const callout = new Y.XmlElement('callout')
    callout.setAttribute('__kind', 'note')
    const title = new Y.XmlElement('callouttitle')
    title.insert(0, [new Y.XmlText('late')])
    callout.insert(0, [new Y.XmlElement('paragraph'), title])
    rootOf(doc).insert(0, [callout])
    expect(treeOf(doc)).toEqual([
      { type: 'callout', kind: 'note', fold: '', title: [], children: [...paragraph(''), ...paragraph('late')] },
    ])
  })

  it('T2: a quote that was stored as text is one paragraph in it', () => {
    expect(treeOf(formerQuote('old words'))).toEqual([{ type: 'quote', children: paragraph('old words') }])
  })

  it('T2: a wikilink run that is none any more is read as text', () => {
    const doc = docOf([{ type: 'paragraph', children: [{ type: 'wikilink', target: 'A', embed: false, marks: 0 }] }])
    const text = (rootOf(doc).get(0) as Y.XmlElement).get(0) as Y.XmlText
    text.delete(0, 1)
    expect(treeOf(doc)).toEqual(paragraph('[A]]'))
  })
})

describe('replaceTree', () => {
  it('T3: any tree becomes any other, and a second time writes nothing', () => {
    fc.assert(
      fc.property(arbitraryTree, arbitraryTree, (before, after) => {
        const doc = docOf(before)
        doc.transact(() => replaceTree(rootOf(doc), after))
        expect(treeOf(doc)).toEqual(after)
        let writes = 0
        doc.on('update', () => writes++)
        doc.transact(() => replaceTree(rootOf(doc), after))
        expect(writes).toBe(0)
      }),
    )
  })

  it('T3: the same tree writes nothing', () => {
    fc.assert(
      fc.property(arbitraryTree, (tree) => {
        const doc = docOf(tree)
        let writes = 0
        doc.on('update', () => writes++)
        doc.transact(() => replaceTree(rootOf(doc), tree))
        expect(writes).toBe(0)
      }),
    )
  })

  it('T3: what it leaves is what writing afresh would have made', () => {
    fc.assert(
      fc.property(arbitraryTree, arbitraryTree, (before, after) => {
        const doc = docOf(before)
        doc.transact(() => replaceTree(rootOf(doc), after))
        expect(shape(rootOf(doc))).toEqual(shape(rootOf(docOf(after))))
      }),
    )
  })

  it('M8: other people keep their place: typing beside a changed file merges with it', () => {
    const mine = docOf(paragraph('The first block stays.', 'An exmaple of radius in words.', 'Third.'))
    const theirs = new Y.Doc()
    Y.applyUpdate(theirs, Y.encodeStateAsUpdate(mine))
    const typed = (rootOf(theirs).get(1) as Y.XmlElement).get(0) as Y.XmlText
    typed.insert(typed.length, ' And more.')
    mine.transact(() =>
      replaceTree(
        rootOf(mine),
        paragraph('New at the top.', 'The first block stays.', 'An example of radius in words.'),
      ),
    )
    Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs))
    expect(treeOf(mine)).toEqual(
      paragraph('New at the top.', 'The first block stays.', 'An example of radius in words. And more.'),
    )
  })

  it('M8: a quote that was stored as text is not written anew, and an edit of its words stays in them', () => {
    const doc = formerQuote('old words')
    const text = (rootOf(doc).get(0) as Y.XmlElement).get(0)
    let writes = 0
    doc.on('update', () => writes++)
    replaceTree(rootOf(doc), [{ type: 'quote', children: paragraph('old words') }])
    expect(writes).toBe(0)
    replaceTree(rootOf(doc), [{ type: 'quote', children: paragraph('new words') }])
    expect((rootOf(doc).get(0) as Y.XmlElement).get(0)).toBe(text)
    replaceTree(rootOf(doc), [{ type: 'quote', children: paragraph('new words', 'more') }])
    expect(treeOf(doc)).toEqual([{ type: 'quote', children: paragraph('new words', 'more') }])
  })

  it('M8: a word changed in a cell changes that cell only, and what is typed beside it stays', () => {
    const tableOf = (word: string): Tree => [
      {
        type: 'table',
        columns: [null, null],
        rows: [
          [plain('a'), plain('b')],
          [plain(word), plain('there')],
        ],
      },
    ]
    const mine = docOf([{ type: 'quote', children: tableOf('here') }])
    const theirs = new Y.Doc()
    Y.applyUpdate(theirs, Y.encodeStateAsUpdate(mine))
    const cells = [...rootOf(theirs).createTreeWalker((type) => type instanceof Y.XmlText)] as Y.XmlText[]
    cells[2]?.insert(0, 'right ')
    cells[3]?.insert(5, ' too')
    mine.transact(() => replaceTree(rootOf(mine), [{ type: 'quote', children: tableOf('here now') }]))
    Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs))
    const [quote] = treeOf(mine)
    expect(quote).toMatchObject({ children: [{ rows: [{}, [plain('right here now'), plain('there too')]] }] })
  })

  it('M8: an edit of one word in a long note writes little', () => {
    const long = Array.from({ length: 300 }, (_, index) => `Paragraph ${index} says ${index * 7} things.`)
    const doc = docOf(paragraph(...long))
    let size = 0
    doc.on('update', (update: Uint8Array) => {
      size += update.length
    })
    doc.transact(() => replaceTree(rootOf(doc), paragraph(...long.with(150, 'Paragraph 150 says 1051 things.'))))
    expect(size).toBeLessThan(60)
  })

  it('keeps the id of a wikilink that stays', () => {
    const link = { type: 'wikilink', target: 'A', embed: false, marks: 0 } as const
    const doc = docOf([{ type: 'paragraph', children: [link] }])
    const text = (rootOf(doc).get(0) as Y.XmlElement).get(0) as Y.XmlText
    text.format(0, 5, { p: { __target: 'note-id-1' } })
    doc.transact(() =>
      replaceTree(rootOf(doc), [{ type: 'paragraph', children: [{ type: 'text', text: 'See ', marks: 0 }, link] }]),
    )
    expect(text.toDelta()).toEqual([
      { insert: 'See ' },
      { insert: '[[A]]', attributes: { t: 'wikilink', i: 1, p: { __target: 'note-id-1' } } },
    ])
  })
})

describe('appendTree', () => {
  it('adds at the end, and before an empty last paragraph', () => {
    const doc = docOf(paragraph('a'))
    doc.transact(() => appendTree(rootOf(doc), paragraph('b')))
    expect(treeOf(doc)).toEqual(paragraph('a', 'b'))
    const empty = docOf(paragraph('a', ''))
    empty.transact(() => appendTree(rootOf(empty), paragraph('b')))
    expect(treeOf(empty)).toEqual(paragraph('a', 'b', ''))
  })
})

/** The shared types as plain data, with the exact attributes of every run. */
function shape(type: Y.XmlElement | Y.XmlText | Y.XmlHook): unknown {
  if (type instanceof Y.XmlText) return type.toDelta()
  if (!(type instanceof Y.XmlElement)) return null
  return { name: type.nodeName, attributes: type.getAttributes(), children: type.toArray().map(shape) }
}
