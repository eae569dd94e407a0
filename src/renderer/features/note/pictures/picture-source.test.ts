import { describe, expect, test } from 'vitest'
import { readPicture, withWidth } from './picture-source.ts'

describe('a picture’s source', () => {
  test.each([
    ['![[wall.png]]', { path: 'wall.png', words: '', width: null }],
    ['![[a/wall.png|640x480]]', { path: 'a/wall.png', words: '', width: 640 }],
    ['![[wall.png|The wall|300]]', { path: 'wall.png', words: 'The wall', width: 300 }],
    ['![[plan.pdf]]', { path: 'plan.pdf', words: '', width: null }],
    ['![The wall](Attachments/wall%20one.png)', { path: 'Attachments/wall one.png', words: 'The wall', width: null }],
    ['![The wall|200](<my wall.png> "title")', { path: 'my wall.png', words: 'The wall', width: 200 }],
    ['![](https://example.com/a.png)', { path: 'https://example.com/a.png', words: '', width: null }],
  ])('%s', (source, expected) => expect(readPicture(source)).toEqual(expected))

  test.each(['![[A note]]', '![[A note.md]]', '![x](javascript:alert(1))', '![x](file:///etc/passwd)', '![]()'])(
    'is none: %s',
    (source) => expect(readPicture(source)).toBeNull(),
  )

  test.each([
    ['![[wall.png]]', 300, '![[wall.png|300]]'],
    ['![[wall.png|640x480]]', 320.4, '![[wall.png|320]]'],
    ['![[wall.png|The wall|300]]', 200, '![[wall.png|The wall|200]]'],
    ['![[wall.png|The wall]]', 200, '![[wall.png|The wall|200]]'],
    ['![[2024.png|12]]', null, '![[2024.png]]'],
    ['![The wall](a/b.png)', 90, '![The wall|90](a/b.png)'],
    ['![300](a/b.png)', 90, '![|90](a/b.png)'],
    ['![The wall|200](<my wall.png> "t")', 90, '![The wall|90](<my wall.png> "t")'],
  ])('%s at %s is %s', (source, width, expected) => {
    expect(withWidth(source, width)).toBe(expected)
    expect(readPicture(expected)?.width).toBe(width === null ? null : Math.round(width))
  })
})
