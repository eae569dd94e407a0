import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { vaultId } from '../../core/base/ids.ts'
import { NO_MAPPING } from '../../core/import/mapping.ts'
import { namedFiles } from '../../core/import/named-files.ts'
import { FakeVault } from '../../testing/fake-vault-calls.ts'
import { temporaryFolders } from '../../testing/temporary-folder.ts'
import { AttachmentStore } from '../attachments/attachment-store.ts'
import { profileAt } from '../store/profile.ts'
import { importFolder } from './import-folder.ts'
import { ImportPreviews } from './import-preview.ts'
import { openSource } from './import-source.ts'

const folder = temporaryFolders()
const signal = new AbortController().signal

function write(root: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true })
    writeFileSync(path.join(root, name), text)
  }
}

const NOTE = [
  '---',
  'cover: img/cover.jpg',
  'sound: "[[talk.mp3]]"',
  '---',
  '![[pic.png|200]] and ![x](img/My%20photo%20(1).png "t") and [a](<img/b c.pdf>)',
  '<img src="raw.svg"> [[Other]] [[other.md]] ![w](https://example.org/x.png) ![d](data:image/png;base64,AA)',
  '`![[code.png]]` ![up](../up.png) ![abs](/etc/hosts.png) ![[gone.png]] ![l](link.png) ![[deep/secret.png]]',
  '[ref]: ref.gif',
].join('\n')

test('X12: what a note names is found in each of its forms, and nothing of the web or in code', () => {
  expect(namedFiles(NOTE)).toEqual([
    'img/cover.jpg',
    'talk.mp3',
    'pic.png',
    'img/My photo (1).png',
    'img/b c.pdf',
    '../up.png',
    '/etc/hosts.png',
    'gone.png',
    'link.png',
    'deep/secret.png',
    'ref.gif',
    'raw.svg',
  ])
  for (const text of [
    '[['.repeat(1 << 18),
    ']('.repeat(1 << 18),
    'src="'.repeat(1 << 17),
    `---\n${'a: '.repeat(9000)}\n`,
  ]) {
    const start = process.cpuUsage().user
    namedFiles(text)
    expect(process.cpuUsage().user - start).toBeLessThan(3_000_000)
  }
})

test('X12: one note brings the files beside it that it names; nothing outside, nothing through a link', async () => {
  const root = folder()
  const outside = folder()
  write(outside, { 'secret.png': 'secret' })
  const own = path.join(root, 'Notes')
  write(own, {
    'a.md': NOTE,
    'other.md': '',
    'unnamed.png': '',
    'img/cover.jpg': '1',
    'media/talk.mp3': '2',
    'pic.png': '3',
    'media/pic.png': 'another',
    'img/My photo (1).png': '4',
    'img/b c.pdf': '5',
    'raw.svg': '6',
    'ref.gif': '7',
    'code.png': '8',
  })
  write(root, { 'up.png': 'up' })
  symlinkSync(path.join(outside, 'secret.png'), path.join(own, 'link.png'))
  symlinkSync(outside, path.join(own, 'deep'))

  const given = path.join(own, 'a.md')
  const preview = await new ImportPreviews(folder()).look(given, null, NO_MAPPING, signal, () => {})
  expect(preview).toMatchObject({ notes: 1, attachments: 7 })
  expect(preview.skipped.map(({ path: at }) => at).sort()).toEqual([
    '../up.png',
    '/etc/hosts.png',
    'deep/secret.png',
    'link.png',
  ])

  const source = await openSource(given, folder(), signal)
  const vault = new FakeVault()
  const report = await importFolder({
    folder: source.folder,
    source,
    vaultId: vaultId('vaultvault'),
    vault: vault.port,
    attachments: new AttachmentStore(profileAt(folder())),
    signal,
    onProgress: () => {},
  })
  expect([...vault.notes.keys()]).toEqual(['a.md'])
  expect([...vault.files.keys()].sort()).toEqual([
    'img/My photo (1).png',
    'img/b c.pdf',
    'img/cover.jpg',
    'media/talk.mp3',
    'pic.png',
    'raw.svg',
    'ref.gif',
  ])
  expect(report).toMatchObject({ notes: 1, attachments: 7 })
  expect(report.skipped).toHaveLength(4)

  // Swapped between the look and the copy.
  const late = { ...source, only: new Set(['a.md', 'link.png', 'deep/secret.png']) }
  const again = new FakeVault()
  const store = new AttachmentStore(profileAt(folder()))
  await importFolder({
    folder: source.folder,
    source: late,
    vaultId: vaultId('vaultvault'),
    vault: again.port,
    attachments: store,
    signal,
    onProgress: () => {},
  })
  expect([...again.files.keys()]).toEqual([])
})
