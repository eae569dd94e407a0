import fc from 'fast-check'

/**
 * Random notes as people write them in other tools: Obsidian, Logseq, Dataview, Breadcrumbs, Zettlr, Hugo, Dendron,
 * in several scripts, with line ends, tabs and edges of files as they come. Shaped by a grammar, so that most of it
 * means something; `randomSource` of core/markdown is what nobody would write.
 */

const WORDS = [
  ...[
    'note',
    'the',
    'Zettelkasten',
    'über',
    'naïve',
    'a_b_c',
    'C#',
    'x*y',
    '5 < 6',
    'R&D',
    'AT&T;',
    '100%',
    '$5',
    '50$',
  ],
  ...[
    '[todo]',
    '[1]',
    '(see)',
    'e.g.',
    'don’t',
    '"so"',
    '記憶',
    '日本語。',
    '한국어',
    'שלום',
    'مرحبا',
    '\u202bRTL\u202c',
    '🎉',
    '👩‍👩‍👧',
  ],
  ...[
    'e\u0301',
    'v1.10',
    '2024-01-05',
    '12:30',
    'foo__bar',
    '~tilde~',
    '=eq=',
    'C:\\dir',
    'a|b',
    '^x',
    '!',
    '#',
    '##x',
    '-',
    '+',
    '1.',
    '1)',
  ],
  ...[
    '　',
    '\u00a0',
    '\ufeff',
    '\u2028',
    '%',
    '::',
    ':',
    '>',
    '<',
    '&',
    '\\',
    '`',
    '*',
    '_',
    '[',
    ']',
    '[[',
    ']]',
    '==',
    '$',
    '~~',
    '%%',
  ],
]
const word = fc.constantFrom(...WORDS)
const words = fc.array(word, { minLength: 1, maxLength: 5 }).map((list) => list.join(' '))
const glued = fc.array(word, { minLength: 1, maxLength: 3 }).map((list) => list.join(''))
const name = fc.constantFrom(
  'Note',
  'A note',
  'Folder/Note',
  '記憶',
  'Ünï',
  'a.b.c',
  '2024-01-05',
  'C++ & C',
  'Note (1)',
)

const inline: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: words },
  { weight: 2, arbitrary: glued },
  fc
    .tuple(name, fc.constantFrom('', '|shown', '#Heading', '#^id1', '#H|s', '\\|t'))
    .map(([note, rest]) => `[[${note}${rest}]]`),
  fc.tuple(name, fc.constantFrom('', '|640x480', '|100', '#^b')).map(([note, rest]) => `![[${note}.png${rest}]]`),
  fc
    .tuple(
      fc.constantFrom('up', 'next', 'rests on', 'illustrates', 'Author', '状態'),
      name,
      fc.constantFrom('[', '(', ''),
    )
    .map(([key, note, open]) => `${open}${key}:: [[${note}]]${open === '[' ? ']' : open === '(' ? ')' : ''}`),
  fc
    .tuple(fc.constantFrom('**', '*', '_', '__', '~~', '==', '***', '`', '``', '%%', '$', '$$'), words)
    .map(([sign, text]) => `${sign}${text}${sign}`),
  fc
    .tuple(
      words,
      fc.constantFrom('https://e.org/a_b?c=*d', '../Some%20note.md', 'a b.md', '<a b.md>', 'x "t"', '', '#h'),
    )
    .map(([text, url]) => `[${text}](${url})`),
  fc.constantFrom(
    '![alt](img.png)',
    '![alt|100](a%20b.jpg "T")',
    '[^1]',
    '^[inline note]',
    '[ref][r]',
    '[r]',
    '<br>',
    '<kbd>x</kbd>',
  ),
  fc.constantFrom(
    'https://e.org/x_(y)_z.',
    '<https://e.org>',
    'me@e.org',
    '#tag/nested',
    '#标签',
    '((6512a-bc))',
    '{{embed ((x))}}',
  ),
  fc.constantFrom(
    '`= this.file.name`',
    '<% tp.date.now() %>',
    '{{< ref "x" >}}',
    '&nbsp;',
    '&amp;',
    '&#9;',
    '\\*',
    '\\',
    '&copy;',
    ':smile:',
    '@cite [@key, p. 3]',
  ),
)
const line = fc
  .tuple(
    fc.array(inline, { minLength: 1, maxLength: 4 }),
    fc.constantFrom('', '', '', '', '  ', ' ', '\\', '\t', ' ^abc1'),
  )
  .map(([parts, end]) => parts.join(' ') + end)
const lines = fc.array(line, { minLength: 1, maxLength: 3 }).map((list) => list.join('\n'))

const listOf = (indent: string, depth: number): fc.Arbitrary<string> =>
  fc
    .record({
      sign: fc.constantFrom('- ', '* ', '+ ', '1. ', '2) ', '- [ ] ', '- [x] ', '- [/] ', '-   ', '-\t', '10. '),
      items: fc.array(
        fc.tuple(
          fc.oneof(
            { weight: 5, arbitrary: line },
            fc.constant(''),
            lines,
            fc.constantFrom('id:: 6512', 'key:: value', '```js\n  x\n```', '> quote', '# h'),
          ),
          depth > 0 ? fc.option(listOf(`${indent}\t`, depth - 1), { nil: null, freq: 3 }) : fc.constant(null),
          fc.constantFrom('\n', '\n', '\n', '\n\n'),
        ),
        { minLength: 1, maxLength: 4 },
      ),
      spaces: fc.constantFrom('\t', '  ', '    ', '   '),
    })
    .map(({ sign, items, spaces }) =>
      items
        .map(([text, below, end]) => {
          const own = indent + sign + text.replaceAll('\n', `\n${indent}  `)
          return own + (below === null ? '' : `\n${below.replaceAll('\t', spaces)}`) + end
        })
        .join('')
        .replace(/\n+$/, ''),
    )

const fenced = fc
  .tuple(
    fc.constantFrom('```', '~~~', '````', ' ```'),
    fc.constantFrom('', 'js', 'dataview', 'mermaid', 'ad-note', '{r, echo=FALSE}', 'query'),
    fc.array(fc.oneof(words, fc.constantFrom('', '\tx', '  y', '```', 'TABLE file.name FROM "x"')), { maxLength: 4 }),
  )
  .map(([fence, info, content]) => [fence + info, ...content, fence.trim()].join('\n'))

const table = fc
  .tuple(fc.array(fc.array(inline, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 3 }), fc.boolean())
  .map(([rows, pipes]) => {
    const row = (cells: readonly string[]) =>
      (pipes ? `| ${cells.join(' | ')} |` : cells.join(' | ')).replaceAll('\n', ' ')
    return [row(['a', 'b']), pipes ? '|---|:-:|' : '--- | ---', ...rows.map(row)].join('\n')
  })

const block: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: lines },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.constantFrom('# ', '## ', '### ', '#', '###### '), line).map(([sign, text]) => sign + text),
  },
  fc.tuple(lines, fc.constantFrom('===', '---', '-', '= ')).map(([text, under]) => `${text}\n${under}`),
  { weight: 5, arbitrary: listOf('', 3) },
  { weight: 2, arbitrary: fenced },
  table,
  fc
    .tuple(
      fc.constantFrom('[!note]', '[!warning]- Title', '[!question]+ [[Note]]', '', '[!quote] '),
      fc.oneof(lines, listOf('', 1), fenced),
    )
    .map(
      ([head, text]) =>
        (head === '' ? '' : `> ${head}\n`) +
        text
          .split('\n')
          .map((each) => `> ${each}`)
          .join('\n'),
    ),
  lines.map((text) =>
    text
      .split('\n')
      .map((each, at) => (at === 0 ? `> ${each}` : each))
      .join('\n'),
  ),
  fc.constantFrom('---', '***', '- - -', '___', '* * *'),
  fc.constantFrom(
    '<div align="center">\n\n**x**\n\n</div>',
    '<details>\n<summary>s</summary>\n\ntext\n</details>',
    '<!-- c\n\n d -->',
    '<br/>',
    '<iframe src="x"></iframe>',
    '<table>\n  <tr>\n\n    <td>',
  ),
  fc.constantFrom(
    '$$\nx = 1\n\n\\frac{a}{b}\n$$',
    '$$x$$',
    '%%\nhidden\n\n[[x]]\n%%',
    '%% one %%',
    '[^1]: A note\n    more\n\n    more',
    '[r]: https://e.org "T"',
    '[r]: <a b>\n[s]: /u',
    '*[HTML]: x',
  ),
  fc.constantFrom(
    'title:: Page\ntags:: [[a]], b',
    'collapsed:: true',
    '{{query (todo now)}}',
    '#+BEGIN_QUOTE\nx\n#+END_QUOTE',
    '{{< figure src="a.png" >}}',
    ':::note\nx\n:::',
    '\\newpage',
    '<% await x %>',
    '^block-id',
    '    indented code\n\n\tmore',
    'Term\n: definition',
  ),
)

const value = fc.constantFrom(
  ...[
    'x',
    '"quoted: yes"',
    "'it''s'",
    '2024-01-05',
    '2024-01-05T10:00:00Z',
    '1704412800000',
    '007',
    '1.10',
    'true',
    'null',
    '',
    '~',
    '[a, b]',
    '[a, [b]]',
    '{a: 1}',
    '"[[Note]]"',
    '[[Note]]',
    '#tag',
  ],
  ...[
    '\n  - a\n  - "b: c"',
    '\n- a\n- b',
    '\n  k: v\n  l:\n    - 1',
    '|\n  two\n  lines',
    '>-\n  folded\n  text',
    '&a [x]',
    '!!str 5',
    '日本',
    '🎉',
    'a # comment',
    "'[[A]], [[B]]'",
    '@x',
    '- x',
    '1e3',
    '0x1F',
    '.inf',
    'yes',
    '"\\u00e9"',
  ],
)
const key = fc.constantFrom(
  'title',
  'tags',
  'tag',
  'aliases',
  'alias',
  'created',
  'date',
  'up',
  'rests_on',
  'kind',
  'id',
  'cssclass',
  'with space',
  '"quoted"',
  'ключ',
  '状態',
  'due',
  'draft',
  'a-b',
  'A',
  'publish',
  '? x',
)
const frontmatter = fc.oneof(
  { weight: 3, arbitrary: fc.constant('') },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        fc.array(
          fc.oneof(
            {
              weight: 6,
              arbitrary: fc.tuple(key, value).map(([k, v]) => (v.startsWith('\n') ? `${k}:${v}` : `${k}: ${v}`)),
            },
            fc.constantFrom('# comment', '', '  '),
          ),
          { maxLength: 5 },
        ),
        fc.constantFrom('---', '---  ', '...'),
      )
      .map(([entries, fence]) => `---\n${entries.map((entry) => `${entry}\n`).join('')}${fence}\n`),
  },
  fc.constantFrom(
    '---\n---\n',
    '+++\ntitle = "x"\n+++\n',
    '---\ntitle: {{title}}\n---\n',
    '---\njust text\n---\n',
    '---\n{a: 1, b: [2]}\n---\n',
    '---\na: 1\n',
  ),
)

/** A whole file, as its text: with a byte order mark or not, any line ends, any end. */
export const arbitrarySource: fc.Arbitrary<string> = fc
  .record({
    head: frontmatter,
    blocks: fc.array(fc.tuple(block, fc.constantFrom('\n\n', '\n\n', '\n\n', '\n', '\n\n\n', '\n \n', '\n\t\n')), {
      maxLength: 6,
    }),
    lead: fc.constantFrom('', '', '\n', '\n\n'),
    end: fc.constantFrom('\n', '\n', '', '\n\n', '  ', '\t\n'),
    eol: fc.constantFrom('\n', '\n', '\n', '\r\n', '\r'),
    mixed: fc.constantFrom(0, 0, 0, 0, 3),
  })
  .map(({ head, blocks, lead, end, eol, mixed }) => {
    const body = blocks.map(([text, gap], at) => text + (at === blocks.length - 1 ? '' : gap)).join('')
    let lineNumber = 0
    return (head + lead + body + end).replaceAll('\n', () => (mixed > 0 && ++lineNumber % mixed === 0 ? '\n' : eol))
  })
