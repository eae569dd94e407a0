import fc from 'fast-check'

const PARTS = [
  ...[
    'words',
    '**bold** and *italic*',
    'a [[Link#Part|shown]] here',
    '[page](https://example.org/a?b=1)',
    '$x^2$ math',
  ],
  ...['`code` ~~gone~~ ==mark==', '![alt](https://example.org/a.png)', 'note[^1] mark', '#tag and <b>html</b>'],
]
const inline = fc.array(fc.constantFrom(...PARTS), { minLength: 1, maxLength: 3 }).map((parts) => parts.join(' '))
const indent = (text: string, by: string) => text.replaceAll('\n', `\n${by}`)
const { block } = fc.letrec<{ block: string }>((tie) => ({
  block: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    inline,
    inline.map((text) => `## ${text}`),
    fc.constantFrom('```ts\nconst a = 1\n\n*b*\n```', '---', '$$\nx\n$$', '<div>\n\nx\n\n</div>'),
    fc.tuple(inline, inline).map(([a, b]) => `- ${a}\n  - ${b}\n- ${a}`),
    inline.map((text) => `1. ${text}\n2. ${text}`),
    inline.map((text) => `- [x] ${text}\n- [ ] ${text}`),
    fc.constant('| a | b |\n| --- | ---: |\n| [[x\\|y]] | **c** |'),
    tie('block').map((text) => `> ${indent(text, '> ')}`),
    fc.tuple(inline, tie('block')).map(([title, text]) => `> [!tip] ${title}\n> ${indent(text, '> ')}`),
    tie('block').map((text) => `[^1]: ${indent(text, '    ')}`),
  ),
}))
/** Markdown of one block, containers nested twice. */
export const arbitraryBlock: fc.Arbitrary<string> = block

/** With words around it, for what is copied out of one block of code is its text, without fences. */
export const arbitraryMarkdown: fc.Arbitrary<string> = fc
  .array(block, { minLength: 1, maxLength: 5 })
  .map((blocks) => ['## First', ...blocks, 'last', ''].join('\n\n'))
