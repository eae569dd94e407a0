import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { FakeVault } from '../../testing/fake-vault-calls.ts'
import { temporaryFolders } from '../../testing/temporary-folder.ts'
import { AttachmentStore } from '../attachments/attachment-store.ts'
import { profileAt } from '../store/profile.ts'
import { ExportCase, id } from './export-case.test-data.ts'
import { importFolder } from './import-folder.ts'
import { originalNames } from './original-names.ts'

const folder = temporaryFolders()

function withNames(content: string): string {
  const root = folder()
  mkdirSync(path.join(root, '.throughline'))
  writeFileSync(path.join(root, '.throughline', 'names.json'), content)
  return root
}

test('M6, M3: a portable copy that comes in again is the vault that it was made of, names and ids', async () => {
  const it = new ExportCase()
  for (const at of ['What now?.md', 'con.md', 'a: b/C.md', 'Plain.md']) it.vault.write(at, at)
  it.vault.sidecar = { 'ids.json': '{}' }
  await it.attach('Files/x*.png', Buffer.from('x'))
  await it.runWith({ portable: true })
  const again = new FakeVault()
  await importFolder({
    folder: it.target,
    vaultId: id,
    vault: again.port,
    attachments: new AttachmentStore(profileAt(folder())),
    signal: new AbortController().signal,
    onProgress: () => {},
  })
  const facts = (vault: FakeVault) => [...vault.notes.values()].map((note) => `${note.path} ${note.id}`).sort()
  expect(facts(again)).toEqual(facts(it.vault))
  expect([...again.files.keys()]).toEqual(['Files/x*.png'])
})

test('a list that anybody may have written leads nowhere', async () => {
  const names = {
    'a.md': '../../out.md',
    'b.md': '/etc/b.md',
    'c.md': 'd.md',
    'e.md': 'same.md',
    'f.md': 'same.md',
    'g.md': 'g.exe',
    'h.md': '.git/h.md',
    'gone.md': 'x.md',
    'ok.md': 'o?k.md',
  }
  const here = ['a.md', 'b.md', 'c.md', 'd.md', 'e.md', 'f.md', 'g.md', 'h.md', 'ok.md']
  const root = withNames(JSON.stringify({ version: 1, names }))
  expect(Object.fromEntries(await originalNames(root, here))).toEqual({ 'e.md': 'same.md', 'ok.md': 'o?k.md' })
})

test('no list, a broken one, or a link in its place: the files keep their names', async () => {
  for (const content of ['', '{', '[]', '{"names":{"a.md":1}}']) {
    expect((await originalNames(withNames(content), ['a.md'])).size).toBe(0)
  }
  expect((await originalNames(folder(), ['a.md'])).size).toBe(0)
})

test.runIf(process.platform !== 'win32')('a list behind a link is not read', async () => {
  const other = withNames('{"names":{"a.md":"b.md"}}')
  const root = folder()
  mkdirSync(path.join(root, '.throughline'))
  symlinkSync(path.join(other, '.throughline', 'names.json'), path.join(root, '.throughline', 'names.json'))
  expect((await originalNames(root, ['a.md'])).size).toBe(0)
})
