import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { _electron, type Page } from '@playwright/test'
import { build } from 'vite'
import { chromiumFlags } from '../support/app.ts'
import { callPort } from '../support/ports.ts'
import { LONG_WORDS, LONGEST_WORDS, type LongNote, random } from './corpus.ts'
import type { Ground } from './ground.ts'
import { must } from './must.ts'
import { percentile, type Row, rounded, sampled, single } from './rows.ts'
import { editor, openLongNote } from './window.ts'

const WARM_UP = 40
const KEYS = 200
const ROUNDS = 4
const GAP_MS = { from: 25, to: 55 }

/**
 * Keystroke to paint at the end of a note, in the app and in bare Lexical. Both are open at the same time and take
 * turns, so that a machine that slows down slows down both.
 */
export async function measureType(ground: Ground): Promise<Row[]> {
  const { long } = await ground.corpus()
  return withFloor(ground, async (newFloorPage) => {
    const rows: Row[] = []
    for (const words of [LONG_WORDS, LONGEST_WORDS]) {
      const note = long.find((note) => note.words === words)
      must(note !== undefined, `the corpus has no note of ${words} words`)
      rows.push(...(await ground.withApp(({ window }) => typeIn(ground, note, window, newFloorPage))))
    }
    return rows
  })
}

async function typeIn(
  ground: Ground,
  note: LongNote,
  window: Page,
  newFloorPage: (note: LongNote) => Promise<Page>,
): Promise<Row[]> {
  const floorPage = await newFloorPage(note)
  await openLongNote(window, note)
  const app = await typist(window, note.words)
  const floor = await typist(floorPage, note.words)
  for (const { type } of [app, floor]) await type(WARM_UP)
  await Promise.all([app.samples(), floor.samples()])
  for (let round = 0; round < ROUNDS; round++) for (const { type } of [floor, app]) await type(KEYS / ROUNDS)

  const [ours, bare] = await Promise.all([app.samples(), floor.samples()])
  must(ours.length === KEYS && bare.length === KEYS, `${ours.length} and ${bare.length} of ${KEYS} keys were painted`)
  must((await editor(floorPage).textContent())?.endsWith(note.end + floor.typed()) === true, 'bare Lexical lost keys')
  must((await editor(window).textContent())?.includes(note.end + app.typed()) === true, 'the app lost keys')
  await callPort(window, 'vault', 'flush', {})
  const { id } = await callPort<{ id: string }>(window, 'vault', 'find', { name: note.title })
  const { markdown } = await callPort<{ markdown: string }>(window, 'vault', 'showMarkdown', { id })
  must(markdown.includes((note.end + app.typed()).trimEnd()), 'what was typed is not stored')

  const name = note.words === LONG_WORDS ? 'type' : `type-${note.words}`
  const ratio = percentile(ours, 0.5) / percentile(bare, 0.5)
  const words = `${note.words} words`
  const bareText = `bare Lexical p50 ${rounded(percentile(bare, 0.5))}, p95 ${rounded(percentile(bare, 0.95))}`
  return [
    sampled(name, ground.notes, ours, 'p95', `${words}; ${bareText}`),
    single(`${name}-ratio`, ground.notes, 'ratio', ratio, `${words}; p50 against bare Lexical in the same run`),
  ]
}

/** A Chromium of the same runtime with an empty window, for pages of bare Lexical. */
async function withFloor<T>(ground: Ground, use: (open: (note: LongNote) => Promise<Page>) => Promise<T>): Promise<T> {
  const folder = await ground.emptyFolder('floor')
  await build({
    root: path.join(import.meta.dirname, 'floor'),
    configFile: false,
    logLevel: 'warn',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: 'chrome130',
      minify: true,
      lib: { entry: 'page.ts', formats: ['iife'], name: 'floor', fileName: () => 'floor.js' },
    },
  })
  const profile = path.join(folder, 'profile')
  await mkdir(profile)
  const electron = await _electron.launch({
    args: [...chromiumFlags(profile), ...ground.flags, path.join(import.meta.dirname, 'floor/main.mjs')],
    chromiumSandbox: process.platform !== 'linux' || process.getuid?.() !== 0,
  })
  try {
    const page = await electron.firstWindow()
    return await use(async ({ markdown, end }) => {
      await page.goto('about:blank')
      await page.addScriptTag({ path: path.join(folder, 'floor.js') })
      await page.evaluate((markdown) => {
        ;(window as unknown as { floor: { openBareEditor(markdown: string): void } }).floor.openBareEditor(markdown)
      }, markdown)
      await editor(page).filter({ hasText: end }).waitFor()
      return page
    })
  } finally {
    await electron.close()
  }
}

type Typist = {
  /** Presses so many keys, one after the other, with the gaps of a fast writer. */
  readonly type: (keys: number) => Promise<void>
  readonly typed: () => string
  /** Takes the times since the last call, ms. */
  readonly samples: () => Promise<number[]>
}

type Probe = { benchKeys?: number[] }

/** The probe of facts/storage.md at the end of the text, with the same keys and gaps for whoever types. */
async function typist(page: Page, seed: number): Promise<Typist> {
  const next = random(seed)
  let [typed, left] = ['', 0]
  await editor(page).focus()
  await page.keyboard.press('ControlOrMeta+End')
  await page.evaluate(() => {
    const times: number[] = []
    ;(window as unknown as Probe).benchKeys = times
    const onKey = ({ timeStamp }: KeyboardEvent) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => times.push(performance.now() - timeStamp)
        port2.postMessage(null)
      })
    }
    addEventListener('keydown', onKey, { capture: true })
  })
  const key = () => {
    if (left-- === 0) {
      left = 2 + Math.floor(next() * 7)
      return ' '
    }
    return String.fromCharCode(97 + Math.floor(next() * 26))
  }
  return {
    type: async (keys) => {
      for (let n = 0; n < keys; n++) {
        const pressed = key()
        await page.keyboard.press(pressed === ' ' ? 'Space' : pressed)
        typed += pressed
        await sleep(GAP_MS.from + next() * (GAP_MS.to - GAP_MS.from))
      }
    },
    typed: () => typed,
    samples: () =>
      page.evaluate(async () => {
        // The last key may still be on its way to the screen.
        await new Promise((resolve) => requestAnimationFrame(resolve))
        await new Promise((resolve) => requestAnimationFrame(resolve))
        const times = (window as unknown as Probe).benchKeys ?? []
        return times.splice(0)
      }),
  }
}
