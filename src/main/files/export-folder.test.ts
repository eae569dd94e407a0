import { existsSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { vaultId } from '../../core/base/ids.ts'
import { ExportCase, files, folder, id, text } from './export-case.test-data.ts'

async function exported(): Promise<ExportCase> {
  const it = new ExportCase()
  it.vault.write('A.md', 'a\r\n')
  it.vault.write('Essays/B.md', 'b')
  it.vault.sidecar = { 'ids.json': '{}' }
  await it.attach('Attachments/x.bin', new Uint8Array(5_000_000).fill(3))
  await it.run()
  return it
}

test('writes exact bytes with their times, and a receipt that is true', async () => {
  const it = await exported()
  expect(text(it.file('A.md'))).toBe('a\r\n')
  expect(statSync(it.file('A.md')).mtimeMs).toBe(1_700_000_000_000)
  expect(statSync(it.file('Attachments/x.bin')).size).toBe(5_000_000)
  const all = ['.throughline/ids.json', '.throughline/receipt.json', 'A.md', 'Attachments/x.bin', 'Essays/B.md']
  expect(files(it.target)).toEqual(all)
  const receipt = JSON.parse(text(it.file('.throughline/receipt.json')))
  expect(receipt).toMatchObject({ complete: true, vault: id, problems: [], leftAlone: [] })
  expect(receipt.notes.map((line: { path: string }) => line.path)).toEqual(['A.md', 'Essays/B.md'])
})

test('a second export writes only what changed, and removes what is gone where nobody touched it', async () => {
  const it = await exported()
  expect(await it.run()).toMatchObject({ notes: 2, written: 0, attachments: 1, bytes: 5_000_004 })
  expect(it.vault.calls.filter((name) => name === 'exportNotes').length).toBe(1)
  it.vault.write('A.md', 'changed')
  it.vault.notes.delete('Essays/B.md')
  expect(await it.run()).toMatchObject({ notes: 1, written: 1, leftAlone: [] })
  expect(text(it.file('A.md'))).toBe('changed')
  expect(existsSync(it.file('Essays'))).toBe(false)
})

test('what a killed export left half-written goes with the next one', async () => {
  const it = await exported()
  const before = files(it.target)
  for (const at of ['', 'Essays']) writeFileSync(path.join(it.target, at, '.throughline-99999999-1.tmp'), 'hal')
  it.vault.write('A.md', 'what was being written')
  it.vault.write('Essays/B.md', 'this as well')
  await it.run()
  expect(files(it.target)).toEqual(before)
})

test('another version of the app writes every note anew, and counts those whose bytes are the same as there', async () => {
  const it = await exported()
  expect(await it.run(new AbortController(), '2')).toMatchObject({ notes: 2, written: 0 })
  expect(it.vault.calls.filter((name) => name === 'exportNotes').length).toBe(2)
})

test('M10: a file that somebody changed is left alone and listed, when its note changed and when it is gone', async () => {
  const it = await exported()
  writeFileSync(it.file('A.md'), 'mine')
  writeFileSync(it.file('Essays/B.md'), 'mine too')
  writeFileSync(it.file('Attachments/x.bin'), 'mine three')
  writeFileSync(it.file('New.md'), 'not of the vault')
  it.vault.write('A.md', 'changed')
  it.vault.notes.delete('Essays/B.md')
  for (let runs = 0; runs < 2; runs++) {
    const report = await it.run()
    expect(report.notes).toBe(0)
    expect(report.leftAlone.map(({ path }) => path)).toEqual(
      runs === 0 ? ['A.md', 'Attachments/x.bin', 'Essays/B.md'] : ['A.md', 'Attachments/x.bin'],
    )
    expect(text(it.file('A.md'))).toBe('mine')
    expect(text(it.file('Essays/B.md'))).toBe('mine too')
    expect(text(it.file('Attachments/x.bin'))).toBe('mine three')
    expect(text(it.file('New.md'))).toBe('not of the vault')
  }
})

test('M10: a new note does not overwrite a file of its name; equal bytes are taken up', async () => {
  const it = await exported()
  writeFileSync(it.file('C.md'), 'somebody wrote this')
  writeFileSync(it.file('D.md'), 'the same')
  it.vault.write('C.md', 'ours')
  it.vault.write('D.md', 'the same')
  const report = await it.run()
  expect(report.leftAlone.map(({ path }) => path)).toEqual(['C.md'])
  expect(report.written).toBe(0)
  expect(text(it.file('C.md'))).toBe('somebody wrote this')
})

test('a file that was deleted outside is written again', async () => {
  const it = await exported()
  rmSync(it.file('A.md'))
  expect(await it.run()).toMatchObject({ written: 1, leftAlone: [] })
  expect(text(it.file('A.md'))).toBe('a\r\n')
})

test('a folder that is not ours is refused before anything is written', async () => {
  const it = new ExportCase()
  it.vault.write('A.md', 'a')
  mkdirSync(it.target)
  writeFileSync(it.file('other.txt'), 'x')
  await expect(it.run()).rejects.toMatchObject({ code: 'folder-not-empty' })
  expect(files(it.target)).toEqual(['other.txt'])
  const theirs = await exported()
  await expect(theirs.run(new AbortController(), '1', vaultId('othervault'))).rejects.toMatchObject({
    code: 'folder-not-empty',
  })
  it.target = path.join(it.profile, 'vaults')
  await expect(it.run()).rejects.toMatchObject({ code: 'refused' })
})

test('cancelled or broken off at any point: no half file, and the next run completes it', async () => {
  for (let at = 1; at <= 4; at++) {
    const it = new ExportCase()
    for (let i = 0; i < 500; i++) it.vault.write(`N/n${i}.md`, `text ${i}`)
    const abort = new AbortController()
    it.vault.before = (name, nth) => {
      if (name === 'exportNotes' && nth === at) {
        if (at % 2 === 0) throw new Error('killed')
        abort.abort()
      }
    }
    await it.run(abort).catch(() => null)
    for (const file of files(it.target).filter((name) => name.endsWith('.md'))) {
      expect(text(it.file(file))).toBe(`text ${/\d+/.exec(file)?.[0]}`)
    }
    it.vault.before = () => {}
    it.vault.write('N/n0.md', 'changed meanwhile')
    const report = await it.run()
    expect(report).toMatchObject({ notes: 500, leftAlone: [], problems: [] })
    expect(text(it.file('N/n0.md'))).toBe('changed meanwhile')
    expect(files(it.target).filter((name) => name.endsWith('.tmp') || name.endsWith('.log'))).toEqual([])
  }
})

test('killed between the announcement and the file: both the old and the new bytes count as ours', async () => {
  const it = await exported()
  it.vault.write('A.md', 'second')
  // the announcement of a run that was killed before it renamed
  const sha256 = '0'.repeat(64)
  writeFileSync(it.file('.throughline/receipt.log'), `${JSON.stringify({ path: 'A.md', sha256 })}\n{"path":"A.m`)
  expect(await it.run()).toMatchObject({ leftAlone: [], problems: [] })
  expect(text(it.file('A.md'))).toBe('second')
})

test.runIf(process.platform !== 'win32')('nothing is written outside: hostile paths and links', async () => {
  const it = await exported()
  const outside = folder()
  symlinkSync(outside, it.file('Linked'))
  symlinkSync(path.join(outside, 'target.md'), it.file('Link.md'))
  for (const at of ['../escaped.md', '/etc/x.md', 'Linked/x.md', 'Link.md', '.git/config', 'a/../../b.md', 'x\0y.md']) {
    it.vault.write(at, 'bad')
  }
  await it.attach('../../x.bin', new Uint8Array([1]))
  const report = await it.run()
  // No disk can hold the last of them: it has another name there.
  expect(report.renamed).toEqual([{ path: 'x\0y.md', name: 'x-y.md' }])
  expect(report.notes).toBe(3)
  expect(report.problems.length + report.leftAlone.length).toBe(7)
  expect(readdirSync(outside)).toEqual([])
  expect(readdirSync(path.dirname(it.target))).toEqual(['out'])
})

test('a note that could not be converted leaves the copy of an earlier export as it is, and ours', async () => {
  const it = await exported()
  const call = it.vault.port.call.bind(it.vault.port)
  const broken: typeof it.vault.port = {
    call: async (name, input) => {
      const answer = await call(name, input)
      if (name !== 'exportNotes') return answer
      const notes = answer as { path: string; bytes: Uint8Array; problem: string | null }[]
      const isBad = ({ path: at }: { path: string }) => at === 'A.md'
      return notes.map((note) =>
        isBad(note) ? { ...note, bytes: new Uint8Array(), problem: 'it could not be converted' } : note,
      ) as never
    },
  }
  it.vault.write('A.md', 'second')
  it.vault.write('Essays/B.md', 'second too')
  const report = await it.run(new AbortController(), '1', id, broken)
  expect(report.problems).toEqual([{ path: 'A.md', reason: 'it could not be converted' }])
  expect([text(it.file('A.md')), text(it.file('Essays/B.md'))]).toEqual(['a\r\n', 'second too'])
  expect(await it.run()).toMatchObject({ notes: 2, leftAlone: [], problems: [] })
  expect(text(it.file('A.md'))).toBe('second')
})

test('S9: a note whose state is not known yet is written, whatever the receipt says', async () => {
  const it = await exported()
  const call = it.vault.port.call.bind(it.vault.port)
  const unsure: typeof it.vault.port = {
    call: async (name, input) => {
      const answer = await call(name, input)
      if (name === 'exportPlan')
        for (const note of (answer as { notes: { docHash: string }[] }).notes) note.docHash = ''
      return answer
    },
  }
  await it.run(new AbortController(), '1', id, unsure)
  it.vault.write('A.md', 'typed before the crash')
  expect(await it.run(new AbortController(), '1', id, unsure)).toMatchObject({ written: 1 })
  expect(text(it.file('A.md'))).toBe('typed before the crash')
})

test.runIf(process.platform !== 'win32')(
  'the list of what is about to be written is no way out of the folder',
  async () => {
    const it = await exported()
    const outside = path.join(folder(), 'outside.txt')
    writeFileSync(outside, 'not ours')
    symlinkSync(outside, it.file('.throughline/receipt.log'))
    it.vault.write('A.md', 'second')
    expect(await it.run()).toMatchObject({ written: 1 })
    expect(text(outside)).toBe('not ours')
  },
)

test('an attachment whose bytes are damaged is a problem, never a damaged copy', async () => {
  const it = new ExportCase()
  await it.attach('x.bin', new Uint8Array([1, 2, 3]))
  writeFileSync(it.store.place(id, it.vault.files.get('x.bin')?.sha256 ?? ''), 'bad')
  const report = await it.run()
  expect(report.problems.map(({ path }) => path)).toEqual(['x.bin'])
  expect(existsSync(it.file('x.bin'))).toBe(false)
})
