import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maskWikilink, readWikilinkText, shownText } from './wikilink-text.ts'

describe('what the page shows of a wikilink', () => {
  test.each([
    ['[[Title]]', 'Title'],
    ['[[Title|words]]', 'words'],
    ['[[Title|]]', 'Title'],
    ['[[Folder/Sub/Title]]', 'Title'],
    ['[[Folder/Title|words]]', 'words'],
    ['[[Title#Heading]]', 'Title#Heading'],
    ['[[Folder/Title#A/B]]', 'Title#A/B'],
    ['[[#Heading]]', 'Heading'],
    ['[[Title#^block]]', 'Title'],
    ['![[photo.png]]', 'photo.png'],
    ['![[a/photo.png|640]]', 'photo.png'],
    ['![[a/photo.png|The wall|640x480]]', 'The wall'],
    ['[[a/]]', 'a/'],
    ['[[|]]', '|'],
  ])('%s: %s', (text, shown) => {
    expect(shownText(text)).toBe(shown)
  })

  test('what is no wikilink is shown as it is', () => {
    for (const text of ['[[a', 'a', '[[]]', '[[a]] b']) expect(maskWikilink(text)).toBe(text)
  })

  test('the mask is as long as the text, and its shown words stand where they stand', () => {
    const target = fc.stringMatching(/^[^\n]+$/).filter((text) => !text.includes(']]'))
    fc.assert(
      fc.property(target, fc.boolean(), (inner, embed) => {
        const text = `${embed ? '!' : ''}[[${inner}]]`
        const parts = readWikilinkText(text)
        if (!parts) return
        const mask = maskWikilink(text)
        expect(mask.length).toBe(text.length)
        expect(parts.shownEnd).toBeGreaterThan(parts.shownStart)
        expect(mask.slice(parts.shownStart, parts.shownEnd)).toBe(text.slice(parts.shownStart, parts.shownEnd))
      }),
    )
  })
})
