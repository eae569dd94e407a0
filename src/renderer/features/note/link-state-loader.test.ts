import { expect, test } from 'vitest'
import { noteId } from '../../../core/base/ids.ts'
import { type LoaderParts, loadLinkStates } from './link-state-loader.ts'

const SHA = 'a'.repeat(64)
const FOUND = { id: noteId('id-of-the-note'), title: 'A', path: 'A.md', kind: 'essay' as const }

function parts(over: Partial<LoaderParts> = {}): LoaderParts {
  const names: Record<string, unknown[]> = { A: [FOUND], Two: [FOUND, FOUND], 'v1.2 plan': [FOUND] }
  const files: Record<string, string> = { 'wall.png': 'Attachments/wall.png', 'plan.pdf': 'Attachments/plan.pdf' }
  const index = {
    call: async (_name: string, { targets }: { targets: string[] }) =>
      targets.map((target) => ({ target, found: names[target] ?? [] })),
  }
  const vault = {
    call: async (_name: string, { target }: { target: string }) =>
      files[target] ? { path: files[target], sha256: SHA, size: 1 } : null,
  }
  return {
    noteId: noteId('from-this-note'),
    vault: vault as unknown as LoaderParts['vault'],
    index: index as unknown as LoaderParts['index'],
    ...over,
  }
}

test('notes by kind, not written, several', async () => {
  const links = ['A', 'A#Head|so', 'Nowhere', 'Two', 'v1.2 plan'].map((target) => ({ target, embed: false }))
  expect([...(await loadLinkStates(links, parts()))]).toEqual([
    ['A', { type: 'note', kind: 'essay' }],
    ['A#Head|so', { type: 'note', kind: 'essay' }],
    ['Nowhere', { type: 'unwritten' }],
    ['Two', { type: 'ambiguous' }],
    ['v1.2 plan', { type: 'note', kind: 'essay' }],
  ])
})

test('embedded pictures are pictures; other files, and pictures that are only linked, are files', async () => {
  const of = async (target: string, embed: boolean) => [
    ...(await loadLinkStates([{ target, embed }], parts())).values(),
  ]
  expect(await of('wall.png', true)).toEqual([{ type: 'image' }])
  expect(await of('wall.png|200x10', true)).toEqual([{ type: 'image' }])
  expect(await of('plan.pdf', true)).toEqual([{ type: 'file' }])
  expect(await of('wall.png', false)).toEqual([{ type: 'file' }])
  expect(await of('gone.png', true)).toEqual([{ type: 'unwritten' }])
})

test('while the host is away nothing is claimed', async () => {
  const away = { call: () => Promise.reject(new Error('closed')) }
  const given = parts({ vault: away as never, index: away as never })
  expect((await loadLinkStates([{ target: 'A', embed: false }], given)).size).toBe(0)
})
