import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linkKey, parseWikilink, printWikilink, shownText } from './wikilink.ts'

test('L6: name, anchor and shown text', () => {
  expect(parseWikilink('Title')).toEqual({ name: 'Title', anchor: '', shown: null })
  expect(parseWikilink('A/Title#Heading|shown')).toEqual({ name: 'A/Title', anchor: 'Heading', shown: 'shown' })
  expect(parseWikilink('Title#^block')).toEqual({ name: 'Title', anchor: '^block', shown: null })
  expect(parseWikilink('#Heading')).toEqual({ name: '', anchor: 'Heading', shown: null })
  expect(parseWikilink('pic.png|640x480')).toEqual({ name: 'pic.png', anchor: '', shown: '640x480' })
  expect(parseWikilink('Title|a|b')).toEqual({ name: 'Title', anchor: '', shown: 'a|b' })
})

test('L6: a bar that is escaped for a table is a bar', () => {
  expect(parseWikilink('Title\\|shown')).toEqual({ name: 'Title', anchor: '', shown: 'shown' })
})

test('L6: printing parts and reading them again gives the same parts', () => {
  const part = fc.stringMatching(/^[a-z ]{0,8}$/).map((text) => text.trim())
  const parts = fc.record({ name: part, anchor: part, shown: fc.option(part) })
  fc.assert(
    fc.property(parts, (given) => {
      expect(parseWikilink(printWikilink(given))).toEqual(given)
    }),
    { seed: 1 },
  )
})

test('what a reader sees of a link', () => {
  expect(shownText('Folder/Title|the thing')).toBe('the thing')
  expect(shownText('Title#Part')).toBe('Title > Part')
  expect(shownText('#Part')).toBe('Part')
  expect(shownText('Title|')).toBe('Title')
})

test('L2: one key for all spellings of a name', () => {
  const key = linkKey('café/Blast radius')
  expect(linkKey('./Cafe\u0301/Blast RADIUS.md')).toBe(key)
  expect(linkKey('café\\blast radius ')).toBe(key)
  expect(linkKey('/café/Blast radius.MD')).toBe(key)
  expect(linkKey('Blast radius.mdx')).toBe('blast radius.mdx')
})
