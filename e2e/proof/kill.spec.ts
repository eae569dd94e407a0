import { FirstRunPage } from '../pages/first-run.ts'
import { NotePage } from '../pages/note.ts'
import { Shell } from '../pages/shell.ts'
import { acknowledgements, watchAcknowledgements } from '../support/ack-probe.ts'
import type { LaunchedApp } from '../support/app.ts'
import { expect, test } from '../support/fixtures.ts'

const ROUNDS = 20
const ACKNOWLEDGEMENTS = 200
/** Keys typed after the acknowledgements are there, so that the kill falls while somebody types. */
const KEYS_MORE = 10
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

const percentile = (samples: readonly number[], share: number): number => {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN
}

type Round = {
  /** The text before the round, what was typed in it, and how many of its keys were acknowledged. */
  readonly before: string
  readonly typed: string
  readonly kept: number
  /** Page time of each key and of the kill. */
  readonly keys: readonly number[]
  readonly killedAt: number
}

const TITLE = 'Typed until the plug is pulled'

/** Types until there are enough acknowledgements and a little more, and kills the app there. */
async function typeAndKill({ electron, window }: LaunchedApp, delays: number[]): Promise<Round> {
  const note = new NotePage(window)
  const before = (await note.text.innerText()).trim()
  const start = (await acknowledgements(window)).sent.length
  let typed = ''
  const type = async (keys: number) => {
    const letters = Array.from({ length: keys }, (_, n) => LETTERS[(typed.length + n) % LETTERS.length] ?? 'x').join('')
    await window.keyboard.type(letters)
    typed += letters
  }
  while ((await acknowledgements(window)).acked.length < ACKNOWLEDGEMENTS) await type(20)
  await type(KEYS_MORE)

  const { sent, acked, keys, now } = await acknowledgements(window)
  electron.process().kill('SIGKILL')
  const kept = Math.max(...acked.map(({ count }) => count)) - start
  const ownKeys = keys.slice(-typed.length)
  for (const [n, at] of ownKeys.entries()) {
    const covering = acked.find(({ count }) => count >= start + n + 1)
    if (covering) delays.push(covering.at - at)
  }
  expect(sent.length - start, 'each key is one update').toBe(typed.length)
  expect(acked.length).toBeGreaterThanOrEqual(ACKNOWLEDGEMENTS)
  return { before, typed, kept, keys: ownKeys, killedAt: now }
}

/** What the app shows after the kill, against what it had acknowledged before it. */
function compare({ before, typed, kept, keys, killedAt }: Round, text: string): void {
  expect(text.startsWith(before), 'what was there before is still there').toBe(true)
  const found = text.slice(before.length)
  expect(typed.startsWith(found), 'what is found is what was typed, in order').toBe(true)
  expect(found.length, 'nothing acknowledged is lost').toBeGreaterThanOrEqual(kept)
  const firstMissing = keys[found.length]
  if (firstMissing !== undefined)
    expect(killedAt - firstMissing, 'at most a second of typing is missing').toBeLessThan(1_000)
}

test(`kill -9 while typing, ${ROUNDS} times: no acknowledged key is lost`, async ({ launchApp }) => {
  test.setTimeout(900_000)
  const first = await launchApp()
  await new FirstRunPage(first.window).emptyDoor.click()
  await new Shell(first.window).ready()
  await first.electron.close()

  const delays: number[] = []
  let last: Round | null = null
  for (let round = 0; round <= ROUNDS; round++) {
    const app = await launchApp()
    const shell = new Shell(app.window)
    const note = new NotePage(app.window)
    await shell.ready()
    await watchAcknowledgements(app.window)
    await shell.ready()
    if (last) {
      await shell.open(TITLE)
      await expect(note.text).toContainText(last.typed.slice(0, 20))
      compare(last, (await note.text.innerText()).trim())
      await note.text.click()
      await shell.press('Mod+End')
    } else {
      await shell.press('Mod+n')
      await note.begin(TITLE)
    }
    await note.takesText()
    if (round < ROUNDS) last = await typeAndKill(app, delays)
    else await app.electron.close()
  }
  const [p50, p95] = [percentile(delays, 0.5), percentile(delays, 0.95)]
  console.log(`key to acknowledgement: p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, ${delays.length} keys`)
  expect(p95).toBeLessThan(500)
})
