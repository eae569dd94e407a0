import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { noteId, vaultId } from '../../core/base/ids.ts'
import type { HtmlPiece } from '../../ipc/file-shapes.ts'
import { CallError } from '../../ipc/rpc.ts'
import { exportHtml, type PageSource, replaceFile } from './html-export.ts'
import { MOST_OF_AN_IMAGE } from './html-page.ts'
import { PAGE_STYLE, PAGE_TOKENS } from './html-style.ts'
import type { VaultCalls } from './vault-calls.ts'

const A = noteId('note-a-000000000000001')
const B = noteId('note-b-000000000000001')
const SHA = 'a'.repeat(64)

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'throughline-page-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

type Note = { id: typeof A; path: string; title: string; pieces: HtmlPiece[]; problem?: string }

function sourceOf(notes: readonly Note[], options: Partial<PageSource> = {}): PageSource {
  const answers: Record<string, (input: { ids?: string[] }) => unknown> = {
    whenIndexed: () => undefined,
    folders: () => [],
    note: () => ({ trashed: false }),
    notes: () => notes.map(({ id, path: at, title }) => ({ id, path: at, title })),
    htmlOf: ({ ids }) =>
      notes.filter(({ id }) => ids?.includes(id)).map((note) => ({ kind: 'essay', problem: null, ...note })),
  }
  const vault = { call: async (name: string, input: object) => answers[name]?.(input) } as unknown as VaultCalls
  return {
    vault,
    index: () => Promise.reject(new Error('not asked for')),
    vaultId: vaultId('vault-of-pages'),
    vaultName: 'Garden & <co>',
    attachments: { verified: async () => null },
    signal: new AbortController().signal,
    onProgress: () => {},
    ...options,
  }
}

const WHOLE = { kind: 'folder', id: null } as const
const forbidden = () => path.join(folder, 'profile')
const NOTES: Note[] = [
  { id: A, path: 'X/A.md', title: 'A "q" <b>', pieces: ['<p><a', { link: B, anchor: 'my-part' }, '>b</a></p>'] },
  { id: B, path: 'B.md', title: 'B', pieces: ['<p><a', { link: A, anchor: '' }, '>a</a></p>'], problem: 'it is odd' },
]

test('one file, which holds all that it needs and may do nothing but show itself', async () => {
  const file = path.join(folder, 'page.html')
  const report = await exportHtml(file, forbidden(), WHOLE, sourceOf(NOTES))
  expect(report).toMatchObject({ notes: 2, images: 0, sheets: null, cancelled: false, file })
  expect(report.problems).toEqual([{ path: 'B.md', reason: 'it is odd' }])
  const text = await readFile(file, 'utf8')
  expect(report.bytes).toBe(Buffer.byteLength(text))
  expect(text).toMatch(/^<!doctype html>.*<\/html>\n$/s)
  expect(text).not.toMatch(
    /<script|<link|<iframe|<object|<embed|<form|<base|@import|\son\w+=|https?:\/\/(?!www\.w3\.org)/i,
  )
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(text)?.[1] ?? ''
  const style = /<style>(.*)<\/style>/s.exec(text)?.[1] ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`)
  expect(policy).not.toContain('unsafe')
  expect(text).toContain('<title>Garden &amp; &lt;co&gt;</title>')
  expect(text).toContain('<h1>A &quot;q&quot; &lt;b&gt;</h1>')
  // notes of the top come first, then folder by folder
  expect(text.indexOf(`id="n${B}"`)).toBeLessThan(text.indexOf(`id="n${A}"`))
})

test('a link leads to a note of the same file, and is no link else', async () => {
  const file = path.join(folder, 'page.html')
  await exportHtml(file, forbidden(), WHOLE, sourceOf(NOTES))
  expect(await readFile(file, 'utf8')).toContain(`<a href="#n${B}.my-part">b</a>`)
  await exportHtml(file, forbidden(), { kind: 'note', id: A }, sourceOf(NOTES))
  const text = await readFile(file, 'utf8')
  expect(text).toContain('<p><a>b</a></p>')
  expect(text).not.toContain(B)
  expect(text).not.toContain('class="contents"')
  expect(text).toContain('<title>A &quot;q&quot; &lt;b&gt;</title>')
})

test('pictures are data; what is missing or too large is named, and listed', async () => {
  const picture = path.join(folder, 'kept')
  await writeFile(picture, 'png')
  const sizes: Record<string, number> = { [SHA]: 3, ['b'.repeat(64)]: MOST_OF_AN_IMAGE + 1 }
  const attachments = {
    verified: async (_vault: unknown, sha256: string) =>
      sizes[sha256] === undefined ? null : { path: picture, size: sizes[sha256] },
  }
  const image = (name: string, sha256: string) => ({
    image: { path: name, sha256, size: 3 },
    alt: `"${name}"`,
    width: 20,
    height: null,
  })
  const pieces = [
    image('a.png', SHA),
    image('b.png', 'b'.repeat(64)),
    image('c.png', 'c'.repeat(64)),
    image('d.html', SHA),
  ]
  const file = path.join(folder, 'page.html')
  const note = { id: A, path: 'A.md', title: 'A', pieces }
  const report = await exportHtml(file, forbidden(), WHOLE, sourceOf([note], { attachments }))
  expect(report.images).toBe(1)
  expect(report.problems).toEqual([
    { path: 'b.png', reason: 'it is larger than 16 MB' },
    { path: 'c.png', reason: 'the vault does not hold this file any more' },
  ])
  const text = await readFile(file, 'utf8')
  expect(text).toContain('<img alt="&quot;a.png&quot;" width="20" src="data:image/png;base64,cG5n">')
  expect(text).toContain('<span class="left-out">&quot;b.png&quot;</span>')
  expect(text).toContain('<span class="file">&quot;d.html&quot;</span>')
})

test('a note that went meanwhile is listed', async () => {
  const source = sourceOf(NOTES)
  const call: VaultCalls['call'] = async (name, input) =>
    (name === 'htmlOf' ? [] : source.vault.call(name, input)) as never
  const report = await exportHtml(path.join(folder, 'p.html'), forbidden(), WHOLE, { ...source, vault: { call } })
  expect(report).toMatchObject({ notes: 0, problems: [{ path: 'B.md' }, { path: 'X/A.md' }] })
})

test('what is stopped or fails leaves what was there, and nothing beside it', async () => {
  const file = path.join(folder, 'page.html')
  await writeFile(file, 'former')
  const abort = new AbortController()
  abort.abort()
  expect(await exportHtml(file, forbidden(), WHOLE, sourceOf(NOTES, { signal: abort.signal }))).toMatchObject({
    cancelled: true,
  })
  const failing: VaultCalls = { call: () => Promise.reject(new CallError('closed', 'gone')) }
  await expect(exportHtml(file, forbidden(), WHOLE, sourceOf(NOTES, { vault: failing }))).rejects.toMatchObject({
    code: 'closed',
  })
  await expect(exportHtml(file, forbidden(), WHOLE, sourceOf([]))).rejects.toMatchObject({ code: 'not-found' })
  expect(await readdir(folder)).toEqual(['page.html'])
  expect(await readFile(file, 'utf8')).toBe('former')
})

test('the app’s own folder is never written to, and an error names no note', async () => {
  const make = async () => ({ keep: true, value: null })
  await expect(replaceFile(path.join(folder, 'vaults.json'), folder, make)).rejects.toMatchObject({ code: 'refused' })
  await expect(replaceFile(path.join(folder, 'none', 'a.html'), forbidden(), make)).rejects.toMatchObject({
    code: 'not-written',
  })
})

test('the colours are the design’s', async () => {
  const tokens = await readFile(path.join(import.meta.dirname, '..', '..', 'renderer', 'ui', 'tokens.css'), 'utf8')
  const numbers = (text: string) => text.replace(/(\.\d*?)0+(?=[ )])/g, '$1').replace(/\.(?=[ )])/g, '')
  for (const [name, [light, dark]] of Object.entries(PAGE_TOKENS)) {
    const line = new RegExp(`^\\s*${name}:\\s*light-dark\\((oklch\\([^)]*\\)),\\s*(oklch\\([^)]*\\))\\)`, 'm').exec(
      tokens,
    )
    expect([name, numbers(line?.[1] ?? ''), numbers(line?.[2] ?? '')]).toEqual([name, light, dark])
  }
  expect(PAGE_STYLE).not.toMatch(/<|https?:(?!%2F%2Fwww\.w3\.org)/)
})
