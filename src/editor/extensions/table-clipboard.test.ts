import { $createTableSelectionFrom, $isTableNode } from '@lexical/table'
import { $getRoot, $setSelection, type LexicalEditorWithDispose } from 'lexical'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parseMarkdown } from '../../core/markdown/parse.ts'
import { change, fill, markdownOf } from '../../testing/editor-typing.ts'
import { fakeDom } from '../../testing/fake-dom.ts'
import { cellsFromHtml } from '../html-table.ts'
import { createNoteEditor } from '../note-editor.ts'
import { $copyCells, $emptySelectedCells, $fillCells, type CopiedCells } from './table-clipboard.ts'
import { type Grid, gridFrom, gridFromText, inlineClasses } from './table-grid.ts'
import { $cellAt } from './table-shape.ts'

let editor: LexicalEditorWithDispose
const errors: Error[] = []
beforeEach(() => {
  errors.length = 0
  editor = createNoteEditor({ onError: (error) => errors.push(error), onFiles: async () => '', onFollow: () => {} })
  fill(editor, parseMarkdown('| a | b |\n| --- | ---: |\n| c | d |\n').blocks)
})
afterEach(() => {
  editor.dispose()
  expect(errors).toEqual([])
})

const $at = (row: number, column: number) => {
  const table = $getRoot().getChildren().find($isTableNode)
  return table && $cellAt(table, row, column)
}
const caret = (row: number, column: number) => change(editor, () => void $at(row, column)?.selectEnd())
const select = (from: [number, number], to: [number, number]) =>
  change(editor, () => {
    const [first, last] = [$at(...from), $at(...to)]
    const table = $getRoot().getChildren().find($isTableNode)
    if (table && first && last) $setSelection($createTableSelectionFrom(table, first, last))
  })
function pasted(grid: Grid | null): boolean {
  let isHandled = false
  change(editor, () => {
    isHandled = grid !== null && $fillCells(grid)
  })
  return isHandled
}
function copied(): CopiedCells | null {
  let copy: CopiedCells | null = null
  change(editor, () => {
    copy = $copyCells()
  })
  return copy
}

describe('cells of a spreadsheet', () => {
  test('as text: tabs, line ends, quotes around values that hold them', () => {
    const words = (text: string) =>
      gridFromText(text).map((row) =>
        row.map((cell) =>
          JSON.stringify(
            cell.map((inline) => ('text' in inline ? inline.text : 'source' in inline ? inline.source : '')).join(''),
          ),
        ),
      )
    expect(words('1\t2\r\n3\t4\r\n')).toEqual([
      ['"1"', '"2"'],
      ['"3"', '"4"'],
    ])
    expect(words('"a\nb"\t"say ""x"""\n\ty')).toEqual([
      ['"a<br>b"', '"say \\"x\\""'],
      ['""', '"y"'],
    ])
    expect(words('"not closed\tx')).toEqual([['"\\"not closed"', '"x"']])
  })

  test('fill a table from the cell with the caret on, and it grows as they need', () => {
    caret(1, 1)
    expect(pasted(gridFrom('1\t2\n3\t**4**\n', '', false))).toBe(true)
    expect(markdownOf(editor)).toBe('| a | b |  |\n| --- | --: | --- |\n| c | 1 | 2 |\n|  | 3 | \\*\\*4\\*\\* |\n')
  })

  test('take the place of selected cells, from the first on', () => {
    select([1, 1], [0, 0])
    expect(pasted(gridFrom('x\ty', '', false))).toBe(true)
    expect(markdownOf(editor)).toBe('| x | y |\n| --- | --: |\n| c | d |\n')
  })

  test.each([
    [
      'LibreOffice',
      '<html><head><style>td{}</style></head><body><table cellspacing="0"><colgroup width="85"></colgroup><tr><td height="17" align="left"><b>x</b></td><td align="right" sdval="1">1</td></tr></table></body></html>',
      '**x**',
      '1',
    ],
    [
      'Google Sheets',
      '<google-sheets-html-origin><table xmlns="x" dir="ltr"><colgroup><col width="100"></col></colgroup><tbody><tr><td style="font-weight:bold" data-sheets-value="2">x</td><td><a href="https://example.org">1</a></td></tr></tbody></table></google-sheets-html-origin>',
      '**x**',
      '[1](https://example.org)',
    ],
    ['colours and a span', '<table><tr><td colspan="2" bgcolor="red" style="color:red">x</td></tr></table>', 'x', ''],
  ])('of %s', (_, html, first, second) => {
    caret(1, 0)
    expect(
      pasted(
        cellsFromHtml(
          fakeDom(html.replace('google-sheets-html-origin', 'div').replace('/google-sheets-html-origin', '/div')),
        ),
      ),
    ).toBe(true)
    expect(markdownOf(editor)).toBe(`| a | b |\n| --- | --: |\n| ${first} | ${second} |\n`)
  })

  test('of Excel, whose classes say what is bold', () => {
    const noted: string[] = []
    const page = {
      querySelectorAll: () => [{ textContent: '<!-- td {font-weight:400;} .xl65 {color:red; font-weight:700;} -->' }],
      getElementsByClassName: (name: string) => [
        { getAttribute: () => null, setAttribute: (key: string, value: string) => noted.push(name, key, value) },
      ],
    }
    inlineClasses(page as unknown as Document)
    expect(noted).toEqual(['xl65', 'data-class-style', 'font-weight:700;'])
    const html = '<table><tr><td data-class-style="font-weight:700;">x</td><td>1</td></tr></table>'
    caret(1, 0)
    pasted(cellsFromHtml(fakeDom(html)))
    expect(markdownOf(editor)).toBe('| a | b |\n| --- | --: |\n| **x** | 1 |\n')
  })

  test('a table with words beside it is no cells, nor are two', () => {
    expect(cellsFromHtml(fakeDom('<p>x</p><table><tr><td>a</td></tr></table>'))).toBeNull()
    expect(cellsFromHtml(fakeDom('<table><tr><td>a</td></tr></table><table><tr><td>b</td></tr></table>'))).toBeNull()
  })

  test('a single one is words for the caret', () => {
    caret(1, 0)
    expect(pasted([[[{ type: 'text', text: 'x', marks: 0 }]]])).toBe(false)
  })

  test('a table of Markdown fills cells as well', () => {
    caret(0, 0)
    expect(pasted(gridFrom('| **1** | 2 |\n| --- | --- |\n', '', true))).toBe(true)
    expect(markdownOf(editor)).toBe('| **1** | 2 |\n| --- | --: |\n| c | d |\n')
  })
})

describe('copying selected cells', () => {
  test('gives a table, its HTML, and values with tabs', () => {
    caret(1, 0)
    pasted(gridFrom('| [[Note|x]] | a<br>b |\n| --- | --- |\n'.replace('Note|', 'Note\\|'), '', true))
    select([0, 0], [1, 1])
    expect(copied()).toEqual({
      markdown: '| a | b |\n| --- | --: |\n| [[Note\\|x]] | a<br>b |',
      html: '<table><tr><th>a</th><th align="right">b</th></tr><tr><td>x</td><td align="right">a<br>b</td></tr></table>',
      text: 'a\tb\nx\t"a\nb"',
    })
  })

  test('one cell is its words; a range inside a cell is not cells', () => {
    select([1, 1], [1, 1])
    expect(copied()).toMatchObject({ markdown: 'd', text: 'd' })
    caret(1, 1)
    expect(copied()).toBeNull()
  })

  test('what is pasted over them finds them empty', () => {
    select([0, 0], [1, 0])
    change(editor, () => $emptySelectedCells())
    expect(markdownOf(editor)).toBe('|  | b |\n| --- | --: |\n|  | d |\n')
  })
})
