import { chmod, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { temporaryFolders } from '../../testing/temporary-folder.ts'
import { openAttachment } from './open-attachment.ts'

const temporaryFolder = temporaryFolders()

async function open(name: string, problem = '', folder = temporaryFolder()) {
  const file = path.join(folder, 'stored')
  await writeFile(file, 'words')
  const seen: { opened: string[]; shown: string[] } = { opened: [], shown: [] }
  const result = openAttachment({
    name,
    sha256: 'a'.repeat(64),
    file,
    scratch: path.join(folder, 'scratch'),
    openPath: async (place) => {
      seen.opened.push(place)
      return problem
    },
    showInFolder: (place) => seen.shown.push(place),
  })
  return { result, seen, folder }
}

it('opens a copy under its own name, never the stored file', async () => {
  const { result, seen, folder } = await open('Attachments/The plan.pdf')
  expect(await result).toEqual({ opened: true })
  const [copy = ''] = seen.opened
  expect(path.basename(copy)).toBe('The plan.pdf')
  await writeFile(copy, 'changed by a program')
  expect(await readFile(path.join(folder, 'stored'), 'utf8')).toBe('words')
})

it('the copy is read-only, and a fresh one each time', async () => {
  const { result, seen, folder } = await open('plan.txt')
  await result
  const [copy = ''] = seen.opened
  expect((await stat(copy)).mode & 0o222).toBe(0)
  await chmod(copy, 0o644)
  await writeFile(copy, 'changed by a program')
  await (await open('plan.txt', '', folder)).result
  expect(await readFile(copy, 'utf8')).toBe('words')
})

it.each(['run.exe', 'run.sh', 'page.html', 'link.desktop', 'macro.docm', 'no-ending', 'app.AppImage'])(
  'only shows where it lies: %s',
  async (name) => {
    const { result, seen } = await open(name)
    expect(await result).toEqual({ opened: false })
    expect(seen).toMatchObject({ opened: [], shown: [expect.stringContaining('scratch')] })
  },
)

it('a name that leads elsewhere leads nowhere, and what no program opens is named', async () => {
  const { result, seen, folder } = await open('../../evil.txt', 'no program')
  await expect(result).rejects.toThrow(/“evil\.txt”/)
  expect(seen.opened[0]?.startsWith(path.join(folder, 'scratch'))).toBe(true)
})
