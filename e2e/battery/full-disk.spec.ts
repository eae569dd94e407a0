import { cp, mkdtemp } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { FirstRunPage } from '../pages/first-run.ts'
import { NotePage } from '../pages/note.ts'
import { Shell } from '../pages/shell.ts'
import type { LaunchedApp } from '../support/app.ts'
import { expect, test } from '../support/fixtures.ts'
import { randomOf, rounds, timeLimit } from './amounts.ts'
import { remove, storeFolder, vaultFolder } from './ground.ts'
import { report } from './results.ts'
import { block, hasSmallDisks, SmallDisk } from './small-disk.ts'
import { Typist } from './typist.ts'

const TITLE = 'Written on a full disk'
const BEFORE = 'There was room for this.'
/** ms until the person must see it. */
const VISIBLE_MS = 2_000
/** Chromium wants some room of its own before it takes anything. */
const MEGABYTES = 96

type Where = 'profile' | 'store' | 'journal'
type Case = { readonly name: string; readonly where: Where; readonly how: 'full' | 'read-only' | 'blocked' }

const CASES: readonly Case[] = [
  { name: 'the whole disk full', where: 'profile', how: 'full' },
  { name: 'the store’s disk full', where: 'store', how: 'full' },
  { name: 'the journal’s disk full', where: 'journal', how: 'full' },
  { name: 'the journal’s disk read-only', where: 'journal', how: 'read-only' },
]
const BLOCKED: Case = { name: 'the journal’s folder blocked', where: 'journal', how: 'blocked' }

const folderOf = (profile: string, where: Where): Promise<string> => {
  if (where === 'store') return storeFolder(profile).then((folder) => path.join(folder, 'IndexedDB'))
  if (where === 'journal') return vaultFolder(profile).then((folder) => path.join(folder, 'journal'))
  return Promise.resolve(profile)
}

/** A profile with one note in front, as it is left when the app was closed. */
async function makeBase(launchApp: (options: { profile: string }) => Promise<LaunchedApp>, profile: string) {
  const { electron, window } = await launchApp({ profile })
  await new FirstRunPage(window).emptyDoor.click()
  await new Shell(window).ready()
  await new Shell(window).press('Mod+n')
  await new NotePage(window).write(TITLE, BEFORE)
  await electron.close()
}

const fault = (window: Page) => window.getByRole('alert')

/** Types until the fault shows; ms from the first key that nothing could be saved of. */
async function typeUntilTold(window: Page, words: string): Promise<{ typed: string; ms: number }> {
  const started = performance.now()
  let typed = ''
  const isTold = () => fault(window).isVisible()
  for (let n = 0; !(await isTold()) && performance.now() - started < 15_000; n++) {
    typed += ` ${words}${n}`
    await window.keyboard.type(` ${words}${n}`)
  }
  return { typed, ms: performance.now() - started }
}

test('a disk that is full or read-only: said within 2 s, nothing typed is lost, and saving resumes by itself', async ({
  launchApp,
  profile: base,
}) => {
  const hasDisks = await hasSmallDisks()
  const cases = hasDisks ? CASES : [BLOCKED]
  const count = rounds({ short: 2, full: 20 })
  test.setTimeout(timeLimit(count, 60_000))
  const random = randomOf('full disk')
  await makeBase(launchApp, base)
  const result = { lost: 0, notOpened: 0, told: 0 }
  const told: number[] = []
  for (let round = 0; round < count; round++) {
    const { name, where, how } = cases[round % cases.length] ?? BLOCKED
    const profile = await mkdtemp(path.join(os.tmpdir(), 'throughline-full-'))
    let disk: SmallDisk | null = null
    let unblock = async () => {}
    const wrong: string[] = []
    try {
      if (where === 'profile' && hasDisks) disk = await SmallDisk.at(profile, MEGABYTES)
      const notSocket = (file: string) => !/\.sock$|^Singleton/.test(path.basename(file))
      await cp(base, profile, { recursive: true, filter: notSocket })
      if (where !== 'profile') {
        const folder = await folderOf(profile, where)
        if (how === 'blocked') unblock = await block(folder)
        else {
          const kept = `${folder}.kept`
          await cp(folder, kept, { recursive: true })
          disk = await SmallDisk.at(folder, MEGABYTES)
          await cp(kept, folder, { recursive: true })
          await remove(kept)
        }
      }
      if (how === 'read-only') disk?.setReadOnly(true)
      const { electron, window } = await launchApp({ profile })
      const shell = new Shell(window)
      await shell.ready()
      const note = new NotePage(window)
      const typist = await Typist.at(electron)
      await typist.ready(BEFORE)
      await note.text.click()
      await shell.press('Mod+End')
      if (how === 'full') await disk?.keepFull()
      const { typed, ms } = await typeUntilTold(window, `r${round}w`)
      told.push(ms)
      if (ms > VISIBLE_MS) wrong.push(`told after ${ms.toFixed(0)} ms`)
      else result.told++
      const more = ` typed while nothing could be saved, ${random.below(1e6)}`
      await window.keyboard.type(more)
      const all = BEFORE + typed + more
      if ((await note.text.innerText()).trim() !== all) wrong.push('the screen does not show what was typed')

      // until both walls have answered: what is typed last is in one of them, or said to be in neither
      let said = ''
      const hasAnswered = async () => {
        said = (await fault(window).allInnerTexts()).join(' ')
        return said.includes('in memory only') || (await typist.isKept())
      }
      await expect.poll(hasAnswered, { intervals: [50], message: 'kept, or said not to be' }).toBe(true)
      // Where one wall is said to be there, what it has survives a kill while the other still fails. On a full disk that
      // may be the journal as well: the last block of its file has some room.
      const isKilledFirst = !said.includes('in memory only') && random.next() < 0.5
      if (!isKilledFirst) {
        if (how === 'read-only') disk?.setReadOnly(false)
        await disk?.makeRoom()
        await unblock()
        unblock = async () => {}
        await expect(fault(window), 'saving resumes without a restart').toBeHidden({ timeout: 15_000 })
        await expect.poll(() => typist.isKept(), { intervals: [50] }).toBe(true)
      }
      const ended = new Promise((resolve) => electron.process().once('exit', resolve))
      electron.process().kill('SIGKILL')
      await ended
      if (isKilledFirst) {
        if (how === 'read-only') disk?.setReadOnly(false)
        await disk?.makeRoom()
        await unblock()
      }
      const again = await launchApp({ profile })
      await new Shell(again.window).ready()
      const found = new NotePage(again.window)
      await expect(found.text).toContainText(BEFORE)
      const text = (await found.text.innerText()).trim()
      if (text !== all) wrong.push(`${text.length} of ${all.length} letters after kill -9`)
      await again.electron.close()
      console.log(
        `${name}${isKilledFirst ? ', killed before there was room' : ''}: told after ${ms.toFixed(0)} ms: ${said}`,
      )
      for (const one of wrong) console.log(`wrong: ${name}: ${one}`)
    } finally {
      await disk?.makeRoom()
      disk?.end()
      await remove(profile)
    }
    if (wrong.length > 0) result.lost++
  }
  const note = `${hasDisks ? 'on a tmpfs' : 'no disk of our own here, a blocked folder instead'}; times are until it is said`
  await report({ row: 'full and read-only disks', rounds: count, ...result, times: told, note })
  expect(result).toMatchObject({ lost: 0, told: count })
})
