import fc from 'fast-check'
import { expect, test } from 'vitest'
import { renamedTarget } from './rename.ts'
import { linkKey, parseWikilink } from './wikilink.ts'

const toOld = (name: string) => linkKey(name).split('/').at(-1) === 'old'
const rename = (target: string) => renamedTarget(target, toOld, 'New name')

test('L7: only the name changes', () => {
  expect(rename('Old')).toBe('New name')
  expect(rename('old|shown')).toBe('New name|shown')
  expect(rename('Old#Part|shown')).toBe('New name#Part|shown')
  expect(rename('Old#^block')).toBe('New name#^block')
  expect(rename('Folder/Old')).toBe('Folder/New name')
  expect(rename('Folder/Old.md')).toBe('Folder/New name.md')
  expect(rename('Old\\|in a table')).toBe('New name\\|in a table')
})

test('L7: other links, and links within the note, stay', () => {
  expect(rename('Older')).toBeNull()
  expect(rename('#Old')).toBeNull()
})

test('L7: the second time changes nothing, even where the new name still matches', () => {
  const any = () => true
  const part = fc.stringMatching(/^[A-Za-z/ ]{1,8}$/).filter((text) => text.trim() !== '' && !text.trim().endsWith('/'))
  fc.assert(
    fc.property(part, fc.option(part), fc.option(part), (name, anchor, shown) => {
      const target = name + (anchor === null ? '' : `#${anchor}`) + (shown === null ? '' : `|${shown}`)
      const renamed = renamedTarget(target, any, 'New') ?? target
      expect(renamedTarget(renamed, any, 'New')).toBeNull()
      expect(parseWikilink(renamed).shown).toBe(parseWikilink(target).shown)
      expect(parseWikilink(renamed).anchor).toBe(parseWikilink(target).anchor)
    }),
    { seed: 1, numRuns: 300 },
  )
})
