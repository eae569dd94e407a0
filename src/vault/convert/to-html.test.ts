import { expect, test } from 'vitest'
import { anchorKey } from '../../core/link/anchor.ts'
import type { RawPiece } from './html-holes.ts'
import type { HtmlTask } from './html-task.ts'
import { markdownToHtml } from './to-html.ts'

type Options = Pick<HtmlTask, 'prefix' | 'passage' | 'isEmbedded' | 'title'>
const WHOLE: Options = { prefix: 'n', passage: null, isEmbedded: false, title: '' }

/** Holes as `‹link A#b›`, without line ends between tags. */
const flat = (pieces: readonly RawPiece[]): string =>
  pieces
    .map((piece) => {
      if (typeof piece === 'string') return piece
      if (piece.hole !== 'image') return `‹${piece.hole} ${piece.name}${piece.anchor && `#${piece.anchor}`}›`
      return `‹image ${piece.target} “${piece.alt}” ${piece.width}x${piece.height}›`
    })
    .join('')
    .replace(/>\n/g, '>')
    .trim()

const html = (source: string, options: Partial<Options> = {}): string =>
  flat(markdownToHtml(source, { ...WHOLE, ...options }).pieces)
const passage = (source: string, place: string) =>
  markdownToHtml(source, { ...WHOLE, passage: anchorKey(place), isEmbedded: true })

const DIALECT: [name: string, source: string, expected: string][] = [
  ['a wikilink', 'a [[B#C|d]]', '<p>a <a‹link B#C›>d</a></p>'],
  ['a wikilink to a block says the note', '[[B#^c]]', '<p><a‹link B#^c›>B</a></p>'],
  ['a wikilink wins over a link', '[a [[B]] c](d)', '<p>[a <a‹link B›>B</a> c](d)</p>'],
  ['a wikilink in code is code', '`[[A]]`', '<p><code>[[A]]</code></p>'],
  [
    'a wikilink with a bar inside a table',
    '|a|\n|-|\n|[[B\\|c]]|',
    '<div class="table"><table><thead><tr><th>a</th></tr></thead><tbody><tr><td><a‹link B›>c</a></td></tr></tbody></table></div>',
  ],
  ['a relation of a line', 'rests_on:: [[A]]', '<p><span class="verb">Rests on</span> <a‹link A›>A</a></p>'],
  [
    'a relation in a sentence',
    'It [challenges:: [[A]]].',
    '<p>It <span class="verb">challenges</span> <a‹link A›>A</a>.</p>',
  ],
  ['another word is no relation', 'source:: [[A]]', '<p>source:: <a‹link A›>A</a></p>'],
  ['a highlight, with marks in it', '==a **b**== c', '<p><mark>a <strong>b</strong></mark> c</p>'],
  ['no highlight', 'a == b ==== c', '<p>a == b ==== c</p>'],
  ['a highlight and emphasis never cross', '*a ==b* c==', '<p>*a <mark>b* c</mark></p>'],
  ['a comment in a line', 'a %%b%% c', '<p>a  c</p>'],
  ['a comment over lines', 'a\n\n%%\nb\n\nc\n%%\n\nd', '<p>a</p><p>d</p>'],
  ['a comment that is all of a line', '%%b%%', ''],
  ['a comment that never ends is text', '%%\nb\n\nc', '<p>%%\nb</p><p>c</p>'],
  ['an HTML comment', 'a <!-- b --> c\n\n<!--\nd\n\ne\n-->\n\nf', '<p>a  c</p><p>f</p>'],
  ['math', '$a<b$ and $5 and $6', '<p><code class="math">a&lt;b</code> and $5 and $6</p>'],
  ['a block of math', '$$\na\nb\n$$', '<pre class="math">a\nb</pre>'],
  [
    'a diagram is its source, and says so',
    '```mermaid\nA-->B\n```',
    '<figure class="diagram"><pre><code class="language-mermaid">A--&gt;B\n</code></pre><figcaption>A diagram, as its Mermaid source</figcaption></figure>',
  ],
  ['tags', '#a/b #1 x#y', '<p><span class="tag">#a/b</span> #1 x#y</p>'],
  [
    'a callout, folded or not, and one inside',
    '> [!tip]- T *x*\n> a\n>\n> > [!note]\n> > b',
    '<aside class="callout" data-kind="tip"><p class="callout-title">T <em>x</em></p><p>a</p><aside class="callout" data-kind="note"><p class="callout-title">Note</p><p>b</p></aside></aside>',
  ],
  ['a quote is no callout', '> [a]', '<blockquote><p>[a]</p></blockquote>'],
  [
    'tasks',
    '- [x] a\n- [ ] b\n- [-] c',
    '<ul><li class="task done"><span class="box" role="img" aria-label="Done"></span>a</li><li class="task"><span class="box" role="img" aria-label="To do"></span>b</li><li>[-] c</li></ul>',
  ],
  ['the id of a paragraph', 'a ^b', '<p id="n.^b">a</p>'],
  ['the id of an item', '- a ^b\n- c', '<ul><li id="n.^b">a</li><li>c</li></ul>'],
  ['the id of a block above', '- a\n\n^b', '<ul id="n.^b"><li>a</li></ul>'],
  ['an id alone with nothing above it', '^b', ''],
  ['headings go one down', '# A b!\n###### c', '<h2 id="n.a-b">A b!</h2><h6 id="n.c">c</h6>'],
  ['equal headings: the first is linked to', '# A\n# a', '<h2 id="n.a">A</h2><h2>a</h2>'],
  ['an id of a heading', '# A ^b', '<h2 id="n.a"><span id="n.^b"></span>A</h2>'],
  ['an embedded note is a block', 'a\n\n![[B#C]]\n\nd', '<p>a</p>‹embed B#C›<p>d</p>'],
  ['among words it follows them', 'a ![[B]] c', '<p>a <a‹link B›>B</a> c</p>‹embed B›'],
  ['two in a paragraph', '![[A]]\n![[B]]', '‹embed A›‹embed B›'],
  ['in an item', '- ![[A]]', '<ul><li>‹embed A›</li></ul>'],
  ['a picture', '![[a b.png|20x10]] ![c|30](d%20e.png)', '<p>‹image a b.png “” 20x10› ‹image d e.png “c” 30xnull›</p>'],
  [
    'a picture of the web is a link',
    '![a](https://e.org/b.png)',
    '<p><a href="https://e.org/b.png" rel="noopener noreferrer">a</a></p>',
  ],
  [
    'and text inside a link',
    '[![a](https://e.org/b.png)](https://f.org)',
    '<p><a href="https://f.org" rel="noopener noreferrer">a</a></p>',
  ],
  ['an ordinary link to a note', '[a](../B%20c.md#D)', '<p><a‹link B c#D›>a</a></p>'],
  ['a link inside the note', '[a](#B%20c)', '<p><a‹link #B c›>a</a></p>'],
  ['a link to a file leads nowhere', '[a](b.zip)', '<p><a>a</a></p>'],
  ['a bare address', 'https://e.org.', '<p><a href="https://e.org" rel="noopener noreferrer">https://e.org</a>.</p>'],
  ['words that look like one', 'example.org a@e.org', '<p>example.org a@e.org</p>'],
  [
    'alignment without style',
    '|a|\n|:-:|',
    '<div class="table"><table><thead><tr><th class="center">a</th></tr></thead></table></div>',
  ],
  ['a line break in a table', 'a<br>b<BR />c', '<p>a<br>b<br>c</p>'],
]

test.each(DIALECT)('%s', (_, source, expected) => {
  expect(html(source)).toBe(expected)
})

test('a first heading that is the title is left out', () => {
  expect(html('# My *note*\n\na', { title: 'My *note*' })).toBe('<p>a</p>')
  expect(html('# Other\n\na', { title: 'My note' })).toBe('<h2 id="n.other">Other</h2><p>a</p>')
})

test('footnotes have the prefix of their rendering, so that no two of a file meet', () => {
  expect(html('a[^1]\n\n[^1]: b', { prefix: 'nX-1' })).toContain('id="fnref-nX-1-1"')
})

test('a passage: below a heading, one block, one item, with the footnotes that it names', () => {
  const source =
    '# A\n\na\n\n## B\n\nb[^1] [^2]\n\n### C\n\nc ^id\n\n## D\n\n- d ^item\n- e\n\n[^1]: one\n\n[^2]: two\n'
  expect(flat(passage(source, 'B').pieces)).toMatch(/^<h3>B<\/h3><p>b.*<h4>C<\/h4><p>c<\/p><hr.*one.*two/s)
  expect(flat(passage(source, '^id').pieces)).toBe('<p>c</p>')
  expect(flat(passage(source, 'Note#^ITEM').pieces)).toBe('d')
  expect(passage(source, 'Nowhere')).toMatchObject({ isFound: false, pieces: [] })
})

test('nothing of a note is HTML of the page: tags, attributes, addresses and broken characters are text', () => {
  const evil = [
    ...[
      '<script>alert(1)</script>',
      '<img src=x onerror=alert(1)>',
      '<style>*{}</style>',
      '</article></main>',
      '<!doctype html>',
    ],
    ...[
      '[a](javascript:alert(1))',
      '[a](<java\tscript:alert(1)>)',
      '[a](data:text/html,x)',
      '![a](javascript:x)',
      '<javascript:x>',
    ],
    ...[
      '[a](https://e.org/"onmouseover="x)',
      '[[A"onclick="x|<b>]]',
      '![[a"b.png|"><script>]]',
      '#tag"><b>',
      '==<b>==',
      '$<b>$',
    ],
    ...[
      '```"><script>\n</code><script>\n```',
      '> [!a"b] <script>',
      '[^"><b>]\n\n[^"><b>]: x',
      '# <b>"',
      'a ^b"c',
      '\0 0 \0',
    ],
    ...['&lt;script&gt;', '&#60;script&#62;', '[a]: javascript:x\n\n[a]', 'a\u2028b', '<a href="x">'],
  ]
  for (const source of evil) {
    const result = html(source)
    const left = result
      .replace(
        /<\/?(?:p|a|h\d|code|pre|mark|strong|em|ul|ol|li|br|hr|sup|aside|section|blockquote)\b(?: (?:class|id|href|rel|data-kind)="[^"<>]*")*(?:‹[^›]*›)?>|‹[^›]*›/g,
        '',
      )
      .replace(/<span (?:class|id)="[^"<>]*">|<\/span>/g, '')
    expect([source, left]).toEqual([source, left.replace(/[<>\0]/g, '')])
    expect(result).not.toMatch(/(?:href|src)="(?:javascript|data|vbscript|file):/i)
  }
})

test.each([
  ['quotes', '> '.repeat(20_000)],
  ['lists', Array.from({ length: 400 }, (_, i) => `${'  '.repeat(i)}- a`).join('\n')],
])('%s that are nested too deeply are shown as written, all of it', (_, source) => {
  const result = markdownToHtml(source, WHOLE)
  expect(result.asText).toContain('nested')
  expect(result.pieces.join('').replaceAll('&gt;', '>')).toContain(source)
})

const HOSTILE: [name: string, source: string][] = [
  ['open wikilinks', '![[a'.repeat(20_000)],
  ['open highlights', '==a '.repeat(20_000)],
  ['highlights', '==a*'.repeat(5_000) + '*a=='.repeat(5_000)],
  ['open comments', '<!-- %%a '.repeat(10_000)],
  ['open comment blocks', '%%\n\na\n\n'.repeat(5_000).slice(0, -4)],
  ['open blocks of math in quotes', '> $$\n> a\n\n'.repeat(3_000)],
  ['open math', '$a\\$'.repeat(20_000)],
  ['open relations', '[illustrates:: [[A]]'.repeat(5_000)],
  ['words before two colons', `${'a b c d '.repeat(10_000)}:: [[A]]`],
  ['ids', `${'- a\n'.repeat(3_000)}\n${'^a\n\n'.repeat(3_000)}`],
  ['callouts', '> [!note] x\n\n'.repeat(3_000)],
  ['embeds', '![[A]]\n'.repeat(5_000)],
]
test.each(HOSTILE)('%s end in time', { timeout: 20_000 }, (_, source) => {
  const { user: before } = process.cpuUsage()
  expect(markdownToHtml(source, WHOLE).asText).toBeNull()
  expect((process.cpuUsage().user - before) / 1000).toBeLessThan(2_000)
})

test('100,000 words are read', () => {
  const source = Array.from({ length: 1_000 }, (_, i) => `${'some words of [[Note]] and '.repeat(20)}${i}`).join('\n\n')
  expect(markdownToHtml(source, WHOLE).pieces.length).toBe(40_001)
})
