import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseMarkdown } from '../markdown/parse.ts'
import { extractNote } from '../note/extract.ts'
import { passageOf } from '../note/passage.ts'
import type { Pin } from '../trail/pin.ts'
import { readPin } from '../trail/pin.ts'
import { makePin, passageWords, pinState } from './pin-state.ts'

const BARE = { id: 'pin-1', word: 'rests_on', target: 'note-1', version: '', at: '2026-01-01' }
const hash = (text: string) => String(text.length)

const textOf = (markdown: string, anchor = '') => {
  const { blocks } = parseMarkdown(markdown)
  const passage = anchor === '' ? blocks : passageOf(blocks, anchor, Number.POSITIVE_INFINITY)?.blocks
  if (!passage) throw new Error('no such passage')
  return extractNote(passage, { tags: [], properties: [] }).text
}

const pinOn = (markdown: string, anchor: string): Pin =>
  makePin({ ...BARE, anchor, text: textOf(markdown), passage: anchor === '' ? null : textOf(markdown, anchor), hash })

const NOTE = `# Limits

Before the passage stand some words that say where it is.

## Undo

Time to undo is [[Blast radius]] a few days, as **everybody** knows. ^undo

What comes after it is told in these other words.

## More

The end.
`
const BLOCK = pinOn(NOTE, '^undo')
const stateAfter = (from: string | RegExp, to: string, pin = BLOCK) => pinState(pin, textOf(NOTE.replace(from, to))).is

describe('a pin on a passage', () => {
  it('W7 is read back whole from what is stored', () => {
    expect(readPin(JSON.parse(JSON.stringify(BLOCK)))).toEqual(BLOCK)
    expect(BLOCK.quote).toBe('Time to undo is [[Blast radius]] a few days, as everybody knows.')
    expect(passageWords(BLOCK.quote)).toBe('Time to undo is Blast radius a few days, as everybody knows.')
  })

  it('W8 an edit of the passage says what stood there and what does', () => {
    expect(pinState(BLOCK, textOf(NOTE))).toEqual({ is: 'same' })
    expect(pinState(BLOCK, textOf(NOTE.replace('a few days', 'a day')))).toEqual({
      is: 'changed',
      was: 'Time to undo is Blast radius a few days, as everybody knows.',
      now: 'Time to undo is Blast radius a day, as everybody knows.',
    })
    expect(stateAfter('knows.', 'knows. Not I.')).toBe('changed')
    expect(stateAfter('Time to', 'The time to')).toBe('changed')
    expect(stateAfter('knows.', 'knows!')).toBe('changed')
    expect(stateAfter('[[Blast radius]]', '')).toBe('changed')
  })

  it('W8 what was put beside it is not told as its own', () => {
    const now = (markdown: string) => {
      const state = pinState(BLOCK, textOf(markdown))
      return state.is === 'changed' ? state.now : state.is
    }
    const edited = NOTE.replace('a few days', 'a day')
    const told = 'Time to undo is Blast radius a day, as everybody knows.'
    expect(now(edited.replace('## Undo', '## Undo it'))).toBe(told)
    expect(now(edited.replace('## Undo', '## Undo\n\nA new line.'))).toBe(told)
    expect(now(edited.replace('What comes', 'A new line.\n\nAnd what comes'))).toBe(told)
    // Its own first words are another edit, which is told.
    expect(now(edited.replace('Time to', 'The time to'))).toBe(`The time to${told.slice('Time to'.length)}`)
  })

  it('W8 an edit elsewhere does not, before, after or directly beside', () => {
    expect(stateAfter('Before the', 'Long before the')).toBe('same')
    expect(stateAfter('where it is.', 'where.')).toBe('same')
    expect(stateAfter('## Undo', '## Undo it\n\nA new line.')).toBe('same')
    expect(stateAfter('What comes', 'A new line.\n\nWhat comes')).toBe('same')
    expect(stateAfter(/What comes.*/s, '')).toBe('same')
    expect(stateAfter(/^.*## Undo/s, '')).toBe('same')
  })

  it('W7 marks, ids of blocks and renames are no edits', () => {
    expect(stateAfter(' ^undo', '')).toBe('same')
    expect(stateAfter(' ^undo', ' ^another')).toBe('same')
    expect(stateAfter('**everybody**', 'everybody')).toBe('same')
    expect(stateAfter('[[Blast radius]]', '[[Radius of a blast]]')).toBe('same')
    expect(stateAfter('is [[', 'is\n[[')).toBe('same')
  })

  it('W7 who knows the notes tells another link from a rename', () => {
    const noteOf = (name: string) => (name === 'Blast radius' || name === 'Radius' ? 'note-2' : name)
    const linkedTo = (to: string) => pinState(BLOCK, textOf(NOTE.replace('Blast radius', to)), noteOf).is
    expect(linkedTo('Radius')).toBe('same')
    expect(linkedTo('Another note')).toBe('changed')
    expect(linkedTo('Radius#Part')).toBe('changed')
    expect(linkedTo('Radius|shown')).toBe('changed')
  })

  it('W10 a passage that was taken out is gone', () => {
    expect(stateAfter(/Time.*\^undo/, '')).toBe('gone')
    expect(pinState(BLOCK, '')).toEqual({ is: 'gone', was: passageWords(BLOCK.quote) })
  })

  it('W8 a section is its words', () => {
    const section = pinOn(NOTE, 'Undo')
    expect(stateAfter('other words', 'words', section)).toBe('changed')
    expect(stateAfter('The end.', 'No end.', section)).toBe('same')
    expect(stateAfter('some words', 'words', section)).toBe('same')
  })

  it('W8 a whole text flags every edit', () => {
    const whole = pinOn(NOTE, '')
    expect(stateAfter('', '', whole)).toBe('same')
    expect(stateAfter('The end.', 'The end. More.', whole)).toBe('changed')
    expect(stateAfter('[[Blast radius]]', '[[Renamed]]', whole)).toBe('same')
  })

  it('W9 knows its passage from the same words elsewhere', () => {
    const twice = `One two three four five six seven.\n\nThe same words. ^a\n\nEight nine ten eleven twelve thirteen.\n\nThe same words.\n\nThe end of it all is near now.\n`
    const first = pinOn(twice, '^a')
    const state = (from: RegExp, to: string) => pinState(first, textOf(twice.replace(from, to))).is
    expect(state(/The same words\. \^a/, 'Other words. ^a')).toBe('changed')
    expect(state(/The same words\. \^a/, '')).toBe('gone')
    expect(state(/The same words\.\n\nThe end/, 'Other words.\n\nThe end')).toBe('same')
    expect(state(/One.*seven\.\n\n/, '')).toBe('same')
    expect(state(/Eight.*thirteen\.\n\n/, '')).toBe('same')
  })
})

describe('a pin in random notes', () => {
  const WORDS = [...'abcdefghijklmnopqrstuvwxyz'].flatMap((letter) => [letter, `${letter}o`, `${letter}a`])
  const word = fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...WORDS) }, fc.constantFrom('[[Old]]', '[[Old|x]]'))
  const line = fc.array(word, { minLength: 3, maxLength: 20 }).map((words) => words.join(' '))
  const note = fc.array(line, { minLength: 1, maxLength: 8 })
  const edit = fc.record({ line: fc.nat(), at: fc.nat(), take: fc.nat(3), put: fc.array(word, { maxLength: 3 }) })

  const edited = (text: string, { at, take, put }: { at: number; take: number; put: readonly string[] }) => {
    const words = text.split(' ')
    words.splice(at % (words.length + 1), take, ...put)
    return words.filter((each) => each !== '').join(' ')
  }
  const words = (text: string) => passageWords(text)
  const pinLine = (lines: readonly string[], at: number) =>
    makePin({ ...BARE, anchor: '^x', text: lines.join('\n'), passage: lines[at] ?? '', hash })

  it('W8 flags an edit of its line, and none of any other line', () => {
    let changed = 0
    fc.assert(
      fc.property(note, fc.nat(), edit, (lines, pick, change) => {
        const own = pick % lines.length
        // the same line twice has a test of its own
        fc.pre(lines.filter((each) => words(each) === words(lines[own] ?? '')).length === 1)
        const at = change.line % lines.length
        const after = lines
          .map((each, line) => (line === at ? edited(each, change) : each))
          .filter((each) => each !== '')
        const isEdited = at === own && words(edited(lines[own] ?? '', change)) !== words(lines[own] ?? '')
        if (isEdited) changed++
        const state = pinState(pinLine(lines, own), after.join('\n'), (name) => name)
        expect(state.is === 'same').toBe(!isEdited)
        if (state.is === 'changed') expect(state.now).not.toBe('')
      }),
      { numRuns: 400 },
    )
    expect(changed).toBeGreaterThan(50)
  })

  it('W8 W9 many edits elsewhere flag nothing, renames and lines that come and go among them', () => {
    fc.assert(
      fc.property(note, fc.nat(), fc.array(edit, { maxLength: 8 }), fc.boolean(), (lines, pick, changes, renamed) => {
        const own = pick % lines.length
        const passage = lines[own] ?? ''
        const before = lines.slice(0, own)
        const after = lines.slice(own + 1)
        for (const change of changes) {
          const side = change.line % 2 === 0 ? before : after
          if (side.length === 0 || change.line % 5 === 0) side.push(change.put.join(' '))
          else side[change.at % side.length] = edited(side[change.at % side.length] ?? '', change)
        }
        const now = [...before, passage, ...after].filter((each) => each !== '').join('\n')
        const text = renamed ? now.replaceAll('[[Old', '[[New') : now
        const noteOf = () => 'note-2'
        expect(pinState(pinLine(lines, own), text, renamed ? noteOf : undefined).is).toBe('same')
      }),
      { numRuns: 400 },
    )
  })

  it('W9 tells which of equal lines was edited', () => {
    fc.assert(
      fc.property(line, note, note, note, edit, fc.boolean(), (passage, first, second, third, change, isOwn) => {
        const lines = [...first, passage, ...second, passage, ...third]
        const own = first.length
        const other = own + second.length + 1
        const after = edited(passage, change)
        fc.pre(after !== passage && after !== '' && ![...first, ...second, ...third].includes(passage))
        const now = lines.map((each, at) => (at === (isOwn ? own : other) ? after : each))
        const state = pinState(pinLine(lines, own), now.join('\n'), (name) => name)
        expect(state.is).toBe(isOwn ? 'changed' : 'same')
      }),
      { numRuns: 300 },
    )
  })

  it('W9 a note of one word, over and over, is read in one go', () => {
    // With every place compared with every other this takes minutes.
    const text = 'a '.repeat(60_000)
    const pin = makePin({ ...BARE, anchor: '^x', text, passage: 'a a a', hash })
    expect(pinState(pin, `${text}\nb`).is).toBe('same')
    expect(pinState(pin, text.replaceAll('a', 'b')).is).toBe('gone')
  })

  it('W7 never fails, and a text just pinned is the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), fc.anything(), (text, other, value) => {
        expect(pinState(makePin({ ...BARE, anchor: '', text, passage: null, hash }), text).is).toBe('same')
        pinState(makePin({ ...BARE, anchor: 'x', text, passage: other, hash }), other)
        const pin = readPin({ ...BARE, anchor: 'x', quote: value, before: value, after: text })
        if (pin) pinState(pin, other)
      }),
    )
  })

  it('W8 flags an edit of its section or list item at any place of it, and none elsewhere', () => {
    // Paragraphs of words that stand nowhere else; a section has a heading of its own, a third of them below another.
    const section = fc.record({
      deep: fc.boolean(),
      lines: fc.array(fc.constantFrom('p', 'item', 'note'), { maxLength: 4 }),
    })
    const change = fc.record({
      section: fc.nat(),
      at: fc.nat(),
      is: fc.constantFrom('put', 'take', 'word', 'section', 'note'),
    })
    const read = (lines: readonly (readonly string[])[]) => {
      const { blocks } = parseMarkdown(lines.map((own) => own.join('\n\n')).join('\n\n'))
      return extractNote(blocks, { tags: [], properties: [] })
    }
    let flagged = 0
    fc.assert(
      fc.property(fc.array(section, { minLength: 1, maxLength: 5 }), fc.nat(), change, (given, pick, edit) => {
        let count = 0
        const fresh = () => `w${++count} x${count} y${count} z${count}`
        const line = (is: string) =>
          is === 'item' ? `- ${fresh()}` : is === 'note' ? `[^${++count}]: ${fresh()}` : fresh()
        const lines = given.map(({ deep, lines: own }, at) => [`${deep ? '##' : '#'} Part ${at}`, ...own.map(line)])
        const own = pick % lines.length
        // a deep section is a part of the one above it
        const ends = given.findIndex(({ deep }, at) => at > own && (given[own]?.deep || !deep))
        const isWithin = (at: number) => at >= own && (ends < 0 || at < ends)
        const { text, passages } = read(lines)
        const [, from, to] = passages.find(([key]) => key === `part-${own}`) ?? ['', 0, 0]
        const passage = text.split('\n').slice(from, to).join('\n')
        const pin = makePin({ ...BARE, anchor: `Part ${own}`, text, passage, line: from, hash })
        expect(pinState(pin, text, undefined, passages)).toEqual({ is: 'same' })

        const target = edit.section % lines.length
        const part = lines[target] ?? []
        const at = 1 + (edit.at % part.length)
        // footnotes below a section are not of it
        const isNote = (each: string | undefined) => each?.startsWith('[^') ?? false
        const tail = lines.slice(own, ends < 0 ? undefined : ends).flat()
        const lastOwn = tail.findLast((each) => !isNote(each))
        const isTail = (each: string | undefined) =>
          isNote(each) && tail.indexOf(each ?? '') > tail.indexOf(lastOwn ?? '')
        let isOwn = isWithin(target)
        if (edit.is === 'put') part.splice(at, 0, fresh())
        else if (edit.is === 'section') {
          lines.splice(target + 1, 0, [`# Other ${++count}`, fresh()])
          // parts of it now belong to the new one
          isOwn = isOwn && ends !== target + 1 && !(ends < 0 && target === given.length - 1)
        } else if (edit.is === 'note') {
          part.push(`[^${++count}]: ${fresh()}`)
          isOwn = isOwn && tail.at(-1) !== part.at(-2) && !isTail(part.at(-2))
        } else {
          const old = part[at]
          fc.pre(old !== undefined)
          isOwn = isOwn && !isTail(old)
          if (edit.is === 'take') part.splice(at, 1)
          else part[at] = `${old} more`
        }
        const after = read(lines)
        const { is } = pinState(pin, after.text, undefined, after.passages)
        if (isOwn) flagged++
        expect(is === 'same').toBe(!isOwn)
      }),
      { numRuns: 500 },
    )
    expect(flagged).toBeGreaterThan(50)
  })
})
