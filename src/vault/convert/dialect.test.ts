import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { contentKey } from '../../core/markdown/equal.ts'
import { parseMarkdown } from '../../core/markdown/parse.ts'
import type { Tree } from '../../core/markdown/tree.ts'
import { extractNote } from '../../core/note/extract.ts'
import { rootOf } from '../../crdt/note-doc.ts'
import { readTree } from '../../editor/convert/read-tree.ts'
import { replaceTree } from '../../editor/convert/replace-tree.ts'
import { exportNote } from './export-note.ts'
import { importFile } from './import-note.ts'

const TASK = {
  kind: 'import',
  vaultId: 'vault-under-test',
  path: 'a.md',
  folderId: null,
  listedId: null,
  refuseIds: false,
  generation: 0,
  knownHash: '',
  plain: null,
} as const

/** The file after some words of the note's doc were replaced, wherever they stand in it. */
function edit(source: string, from: string, to: string): string {
  const taken = importFile({ ...TASK, bytes: new TextEncoder().encode(source) })
  if (taken.status !== 'new') throw new Error('the file is not known')
  const doc = new Y.Doc()
  Y.applyUpdate(doc, taken.update)
  const tree = readTree(rootOf(doc))
  const next: Tree = JSON.parse(JSON.stringify(tree), (key, value: unknown) =>
    typeof value === 'string' && key !== 'type' ? value.replaceAll(from, to) : value,
  )
  expect(JSON.stringify(next), 'the words are in the note').not.toBe(JSON.stringify(tree))
  doc.transact(() => replaceTree(rootOf(doc), next))
  const out = exportNote({ kind: 'export', id: taken.id, state: Y.encodeStateAsUpdate(doc), verify: true })
  expect(out.problem).toBeNull()
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(out.bytes)
}

/** Every construct of the dialect: a file, with the word `old` in the place that is edited. Only that word may change. */
const CONSTRUCTS: readonly (readonly [construct: string, source: string])[] = [
  ['a paragraph beside everything', '# H\n\n* a\n* b\n\nold *text*\n\n| a |\n|---|\n| b |\n'],
  ['a wikilink with a title', 'See [[Note|old]] and [[Note#Heading]].\n'],
  ['an embed with a size', 'x old\n\n![[image.png|640x480]]\n![[Note#^id]]\n'],
  ['a text beside embeds', 'old ![[image.png|640x480]] ![[Note#^id1]] ![alt](a%20b.png "T")\n'],
  ['ordinary links and images', 'old [text](../Folder/A%20note.md#part) ![alt](img.png)\n'],
  ['the text of a link', '[old **b**](<a b.md> "title")\n'],
  ['a relation on a line of its own', 'old\n\nillustrates:: [[Target]]\n'],
  ['a relation in a sentence', 'It [challenges:: [[Target]]] old things.\n'],
  ['a relation in a list', '- rests on:: [[A]]\n- old\n'],
  ['highlights and comments', 'a ==mark== %%comment%% old ==x==\n'],
  ['a marked word', '==old== and **b**\n'],
  ['inline math', 'old $a_b * c$ and $$x$$\n'],
  ['a block of math', '$$\nold = 1\n\n\\frac{a}{b}\n$$\n'],
  ['a callout', '> [!note]+ Title\n> old\n>\n> > [!tip] inner\n> > - a\n'],
  ['a quote', '> one\n> old\n'],
  ['the title of a callout', '> [!TIP]- Some old **title**\n>\n> text\n'],
  ['a callout without a title, in a quote', '> a\n> > [!x]\n> > - [ ] old\n> >   - b\n>\n> c\n'],
  ['a list in a callout behind tabs', '> [!x]\n> - a\n> \t- old\n> \t\t- c\n'],
  ['code in a quote', '> ```js\n> old\n>\n> \tx\n> ```\n'],
  ['a quote beside odd signs', '>a\n>\n>* b\n>* old\n>>c\n'],
  ['a table in a callout', '> [!x] t\n>\n> | a|b |\n> |--|--|\n> |old | [[c\\|d]]|\n'],
  ['a list in a footnote', 'x[^a-b]\n\n[^1]: One\n[^a-b]:  Two\n\n    * a\n    * old\n'],
  ['a block id', 'old ^id1\n'],
  ['a block id below a table', 'old\n\n| a |\n|---|\n| b |\n\n^table-1\n'],
  ['a tag', 'old #nested/tag #日本\n'],
  ['tasks with other marks', '- [ ] a\n- [x] b\n- [/] old\n- [-] d\n'],
  ['a task', '- [ ] old\n\t- [X] below\n'],
  ['a diagram', '```mermaid\ngraph TD; old-->b\n```\n'],
  ['a footnote', 'old[^1] and ^[inline].\n\n[^1]: One\n    more\n\n    *and more*\n'],
  ['a footnote itself', 'x[^1]\n\n[^1]: old\n\n    more\n'],
  ['nested and mixed lists', '1) a\n   * b\n\n   * old\n\n     1. c\n2) d\n'],
  ['a list behind tabs', '- \n\t- old\n\t\t- b\n\n\t\t- c\n- d\n'],
  ['a loose list', '- a\n\n- old\n\n- c\n'],
  ['neighbouring lists', '- a\n- old\n\n\n* c\n+ d\n'],
  ['a table with pipes in code', '| a | `x\\|y` |\n|:--|--:|\n| old | [[N\\|s]] |\n'],
  ['a cell beside odd spaces', 'a|  b\n:-:|--\n old   |`c\\|d`\ne\n'],
  ['a reference link', 'old [text][ref] and [ref].\n\n[ref]: https://e.org "T"\n'],
  ['a reference definition', 'See [ref].\n\n[ref]: https://e.org "old"\n'],
  ['HTML', '<div align="center">\n\n**x**\n\n</div>\n\nold <kbd>x</kbd><br>\n'],
  ['an HTML block', '<details>\n<summary>old</summary>\n\ntext\n</details>\n'],
  ['a comment over lines', '%%\nold\n\n[[x]]\n%%\n'],
  ['a query', '```dataview\nTABLE old FROM "x"\n```\n'],
  ['TOML', '+++\ntitle = "x"\n+++\n\nold\n'],
  ['right to left', 'שלום old עולם \u202bمرحبا\u202c\n'],
  ['wide spaces', '　記憶 old　\n'],
]

/** What has several spellings: an edited block takes the canonical one, and means the same. */
const SPELLINGS: readonly (readonly [construct: string, source: string])[] = [
  ['code in a tilde fence with an info string', '~~~{r, echo=FALSE}\nold\n```\n~~~\n'],
  ['indented code', 'x\n\n    old\n\n\tmore\n'],
  ['hard breaks of both kinds', 'one  \nold\\\nthree\n'],
  ['text that looks like signs', '1\\. old \\* \\[[x]] \\# _a_b_ 5 \\* 3\n'],
  ['character references', '&copy; old&nbsp;x &lt;b&gt;\n'],
  ['bare addresses', 'https://e.org/_a_*b* old <https://e.org>\n'],
]

describe('M2: every construct of the dialect is read, edited and written', () => {
  test.each(CONSTRUCTS)('%s', (_, source) => {
    for (const file of [source, source.replaceAll('\n', '\r\n'), `---\ntags: [a]\n---\n${source}`, source.trimEnd()]) {
      expect(edit(file, 'old', 'new')).toBe(file.replaceAll('old', 'new'))
    }
  })

  test.each(SPELLINGS)('%s: only the block that is edited is spelled anew', (_, source) => {
    const file = `Before\n===\n\n* a\n* b\n\n${source}\n* * *\n\nAfter  \nit\n`
    const out = edit(file, 'old', 'new')
    const blocks = (text: string) => JSON.parse(contentKey(parseMarkdown(text).blocks)) as unknown
    expect(blocks(out)).toEqual(blocks(file.replaceAll('old', 'new')))
    expect(out.startsWith('Before\n===\n\n* a\n* b\n\n')).toBe(true)
    expect(out.endsWith('\n* * *\n\nAfter  \nit\n')).toBe(true)
  })

  test.each([
    ['a title of two lines', 'Title\nold\n===\n\nx\n', '# Title new\n\nx\n', 'Title\nnew\n===\n\nx\n'],
    ['an underlined title', 'old\n---\n\nx\n', '', '## new\n\nx\n'],
    ['a word in the middle of a hard break', 'a  \nb old\n', '', 'a\\\nb new\n'],
  ])('%s is said in the canonical way or as it stood, and nothing else changes', (_, source, one, other) => {
    expect([one, other, source.replaceAll('old', 'new')]).toContain(edit(source, 'old', 'new'))
  })
})

/** A small vault of our own making, in the style of Dataview's and Breadcrumbs' users. */
const VAULT: Readonly<Record<string, string>> = {
  'Books/Dune.md':
    '---\ntype: book\nup: "[[Books]]"\nnext: ["[[Dune Messiah]]"]\nratings:\n  plot: 5\n  style:\n    - dry\n    - "grand: yes"\nrests_on:\n  - "[[Ecology]]"\n  - "[[Power|power]]"\n---\n\nauthor:: [[Frank Herbert]]\nrating:: 9\n\nRead (started:: 2024-01-05) and [finished:: [[2024-02-01]]], illustrates:: [[Messiah]]\n\n- [ ] reread [due:: 2025-01-01] (priority:: high)\n- challenges:: [[Hero]], [[Prophecy]]\n\t- because:: of [[Paul]]\n',
  'Books.md':
    'down:: [[Dune]]\ndown:: [[Dune Messiah]]\n\n```dataview\nTABLE author, rating FROM "Books" WHERE type = "book"\nSORT rating DESC\n```\n\n`= this.file.name` and `$= dv.pages().length`\n\n> [!info]- Map\n> up:: [[Library]]\n> same:: [[Films]]\n',
  'Daily/2024-01-05.md':
    '- **Mood**:: good\n- ==Key==:: value\n- *Slept*:: 7h\n\nrests on:: [[Dune]]\n\n%% hidden:: [[Nothing]] %%\n',
  'Lists.md': '- [[Books]]\n    - [[Dune]]\n        - [[Dune Messiah]]\n    - [[Films]]\n\nBC-list-note-field:: down\n',
}

describe('a vault of Dataview and Breadcrumbs', () => {
  test.each(Object.entries(VAULT))('M1, M2: %s', (_, source) => {
    const word = /dry|Mood|Library|Films/.exec(source)?.[0] ?? ''
    if (/dry/.test(word)) expect(edit(source, 'reread', 'skip')).toBe(source.replace('reread', 'skip'))
    else expect(edit(source, word, 'Other')).toBe(source.replaceAll(word, 'Other'))
  })

  test('fields in every bracket are links, under the words of the list also relations', () => {
    const read = (name: string) => {
      const { blocks } = parseMarkdown(VAULT[name] ?? '')
      return extractNote(blocks, { tags: [], properties: [] }).links.map(({ target, relation }) => [target, relation])
    }
    expect(read('Books/Dune.md')).toEqual([
      ['Frank Herbert', 'mentions'],
      ['2024-02-01', 'mentions'],
      ['Messiah', 'mentions'],
      ['Hero', 'challenges'],
      ['Prophecy', 'challenges'],
      ['Paul', 'mentions'],
    ])
    expect(read('Books.md').map(([target]) => target)).toEqual(['Dune', 'Dune Messiah', 'Library', 'Films'])
    expect(read('Daily/2024-01-05.md')).toEqual([['Dune', 'rests_on']])
    expect(read('Lists.md').map(([target]) => target)).toEqual(['Books', 'Dune', 'Dune Messiah', 'Films'])
  })
})

const FRONTMATTER: readonly (readonly [style: string, slice: string])[] = [
  ['comments', '---\n# first\ntags: [a, b]   # two\n\n# last\n---\n'],
  ['quoting', "---\ntitle: 'It''s'\nalias: \"a: \\u00e9\"\n---\n"],
  ['flow and block', '---\ntags: [a, "b c", \'d\']\naliases:\n- x\n-   y\nm: {a: 1, b: [2, 3]}\n---\n'],
  [
    'dates and numbers',
    '---\ndate: 2024-01-05\nat: 2024-01-05T10:00:00+02:00\nv: 1.10\nn: 007\ne: 1e3\nh: 0x1F\n---\n',
  ],
  ['empty values', '---\na:\nb: ~\nc: null\nd: ""\ntags:\n---\n'],
  ['blocks of text', '---\na: |\n  one\n\n  two\nb: >-\n  folded\n  text\nc: |+\n  kept\n\n---\n'],
  ['anchors and tags', '---\na: &x [1]\nb: *x\nc: !!str 5\n---\n'],
  ['odd keys', '---\n"quoted key": 1\nwith space: 2\nключ: 3\n? complex\n: 4\n状態: x\n---\n'],
  ['closed with dots', '---\na: 1\n...\n'],
  ['spaces behind fences', '---  \na: 1\n--- \n'],
  ['nothing', '---\n---\n'],
  ['only a comment', '---\n# nothing\n---\n'],
  ['broken', '---\na: [unclosed\n---\n'],
  ['a template', '---\ntitle: {{title}}\ncreated: <% tp.date.now() %>\n---\n'],
  ['equal keys', '---\na: 1\na: 2\n---\n'],
  ['a list', '---\n- a\n- b\n---\n'],
  ['tabs', '---\na:\t1\n\tb: 2\n---\n'],
  ['an epoch and a wikilink without quotes', '---\ncreated: 1704412800000\nup: [[Note]]\n---\n'],
  ['long lines', `---\na: ${'word '.repeat(60)}end\n---\n`],
  [
    'Hugo',
    '---\ntitle: "x"\ndate: 2024-01-05T10:00:00Z\nlastmod: 2024-02-01\ndraft: false\nmenu:\n  main:\n    weight: 10\n---\n',
  ],
  ['Dendron', "---\nid: abc123\ntitle: A B\ndesc: ''\nupdated: 1609459200000\ncreated: 1609459200000\n---\n"],
]

describe('M1, M2: frontmatter in every style stays, whatever is edited below it', () => {
  test.each(FRONTMATTER)('%s', (_, slice) => {
    for (const head of [slice, slice.replaceAll('\n', '\r\n')]) {
      const end = head.includes('\r\n') ? '\r\n' : '\n'
      expect(edit(`${head}${end}old${end}`, 'old', 'new')).toBe(`${head}${end}new${end}`)
      expect(edit(`${head}old`, 'old', 'new')).toBe(`${head}new`)
    }
  })
})
