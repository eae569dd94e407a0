import type { ElectronApplication } from '@playwright/test'
import { FirstRunPage } from '../pages/first-run.ts'
import { NotePage } from '../pages/note.ts'
import { Shell } from '../pages/shell.ts'
import type { LaunchedApp } from '../support/app.ts'
import { expect, test } from '../support/fixtures.ts'
import { hostPid } from '../support/host.ts'
import { keepsNote } from '../support/kept-window.ts'
import { randomOf, rounds, timeLimit } from './amounts.ts'
import { loadDeadWindow, windowPid } from './page-script.ts'
import { report } from './results.ts'
import { type Typed, Typist, typedText } from './typist.ts'

const ACKNOWLEDGEMENTS = 200
/** ms between two keys. */
const EVERY = 4
/** Of one host before the app is started anew: more of them in a minute, and it is given up, in words. */
const DEATHS = 3
const FIRST = 'Written before the plug is pulled.'

/** Paragraphs that must be there. What was not acknowledged may be there or not, and counts once it was found. */
class Written {
  #paragraphs: string[] = [FIRST]
  lost = 0

  /** The round's paragraph against what is found of it after the kill. */
  judge(found: readonly string[], { kept, keys }: Typed): void {
    const before = found.slice(0, this.#paragraphs.length)
    const last = found[this.#paragraphs.length] ?? ''
    const isWhole =
      JSON.stringify(before) === JSON.stringify(this.#paragraphs) &&
      found.length <= this.#paragraphs.length + 1 &&
      last === typedText(last.length) &&
      last.length >= kept
    if (!isWhole) {
      this.lost++
      console.log(`lost: ${last.length} letters found, ${kept} acknowledged of ${keys}, ${found.length} paragraphs`)
    }
    this.#paragraphs = [...found]
  }
}

async function newNote({ window }: Pick<LaunchedApp, 'window'>, profile: string): Promise<void> {
  await new FirstRunPage(window).emptyDoor.click()
  const shell = new Shell(window)
  await shell.ready()
  await shell.press('Mod+n')
  await new NotePage(window).write('Typed until the plug is pulled', FIRST)
  // it is the one that is opened again
  await expect.poll(() => keepsNote(profile)).toBe(true)
}

/** Paragraphs of the note once the window shows it, whatever it shows of it. */
const shown = (typist: Typist) => typist.ready(FIRST)

test('kill -9 of the app while typing: no acknowledged key is lost', async ({ launchApp, profile }) => {
  const count = rounds({ short: 1, full: 100 })
  test.setTimeout(timeLimit(count, 20_000))
  const random = randomOf('kill app')
  const first = await launchApp()
  await newNote(first, profile)
  await first.electron.close()
  const written = new Written()
  const times: number[] = []
  let typed: Typed | null = null
  for (let round = 0; round <= count; round++) {
    const started = performance.now()
    const { electron, window } = await launchApp()
    await new Shell(window).ready()
    if (typed) times.push(performance.now() - started)
    const typist = await Typist.at(electron)
    const found = await shown(typist)
    if (typed) written.judge(found, typed)
    if (round === count) break
    typed = await typist.typeUntil(ACKNOWLEDGEMENTS, random.between(0, 500), EVERY)
    const ended = new Promise((resolve) => electron.process().once('exit', resolve))
    electron.process().kill('SIGKILL')
    await ended
  }
  await report({
    row: 'kill -9 of the app while typing',
    rounds: count,
    lost: written.lost,
    notOpened: 0,
    told: null,
    times,
  })
  expect(written.lost).toBe(0)
})

async function killWindow(electron: ElectronApplication): Promise<void> {
  const pid = await windowPid(electron)
  process.kill(pid, 'SIGKILL')
  const read = async () => {
    await loadDeadWindow(electron)
    const now = await windowPid(electron)
    return now !== 0 && now !== pid
  }
  await expect.poll(read, { intervals: [100] }).toBe(true)
}

test('kill -9 of the window’s process while typing: no acknowledged key is lost', async ({ launchApp, profile }) => {
  const count = rounds({ short: 1, full: 100 })
  test.setTimeout(timeLimit(count, 20_000))
  const random = randomOf('kill window')
  const app = await launchApp()
  await newNote(app, profile)
  const typist = await Typist.at(app.electron)
  await shown(typist)
  const written = new Written()
  const times: number[] = []
  for (let round = 0; round < count; round++) {
    const typed = await typist.typeUntil(ACKNOWLEDGEMENTS, random.between(0, 500), EVERY)
    const started = performance.now()
    await killWindow(app.electron)
    const found = await shown(typist)
    times.push(performance.now() - started)
    written.judge(found, typed)
  }
  await report({
    row: 'kill -9 of the window while typing',
    rounds: count,
    lost: written.lost,
    notOpened: 0,
    told: null,
    times,
  })
  expect(written.lost).toBe(0)
})

test('kill -9 of the host’s process while typing: no key is lost, and with the window no acknowledged one', async ({
  launchApp,
  profile,
}) => {
  const count = rounds({ short: 2, full: 100 })
  test.setTimeout(timeLimit(count, 20_000))
  const random = randomOf('kill host')
  let { electron, window } = await launchApp()
  await newNote({ window }, profile)
  let typist = await Typist.at(electron)
  await shown(typist)
  const written = new Written()
  const times: number[] = []
  for (let round = 0; round < count; round++) {
    if (round > 0 && round % DEATHS === 0) {
      await electron.close()
      ;({ electron, window } = await launchApp())
      await new Shell(window).ready()
      typist = await Typist.at(electron)
      await shown(typist)
    }
    const former = await hostPid(electron)
    let typed = await typist.typeUntil(ACKNOWLEDGEMENTS, random.between(0, 500), EVERY)
    const started = performance.now()
    process.kill(former, 'SIGKILL')
    if (round % 2 === 0) {
      // The window lives: it goes on typing, and gives the new host what it lacks.
      await hostPid(electron, former)
      times.push(performance.now() - started)
      const keys = await typist.stop()
      typed = { ...typed, keys, kept: keys }
    } else {
      // Nobody is left who could make up for what the host did not store.
      await killWindow(electron)
      await hostPid(electron, former)
    }
    const found = await shown(typist)
    if (round % 2 === 1) times.push(performance.now() - started)
    written.judge(found, typed)
  }
  await report({
    row: 'kill -9 of the host while typing',
    rounds: count,
    lost: written.lost,
    notOpened: 0,
    told: null,
    times,
    note: 'every second one together with the window',
  })
  expect(written.lost).toBe(0)
})
