import { FirstRunPage } from '../pages/first-run.ts'
import { NotePage } from '../pages/note.ts'
import { Shell } from '../pages/shell.ts'
import { acknowledgements, watchAcknowledgements } from '../support/ack-probe.ts'
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

test(`kill -9 while typing, ${ROUNDS} times: no acknowledged key is lost`, async ({ launchApp }) => {
  test.setTimeout(600_000)
  const first = await launchApp()
  await new FirstRunPage(first.window).emptyDoor.click()
  await new Shell(first.window).ready()
  await first.electron.close()

  const delays: number[] = []
  let written = ''
  for (let round = 0; round < ROUNDS; round++) {
    const { electron, window } = await launchApp()
    const shell = new Shell(window)
    const note = new NotePage(window)
    await shell.ready()
    await watchAcknowledgements(window)
    await shell.ready()
    if (round === 0) {
      await shell.press('Mod+n')
      await note.title.fill('Typed until the plug is pulled')
      await note.title.press('Enter')
    } else {
      await shell.open('Typed until the plug is pulled')
      await expect(note.text).toContainText(written.slice(0, 20))
      await note.text.click()
      await shell.press('Mod+End')
    }
    await expect(note.text).toBeFocused()
    const before = (await note.text.innerText()).trim()
    const start = (await acknowledgements(window)).sent.length

    let typed = ''
    const sentAt: number[] = []
    const type = async () => {
      const letter = LETTERS[typed.length % LETTERS.length] ?? 'x'
      sentAt.push(await window.evaluate(() => performance.now()))
      await window.keyboard.press(letter)
      typed += letter
    }
    const ackedKeys = async () => {
      const { acked } = await acknowledgements(window)
      return { acks: acked.length, keys: Math.max(0, ...acked.map(({ count }) => count)) - start }
    }
    while ((await ackedKeys()).acks < ACKNOWLEDGEMENTS) for (let n = 0; n < 20; n++) await type()
    for (let n = 0; n < KEYS_MORE; n++) await type()

    const { sent, acked } = await acknowledgements(window)
    const kept = Math.max(...acked.map(({ count }) => count)) - start
    const killedAt = await window.evaluate(() => performance.now())
    electron.process().kill('SIGKILL')
    for (const [n, at] of sentAt.entries()) {
      const covered = acked.find(({ count }) => count >= start + n + 1)
      if (covered) delays.push(covered.at - at)
    }
    expect(sent.length - start, 'each key is one update').toBe(typed.length)
    expect(acked.length).toBeGreaterThanOrEqual(ACKNOWLEDGEMENTS)

    const again = await launchApp()
    await new Shell(again.window).ready()
    await new Shell(again.window).open('Typed until the plug is pulled')
    const reopened = new NotePage(again.window)
    await expect(reopened.text).toContainText(before.slice(0, 20))
    const text = (await reopened.text.innerText()).trim()
    expect(text.startsWith(before), 'what was there before is still there').toBe(true)
    const found = text.slice(before.length)
    expect(typed.startsWith(found), 'what is found is what was typed, in order').toBe(true)
    expect(found.length, 'nothing acknowledged is lost').toBeGreaterThanOrEqual(kept)
    const firstMissing = sentAt[found.length]
    if (firstMissing !== undefined)
      expect(killedAt - firstMissing, 'at most a second of typing is missing').toBeLessThan(1_000)
    written = text
    await again.electron.close()
  }
  const p95 = percentile(delays, 0.95)
  test.info().annotations.push({
    type: 'key to acknowledgement',
    description: `p95 ${p95.toFixed(1)} ms, ${delays.length} keys`,
  })
  console.log(
    `key to acknowledgement: p50 ${percentile(delays, 0.5).toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, ${delays.length} keys`,
  )
  expect(p95).toBeLessThan(500)
})
