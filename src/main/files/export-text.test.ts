import { expect, test } from 'vitest'
import { noteId } from '../../core/base/ids.ts'
import { FakeVault } from '../../testing/fake-vault-calls.ts'
import { countExport, markdownOf } from './export-text.ts'

function filled() {
  const vault = new FakeVault()
  vault.write('B.md', '---\r\nx: 1\r\n---\r\nb ![[pic.png]]\r\n')
  vault.write('A -- x-->.md', 'a\n')
  for (const path of ['pic.png', 'Sub/other.png']) vault.files.set(path, { path, sha256: '', size: 1 })
  const scope = (...paths: string[]) => ({
    key: 'x',
    ids: new Set(paths.map((path) => noteId(vault.notes.get(path)?.id ?? ''))),
  })
  return { vault, scope }
}

test('one note is on the clipboard as its file is; several stand behind their names, in order', async () => {
  const { vault, scope } = filled()
  const one = await markdownOf(scope('B.md'), vault.port)
  expect(one).toEqual({ notes: 1, text: '---\r\nx: 1\r\n---\r\nb ![[pic.png]]\r\n' })
  const both = await markdownOf(scope('B.md', 'A -- x-->.md'), vault.port)
  expect(both.notes).toBe(2)
  expect(both.text.startsWith('<!-- A - x->.md -->\n\na\n\n<!-- B.md -->\n\n---')).toBe(true)
})

test('more than a clipboard holds is refused', async () => {
  const { vault, scope } = filled()
  vault.write('Large.md', 'x'.repeat((16 << 20) + 1))
  await expect(markdownOf(scope('Large.md'), vault.port)).rejects.toMatchObject({ code: 'too-many' })
})

test('counts are of the notes and of the attachments that they name', async () => {
  const { vault, scope } = filled()
  expect(await countExport(scope('B.md'), vault.port)).toEqual({ notes: 1, attachments: 1 })
  expect(await countExport(scope('A -- x-->.md'), vault.port)).toEqual({ notes: 1, attachments: 0 })
})
