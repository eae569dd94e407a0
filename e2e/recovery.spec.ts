import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { FirstRunPage } from './pages/first-run.ts'
import { NotePage } from './pages/note.ts'
import { Shell } from './pages/shell.ts'
import { expect, test } from './support/fixtures.ts'

/** Chromium's folder of the one vault's store: what it wipes when its disk was full, or its version older. */
async function storeFolder(profile: string): Promise<string> {
  const partitions = path.join(profile, 'Partitions')
  const [vault] = (await readdir(partitions)).filter((name) => name.startsWith('vault-'))
  return path.join(partitions, vault ?? 'none', 'IndexedDB')
}

const remove = (folder: string) => rm(folder, { recursive: true })

/** Turns over bytes in the middle of every file, as a failing disk does. */
async function garble(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = path.join(entry.parentPath, entry.name)
    const bytes = await readFile(file)
    for (let at = 10; at < bytes.length; at += 7) bytes[at] = (bytes[at] ?? 0) ^ 0xff
    await writeFile(file, bytes)
  }
}

/** The files that hold the tables, but not the list of them. */
async function removeTables(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && /\.(ldb|log)$/.test(entry.name)) await rm(path.join(entry.parentPath, entry.name))
  }
}

for (const [name, damage] of [
  ['deleted', remove],
  ['garbled', garble],
  ['without its tables', removeTables],
] as const) {
  test(`a store that is ${name} is restored from the journal, and the person is told`, async ({
    launchApp,
    profile,
  }) => {
    const { electron, window } = await launchApp()
    await new FirstRunPage(window).emptyDoor.click()
    const shell = new Shell(window)
    await shell.ready()
    await shell.press('Mod+n')
    await new NotePage(window).write('Refunds', 'Money goes back.')
    await shell.press('Mod+n')
    await new NotePage(window).write('Returns', 'Boots come back.')
    await electron.close()

    await damage(await storeFolder(profile))

    const again = await launchApp()
    const restored = new Shell(again.window)
    await restored.ready()
    await expect(again.window.getByText('were put back from the journal on this computer')).toBeVisible()
    for (const [title, text] of [
      ['Refunds', 'Money goes back.'],
      ['Returns', 'Boots come back.'],
    ] as const) {
      await restored.open(title)
      await expect(new NotePage(again.window).text).toHaveText(text)
    }
    await new NotePage(again.window).text.press('End')
    await again.window.keyboard.type(' And on.')
    await again.electron.close()

    const third = await launchApp()
    const after = new Shell(third.window)
    await after.ready()
    await after.open('Returns')
    await expect(new NotePage(third.window).text).toHaveText('Boots come back. And on.')
    await expect(third.window.getByText('put back from the journal')).toHaveCount(0)
  })
}
