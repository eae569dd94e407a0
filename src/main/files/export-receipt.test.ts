import { rmSync, utimesSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { noteId } from '../../core/base/ids.ts'
import { ExportCase, files, text } from './export-case.test-data.ts'
import type { Scope } from './export-scope.ts'
import { lookHere } from './look-files.ts'
import { readReceipt } from './receipt.ts'

const idOf = (it: ExportCase, at: string) => noteId(it.vault.notes.get(at)?.id ?? '')
const partOf = (it: ExportCase, key: string, ...paths: string[]): Scope => ({
  key,
  ids: new Set(paths.map((at) => idOf(it, at))),
})

async function filled(): Promise<ExportCase> {
  const it = new ExportCase()
  it.vault.write('A.md', 'a ![[one.png]]')
  it.vault.write('Essays/B.md', 'b ![](../Files/my%20two.png)')
  it.vault.write('Essays/C.md', 'c')
  it.vault.sidecar = { 'ids.json': '{}', 'trails.json': '{"trails":[1,2]}' }
  for (const name of ['one.png', 'Files/my two.png', 'Files/100% mine']) await it.attach(name, Buffer.from(name))
  return it
}

test('the receipt holds totals, what was compared and what other tools do not show', async () => {
  const it = await filled()
  const report = await it.runWith({ unresolved: async () => 2, versions: async () => 7 })
  const totals = { notes: 3, attachments: 3, links: 3, unresolved: 2, blockIds: 0, compared: { files: 6, same: 6 } }
  expect(report).toMatchObject({ ...totals, done: true, hidden: { versions: 7, pins: 0, trails: 2 } })
  const receipt = await readReceipt(it.target)
  expect(receipt).toMatchObject({ complete: true, scope: 'vault', totals, hidden: report.hidden, renamed: [] })
  expect(receipt?.notes[0]).toMatchObject({ path: 'A.md', size: 14, modified: 1_700_000_000_000, links: 1 })
})

test('what is not on the disk as it was written is a problem, and the export is not done', async () => {
  const it = await filled()
  const report = await it.runWith({
    // between the writing and the reading again
    look: (job, options) => {
      writeFileSync(it.file('A.md'), 'a disk that lies')
      return lookHere(job, options)
    },
  })
  expect(report.problems).toEqual([{ path: 'A.md', reason: 'read again from the disk, it is not what was written' }])
  expect(report).toMatchObject({ done: false, notes: 2, compared: { files: 6, same: 5 } })
  const receipt = await readReceipt(it.target)
  expect(receipt?.problems).toEqual(report.problems)
  expect(receipt?.notes.map(({ path }) => path)).toEqual(['Essays/B.md', 'Essays/C.md'])
})

test('M10: a file of the same size and time that holds other words is found, and not overwritten', async () => {
  const it = await filled()
  await it.run()
  writeFileSync(it.file('Essays/C.md'), 'x')
  utimesSync(it.file('Essays/C.md'), 1_700_000_000, 1_700_000_000)
  for (let runs = 0; runs < 2; runs++) {
    const report = await it.run()
    expect(report.leftAlone.map(({ path }) => path)).toEqual(['Essays/C.md'])
    expect(report).toMatchObject({ notes: 2, problems: [], compared: { files: 5, same: 5 }, done: true })
    expect(text(it.file('Essays/C.md'))).toBe('x')
  }
})

const rule = (by: string, key: string) => ({ by, key, value: '', kind: 'essay' })
const stop = (note: string, place: number) => ({ id: `stop-${place}`, note, seen: '', words: '', place })

test('X10: a part of a vault goes out with the attachments that it names, and with nothing that names other notes', async () => {
  const it = await filled()
  const scope = partOf(it, 'folder:x', 'Essays/B.md', 'Essays/C.md')
  const [a, b] = [idOf(it, 'A.md'), idOf(it, 'Essays/B.md')]
  it.vault.sidecar = {
    ...it.vault.sidecar,
    'log.json': JSON.stringify({ version: 1, notes: { [a]: [1], [b]: [2] } }),
    'titles.json': JSON.stringify({ version: 1, notes: { [a]: 'A?' } }),
    'pins.json': JSON.stringify({ version: 1, pins: [{ note: b, x: 1 }, { note: a }] }),
    'trails.json': JSON.stringify({
      version: 1,
      trails: [
        { id: 'trail-in', name: 'In', stops: [stop(b, 1)] },
        { id: 'trail-out', name: 'Out', stops: [stop(b, 1), stop(a, 2)] },
      ],
    }),
    'import.json': JSON.stringify({
      version: 1,
      mapping: {
        kinds: [rule('folder', 'Essays'), rule('folder', ''), rule('tag', 'secret'), rule('folder-name', 'Elsewhere')],
        words: { supports: 'illustrates', up: 'rests_on' },
      },
      kinds: { 'A.md': 'essay', 'Essays/C.md': 'example' },
    }),
  }
  it.vault.write('Essays/C.md', 'x\n\nSupports:: [[B]]')
  const report = await it.runWith({ scope })
  expect(JSON.parse(text(it.file('.throughline/trails.json'))).trails).toMatchObject([{ id: 'trail-in' }])
  expect(report).toMatchObject({ notes: 2, attachments: 1, done: true, hidden: { pins: 1, trails: 1 } })
  const own = ['ids', 'import', 'log', 'pins', 'receipt', 'trails'].map((name) => `.throughline/${name}.json`)
  expect(JSON.parse(text(it.file('.throughline/log.json')))).toEqual({ version: 1, notes: { [b]: [2] } })
  expect(JSON.parse(text(it.file('.throughline/pins.json')))).toEqual({ version: 1, pins: [{ note: b, x: 1 }] })
  expect(files(it.target)).toEqual([...own, 'Essays/B.md', 'Essays/C.md', 'Files/my two.png'])
  expect(Object.keys(JSON.parse(text(it.file('.throughline/ids.json'))).notes)).toEqual(['Essays/B.md', 'Essays/C.md'])
  expect(JSON.parse(text(it.file('.throughline/import.json')))).toEqual({
    version: 1,
    mapping: { kinds: [rule('folder', 'Essays')], words: { supports: 'illustrates' } },
    kinds: { 'Essays/C.md': 'example' },
  })
  delete it.vault.sidecar['import.json']
  delete it.vault.sidecar['log.json']
  delete it.vault.sidecar['pins.json']
  delete it.vault.sidecar['trails.json']
  own.splice(0, 6, '.throughline/ids.json', '.throughline/receipt.json')
  it.vault.write('Essays/B.md', 'without a picture, but 100%25%20mine')
  expect(await it.runWith({ scope })).toMatchObject({ notes: 2, attachments: 1, written: 2 })
  expect(files(it.target)).toEqual([...own, 'Essays/B.md', 'Essays/C.md', 'Files/100% mine'])
})

test('a folder holds a copy of one thing: another part of the vault, or all of it, is refused there', async () => {
  const it = await filled()
  await it.runWith({ scope: partOf(it, 'note:a', 'A.md') })
  const before = files(it.target)
  for (const scope of [partOf(it, 'note:b', 'Essays/B.md'), undefined]) {
    await expect(it.runWith(scope ? { scope } : {})).rejects.toMatchObject({ code: 'folder-not-empty' })
  }
  expect(files(it.target)).toEqual(before)
})

test('M6: with `portable`, names are made safe and listed, and `.throughline/` knows what they were', async () => {
  const it = await filled()
  it.vault.write('Essays/What now?.md', 'w')
  it.vault.write('essays/c.md', 'c')
  const report = await it.runWith({ portable: true })
  const renamed = [
    { path: 'Essays/What now?.md', name: 'Essays/What now.md' },
    { path: 'essays/c.md', name: 'essays 2/c.md' },
  ]
  expect(report).toMatchObject({ renamed, notes: 5, done: true })
  expect((await readReceipt(it.target))?.renamed).toEqual(renamed)
  expect(JSON.parse(text(it.file('.throughline/names.json'))).names).toEqual({
    'Essays/What now.md': 'Essays/What now?.md',
    'essays 2/c.md': 'essays/c.md',
  })
  const ids = JSON.parse(text(it.file('.throughline/ids.json'))).notes
  expect(ids['Essays/What now.md']).toBe(idOf(it, 'Essays/What now?.md'))
  expect(await it.runWith({ portable: true })).toMatchObject({ renamed, written: 0 })
  expect(await it.run()).toMatchObject({ renamed: [], written: 2, leftAlone: [] })
  expect(files(it.target).includes('.throughline/names.json')).toBe(false)
})

test('what is deleted outside is written again, though nothing of the vault changed; with it a former file of ours', async () => {
  const it = await filled()
  await it.run()
  rmSync(it.file('Essays/C.md'))
  rmSync(it.file('one.png'))
  const before = it.vault.calls.length
  expect(await it.run()).toMatchObject({ written: 2, notes: 3, attachments: 3, done: true, problems: [] })
  expect(it.vault.calls.slice(before)).toEqual(['exportPlan', 'exportNotes'])
  expect(text(it.file('Essays/C.md'))).toBe('c')
})
