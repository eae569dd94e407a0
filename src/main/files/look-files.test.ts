import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolders } from '../../testing/temporary-folder.ts'
import { FileLook, lookHere } from './look-files.ts'
import { sha256Of } from './target.ts'

const folder = temporaryFolders()

test('content, size and time of files of any size; nothing for what is not there', async () => {
  const root = folder()
  const large = Buffer.alloc((4 << 20) + 17, 5)
  mkdirSync(path.join(root, 'Ünï'))
  writeFileSync(path.join(root, 'a.md'), 'a')
  writeFileSync(path.join(root, 'Ünï', 'large.bin'), large)
  utimesSync(path.join(root, 'a.md'), 1_700_000_000, 1_700_000_000)
  const told: number[] = []
  const paths = ['a.md', 'Ünï/large.bin', 'none.md', 'none/a.md', ...Array.from({ length: 30 }, (_, n) => `${n}.md`)]
  const options = { signal: new AbortController().signal, onProgress: (done: number) => told.push(done) }
  const seen = await lookHere({ root, paths }, options)
  expect(seen[0]).toEqual({ sha256: sha256Of(Buffer.from('a')), size: 1, modified: 1_700_000_000_000 })
  expect(seen[1]).toMatchObject({ sha256: sha256Of(large), size: large.length })
  expect(seen.slice(2).every((each) => each === null)).toBe(true)
  expect(told).toEqual([16, 32])
})

test.runIf(process.platform !== 'win32')('nothing is followed out of the folder, and a pipe is not waited for', () => {
  const root = folder()
  const outside = folder()
  writeFileSync(path.join(outside, 'secret.md'), 'secret')
  symlinkSync(outside, path.join(root, 'linked'))
  symlinkSync(path.join(outside, 'secret.md'), path.join(root, 'link.md'))
  execFileSync('mkfifo', [path.join(root, 'pipe.md')])
  mkdirSync(path.join(root, 'folder.md'))
  const look = new FileLook(root)
  for (const at of ['linked/secret.md', '../x', `..${outside}/secret.md`, '.git/x', ''])
    expect(look.look(at)).toBe(null)
  for (const at of ['link.md', 'pipe.md', 'folder.md']) expect(look.look(at)).toBe('other')
})
