import { readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolders } from '../../testing/temporary-folder.ts'
import { removeLeftOvers, temporaryBeside } from './atomic.ts'

const folder = temporaryFolders()

test('what a killed run left half-written is removed; what somebody may still write, and everything else, stays', async () => {
  const root = folder()
  const own = path.basename(temporaryBeside(path.join(root, 'any')))
  const living = `.throughline-${process.ppid}-1.tmp`
  // larger than the numbers that Linux, macOS and Windows give to processes
  const dead = '.throughline-99999999-3.tmp'
  for (const name of [own, living, dead, 'note.md', '.throughline-x.tmp', '.other.tmp'])
    writeFileSync(path.join(root, name), 'x')
  await removeLeftOvers(root)
  expect(readdirSync(root).sort()).toEqual([own, living, 'note.md', '.throughline-x.tmp', '.other.tmp'].sort())
  await removeLeftOvers(path.join(root, 'nowhere'))
})
