import { describe, expect, test } from 'vitest'
import { parseMarkdown } from '../markdown/parse.ts'
import { printBlocks } from '../markdown/print.ts'
import { passageOf } from './passage.ts'

const NOTE = `Before.

# One

First words[^a]. ^first

## Sub *of* one

- an item
- another ^item
  - below it

> quoted words

^quote

# Two

Last[^b].

[^a]: A note.

[^b]: Another.
`
const of = (anchor: string, most = 10_000, note = NOTE) => {
  const passage = passageOf(parseMarkdown(note).blocks, anchor, most)
  return passage && { text: printBlocks(passage.blocks).trim(), more: passage.more, notes: passage.footnotes.length }
}

describe('a passage of a note', () => {
  test('the whole has its footnotes apart', () => {
    expect(of('')).toMatchObject({ more: false, notes: 2 })
    expect(of('')?.text).not.toContain('[^a]:')
  })

  test('a heading is its section, with the deeper ones in it', () => {
    expect(of('One')?.text).toMatch(/^# One\n[\s\S]*another \^item[\s\S]*\^quote$/)
    expect(of('sub of one')?.text).toMatch(/^## Sub/)
    expect(of('One#Sub of one')?.text).toMatch(/^## Sub/)
    expect(of('Two')).toMatchObject({ text: '# Two\n\nLast[^b].', notes: 1 })
  })

  test('a block id is its block, its list item, or the block above the id', () => {
    expect(of('^first')).toMatchObject({ text: 'First words[^a]. ^first', notes: 1 })
    expect(of('^ITEM')?.text).toBe('- another ^item\n  - below it')
    expect(of('^quote')?.text).toBe('> quoted words')
  })

  test('what is not there is null', () => {
    expect(of('Three')).toBeNull()
    expect(of('^nothing')).toBeNull()
    expect(of('!')).toBeNull()
  })

  test('a long one is cut, also within its first block', () => {
    const long = Array.from({ length: 50 }, (_, n) => `Paragraph ${n} with some words.`).join('\n\n')
    expect(of('', 100, long)).toMatchObject({ more: true })
    expect(of('', 100, long)?.text.split('\n\n').length).toBeLessThan(5)
    const code = `\`\`\`\n${'x\n'.repeat(5000)}\`\`\``
    expect(of('', 100, code)?.text.length).toBeLessThan(150)
    expect(of('', 100, 'word '.repeat(2000))?.text.length).toBeLessThan(150)
  })
})
