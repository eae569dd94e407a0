import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { fromBufferPromise } from 'yauzl'
import { noteId } from '../../core/base/ids.ts'
import { ExportCase, folder, id, text } from './export-case.test-data.ts'

async function unpacked(file: string): Promise<Record<string, string>> {
  const zip = await fromBufferPromise(readFileSync(file), { decodeStrings: true, strictFileNames: true })
  const found: Record<string, string> = {}
  for await (const entry of zip.eachEntry()) {
    const pieces: Buffer[] = []
    for await (const piece of await zip.openReadStreamPromise(entry)) pieces.push(piece as Buffer)
    found[entry.fileName] = Buffer.concat(pieces).toString('utf8')
  }
  return found
}

async function filled(): Promise<ExportCase> {
  const it = new ExportCase()
  it.vault.write('A.md', 'a\r\n![[one.png]]')
  it.vault.write('Ünï/ß “q”.md', 'ü', 10)
  for (let i = 0; i < 400; i++) it.vault.write(`N/${i}.md`, `note ${i}`)
  it.vault.sidecar = { 'ids.json': '{}' }
  await it.attach('one.png', Buffer.alloc(3_000_000, 7))
  await it.attach('empty.bin', Buffer.alloc(0))
  return it
}

test('a zip holds what the folder would, byte for byte, and was read back', async () => {
  const it = await filled()
  const file = path.join(folder(), 'sub', 'copy.zip')
  const report = await it.zip(file)
  expect(report).toMatchObject({ notes: 402, attachments: 2, done: true, receipt: file, folder: file })
  expect(report.compared).toEqual({ files: 404, same: 404 })
  await it.run()
  const inside = await unpacked(file)
  const { '.throughline/receipt.json': receipt, ...others } = inside
  expect(JSON.parse(receipt ?? '')).toMatchObject({ complete: true, totals: { notes: 402, compared: report.compared } })
  for (const [name, content] of Object.entries(others)) expect([name, content]).toEqual([name, text(it.file(name))])
  expect(Object.keys(others).length).toBe(405)
  expect(readdirSync(path.dirname(file))).toEqual(['copy.zip'])
})

test('a part of the vault, with its attachments only', async () => {
  const it = await filled()
  const file = path.join(folder(), 'a.zip')
  const scope = { key: 'note:a', ids: new Set([noteId(it.vault.notes.get('A.md')?.id ?? '')]) }
  expect(await it.zip(file, { scope })).toMatchObject({ notes: 1, attachments: 1 })
  expect(Object.keys(await unpacked(file)).sort()).toEqual([
    '.throughline/ids.json',
    '.throughline/receipt.json',
    'A.md',
    'one.png',
  ])
})

test('stopped, failed or not readable: the zip that was there is as it was, and nothing lies beside it', async () => {
  const it = await filled()
  const file = path.join(folder(), 'copy.zip')
  writeFileSync(file, 'the one before')
  const abort = new AbortController()
  it.vault.before = (name, nth) => {
    if (name === 'exportNotes' && nth === 2) abort.abort()
  }
  expect(await it.zip(file, { signal: abort.signal })).toMatchObject({ cancelled: true, done: false })
  it.vault.before = (name) => {
    if (name === 'exportNotes') throw new Error('the host died')
  }
  await expect(it.zip(file)).rejects.toThrow('the host died')
  it.vault.before = () => {}
  const late = new AbortController()
  const onProgress = ({ phase }: { phase: string }) => phase === 'verify' && late.abort()
  expect(await it.zip(file, { signal: late.signal, onProgress })).toMatchObject({ cancelled: true })
  expect(text(file)).toBe('the one before')
  expect(readdirSync(path.dirname(file))).toEqual(['copy.zip'])
})

test('an attachment that is damaged or a path that leads out is listed, and the zip is not done', async () => {
  const it = await filled()
  it.vault.write('../out.md', 'x')
  it.vault.write('a\\..\\b.md', 'x')
  await it.attach('bad.bin', Buffer.from('good'))
  writeFileSync(it.store.place(id, it.vault.files.get('bad.bin')?.sha256 ?? ''), 'bad')
  const file = path.join(folder(), 'copy.zip')
  const report = await it.zip(file)
  expect(report.problems.map((problem) => problem.path).sort()).toEqual(['../out.md', 'a\\..\\b.md', 'bad.bin'])
  expect(report).toMatchObject({ done: false, notes: 402, compared: { files: 404, same: 404 } })
})

test('neither into the app’s own folder nor over a folder', async () => {
  const it = await filled()
  await expect(it.zip(path.join(it.profile, 'x.zip'))).rejects.toMatchObject({ code: 'refused' })
  const taken = path.join(folder(), 'x.zip')
  mkdirSync(taken)
  await expect(it.zip(taken)).rejects.toMatchObject({ code: 'refused' })
})
