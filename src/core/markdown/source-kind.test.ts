import { describe, expect, test } from 'vitest'
import { rawKind, verbatimKind } from './source-kind.ts'

describe('what source is that is kept as written', () => {
  test.each([
    ['$$\na^2\n$$', 'math'],
    ['  $$ x $$', 'math'],
    ['%%\nnot yet\n%%', 'comment'],
    ['<!-- not yet -->', 'comment'],
    ['<div align="center">\n</div>', 'html'],
    ['[label]: https://example.org "Title"', 'definitions'],
    ['[a\\]b]: /url', 'definitions'],
    ['[^1]: a footnote that is none of ours', 'other'],
    ['- a\n\n  ```\n  b\n  ```', 'other'],
    ['| a |', 'other'],
    ['', 'other'],
  ] as const)('block %j: %s', (source, kind) => {
    expect(verbatimKind(source)).toBe(kind)
  })

  test.each([
    ['$x$', 'math'],
    ['$$x$$', 'math'],
    ['%%aside%%', 'comment'],
    ['<!-- aside -->', 'comment'],
    ['<br>', 'html'],
    ['<kbd>', 'html'],
    ['![words](a.png)', 'image'],
    ['![words][label]', 'image'],
    ['[^1]', 'footnote'],
    ['^[at once]', 'footnote'],
    ['[words][label]', 'link'],
    ['[![words](a.png)](https://example.org)', 'link'],
    ['&nbsp;', 'other'],
  ] as const)('inline %j: %s', (source, kind) => {
    expect(rawKind(source)).toBe(kind)
  })
})
