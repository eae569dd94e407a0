import type { Page } from '@playwright/test'
import { LONG_WORDS } from './corpus.ts'
import type { Ground } from './ground.ts'
import { must } from './must.ts'
import { type Row, sampled } from './rows.ts'
import { noteRow, showLongNotes } from './window.ts'

const NOTES = 20

/** From the click on a note's row in the tree to the frame that shows the note's last sentence; each note once. */
export async function measureOpen(ground: Ground): Promise<Row[]> {
  const { long } = await ground.corpus()
  const notes = long.filter(({ words }) => words === LONG_WORDS).slice(0, NOTES)
  return ground.withApp(async ({ window }) => {
    await showLongNotes(window)
    const samples: number[] = []
    for (const note of notes) {
      const row = noteRow(window, note)
      await row.scrollIntoViewIfNeeded()
      await watchOpening(window, note.end)
      await row.click()
      samples.push(await painted(window))
    }
    must(samples.length === NOTES, `${samples.length} notes were opened`)
    return [
      sampled(
        'open-note',
        ground.notes,
        samples,
        'p95',
        `${LONG_WORDS} words, ${notes.length} notes, the first ${samples[0]?.toFixed(0)} ms`,
      ),
    ]
  })
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
