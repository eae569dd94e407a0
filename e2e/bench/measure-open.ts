import type { Locator, Page } from '@playwright/test'
import { NotePage } from '../pages/note.ts'
import { Shell } from '../pages/shell.ts'
import { callPort } from '../support/ports.ts'
import { LONG_WORDS, LONGEST_WORDS, plainText } from './corpus.ts'
import type { Ground } from './ground.ts'
import { must } from './must.ts'
import { type Row, sampled, single } from './rows.ts'
import { noteRow, showLongNotes } from './window.ts'

const NOTES = 20

/**
 * From the click on a note's row in the tree to the frame that shows the note's last sentence; each note once. Beside
 * the row of the budget, one for the longest note of the corpus.
 */
export async function measureOpen(ground: Ground): Promise<Row[]> {
  const { long } = await ground.corpus()
  const notes = long.filter(({ words }) => words === LONG_WORDS).slice(0, NOTES)
  const longest = long.find(({ words }) => words === LONGEST_WORDS)
  must(longest !== undefined, `the corpus has no note of ${LONGEST_WORDS} words`)
  return ground.withApp(async ({ window }) => {
    await showLongNotes(window)
    const samples: number[] = []
    for (const note of notes) samples.push(await openFrom(window, noteRow(window, note), note.end))
    must(samples.length === NOTES, `${samples.length} notes were opened`)
    const beside = `${LONG_WORDS} words, ${notes.length} notes, the first ${samples[0]?.toFixed(0)} ms`
    const longRow = await openFrom(window, noteRow(window, longest), longest.end)
    return [
      sampled('open-note', ground.notes, samples, 'p95', beside),
      single(`open-note-${LONGEST_WORDS}`, ground.notes, 'ms', longRow, `${LONGEST_WORDS} words, once; no budget`),
    ]
  })
}

const HUGE_WORDS = 100_000
const PASTED_BYTES = 500_000

/** Pastes 500 kB, and 100,000 words; the latter are opened anew after a start of the app. */
export async function measureHuge(ground: Ground): Promise<Row[]> {
  const end = 'The end of all this.'
  const text = plainText(HUGE_WORDS, end)
  const half = `${text.slice(0, PASTED_BYTES)}\n\nThe end of half.`
  const pasted = await ground.withApp(async ({ window }) => {
    await new Shell(window).ready()
    const ms = await pasteInNew(window, 'Half', half, 'The end of half.')
    await pasteInNew(window, 'Huge', text, end)
    // the next start opens this one again, and not the huge one
    await pasteInNew(window, 'Elsewhere', 'A word.', 'A word.')
    await callPort(window, 'vault', 'flush', {})
    return ms
  })
  const [opened, gap] = await ground.withApp(async ({ window }) => {
    await new Shell(window).ready()
    await new Shell(window).jump('Huge')
    const row = window.getByRole('option', { name: /^Huge, / }).first()
    await row.waitFor()
    const longest = await watchGaps(window)
    return [await openFrom(window, row, end), await longest()] as const
  })
  return [
    single(
      'paste',
      ground.notes,
      'ms',
      pasted,
      `${PASTED_BYTES / 1000} kB of Markdown, to the frame that shows it; no budget`,
    ),
    single(`open-note-${HUGE_WORDS}`, ground.notes, 'ms', opened, `${HUGE_WORDS} words, once; no budget`),
    single(
      `open-note-${HUGE_WORDS}-gap`,
      ground.notes,
      'ms',
      gap,
      'the longest time without an answer of the page meanwhile',
    ),
  ]
}

type Gaps = { benchGap?: number }

/** Has the page answer itself every few milliseconds; the answer is the longest that it took since. */
async function watchGaps(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const scope = window as unknown as Gaps
    scope.benchGap = 0
    let last = performance.now()
    const look = () => {
      const now = performance.now()
      scope.benchGap = Math.max(scope.benchGap ?? 0, now - last)
      last = now
      setTimeout(look)
    }
    look()
  })
  return () => page.evaluate(() => (window as unknown as Gaps).benchGap ?? 0)
}

async function pasteInNew(window: Page, title: string, text: string, end: string): Promise<number> {
  const note = new NotePage(window)
  await window.keyboard.press('ControlOrMeta+n')
  await note.begin(title)
  const ms = await note.text.evaluate(async (element, text) => {
    const data = new DataTransfer()
    data.setData('text/plain', text)
    const started = performance.now()
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
    await new Promise((resolve) => requestAnimationFrame(resolve))
    await new Promise((resolve) => setTimeout(resolve))
    return performance.now() - started
  }, text)
  await note.text.filter({ hasText: end }).waitFor()
  return ms
}

async function openFrom(window: Page, row: Locator, end: string): Promise<number> {
  await row.scrollIntoViewIfNeeded()
  await watchOpening(window, end)
  await row.click()
  return painted(window)
}

type Opening = { benchOpening?: Promise<number> }

/** Waits in the page for the next click, and from then on for `end` in a visible editor. */
async function watchOpening(page: Page, end: string): Promise<void> {
  await page.evaluate((end) => {
    const isShown = () =>
      [...document.querySelectorAll('[contenteditable="true"]')].some(
        (text) => text.checkVisibility() && text.textContent?.includes(end),
      )
    if (isShown()) throw new Error('the note is open already')
    const scope = window as unknown as Opening
    scope.benchOpening = new Promise((resolve) => {
      addEventListener(
        'click',
        ({ timeStamp }) => {
          const look = () => {
            if (!isShown()) {
              requestAnimationFrame(look)
              return
            }
            // Posted in the frame that shows it: heard when that frame has been painted.
            const { port1, port2 } = new MessageChannel()
            port1.onmessage = () => resolve(performance.now() - timeStamp)
            port2.postMessage(null)
          }
          requestAnimationFrame(look)
        },
        { capture: true, once: true },
      )
    })
  }, end)
}

const painted = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const { benchOpening } = window as unknown as Opening
    if (!benchOpening) throw new Error('nobody watches')
    return benchOpening
  })
