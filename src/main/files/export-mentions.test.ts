import { expect, test } from 'vitest'
import { Mentions } from './export-mentions.ts'

const file = (path: string) => ({ path, from: path, sha256: '', size: 0 })
const FILES = ['A/pic.png', 'B/pic.png', 'B/pic 2.png', 'talk.mp3', '50%.png'].map(file)
const named = (mentions: Mentions) => mentions.files.map(({ from }) => from)

test('X1: of several files of one name those that the links lead to', () => {
  const mentions = new Mentions(FILES)
  mentions.see('![[pic.png]]', [{ name: 'pic.png', path: 'B/pic.png' }])
  expect(named(mentions)).toEqual(['B/pic.png'])
  // Another note means another one by the same words.
  mentions.see('![[pic.png]]', [{ name: 'pic.png', path: 'B/pic 2.png' }])
  expect(named(mentions)).toEqual(['B/pic.png', 'B/pic 2.png'])
})

test('X1: a name that stands there in any other way names every file of it', () => {
  const mentions = new Mentions(FILES)
  mentions.see('`pic.png` and <audio data-x="talk.mp3">, 50%.png')
  expect(named(mentions)).toEqual(['A/pic.png', 'B/pic.png', 'talk.mp3', '50%.png'])
})

test('X10: words that may be relations', () => {
  const mentions = new Mentions([])
  mentions.see('---\nBased-on: "[[x]]"\n---\nsee (supports:: [[y]])')
  expect(['based_on', 'supports', 'see'].map((word) => mentions.hasWord(word))).toEqual([true, true, false])
})
