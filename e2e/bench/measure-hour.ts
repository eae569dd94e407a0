import type { Page } from '@playwright/test'
import { LONG_WORDS } from './corpus.ts'
import type { Ground } from './ground.ts'
import { must } from './must.ts'
import { type Row, single } from './rows.ts'
import { openLongNote } from './window.ts'

/** What a fast writer types in an hour. */
const KEYS = 20_000
const PARTS = 10

/**
 * The page's heap over an hour of writing, collected before each look: what a thousand keys leave behind once the
 * steps that undo keeps are full. The text that is typed stays, so the note grows as a writer's does.
 */
export async function measureHour(ground: Ground): Promise<Row[]> {
  const { long } = await ground.corpus()
  const note = long.find((each) => each.words === LONG_WORDS)
  must(note !== undefined, `the corpus has no note of ${LONG_WORDS} words`)
  return ground.withApp(async ({ window }) => {
    const text = await openLongNote(window, note)
    const before = ((await text.textContent()) ?? '').length
    await text.click()
    await window.keyboard.press('ControlOrMeta+End')
    const session = await window.context().newCDPSession(window)
    const heap = async (): Promise<number> => {
      await session.send('HeapProfiler.collectGarbage')
      const { usedSize } = await session.send('Runtime.getHeapUsage')
      return usedSize / 2 ** 20
    }
    const heaps = [await heap()]
    for (let part = 0; part < PARTS; part++) {
      await write(window, KEYS / PARTS)
      heaps.push(await heap())
    }
    const grew = ((await text.textContent()) ?? '').length - before
    must(grew > KEYS / 2, `of ${KEYS} keys the note grew by ${grew} characters`)
    const half = PARTS / 2
    const grown = ((heaps[PARTS] ?? Number.NaN) - (heaps[half] ?? Number.NaN)) / (KEYS / 2 / 1000)
    const beside = `a thousand keys, over the second half of ${KEYS}; heap ${heaps.map((mb) => mb.toFixed(1)).join(' ')}`
    return [single('type-heap', ground.notes, 'MB', grown, beside)]
  })
}

/** Sentences, paragraphs, corrections and steps taken back, by the keyboard. */
async function write(page: Page, keys: number): Promise<void> {
  const sentence = 'What was agreed on Monday still holds, as far as anybody can tell. '
  for (let key = 0; key < keys; key++) {
    if (key % 640 === 639) await page.keyboard.press('Enter')
    else if (key % 320 === 319) await page.keyboard.press('ControlOrMeta+z')
    else if (key % 9 === 8) await page.keyboard.press('Backspace')
    else await page.keyboard.press(sentence.charAt(key % sentence.length))
  }
}
