import { expect, test } from 'vitest'
import { noteId, vaultId } from '../../core/base/ids.ts'
import type { DueReview, Notice } from './review-notices.ts'
import { FIRST_MS, noticeOf, ReviewNotices } from './review-notices.ts'

const ONE = vaultId('vault-one')
const TWO = vaultId('vault-two')
const review = (id: string, title: string, on = '2026-11-23'): DueReview => ({ id: noteId(id), title, on })

function setUp() {
  const state = {
    isOn: true,
    now: new Date(2026, 10, 23, 9, 30),
    due: new Map<string, DueReview[]>([[ONE, [review('pair', 'Pair on every migration')]]]),
    vaults: [ONE, TWO],
  }
  const shown: (Notice & { click: () => void })[] = []
  const opened: string[] = []
  const warned: string[] = []
  const waits: number[] = []
  let run: (() => void) | null = null
  const notices = new ReviewNotices({
    isOn: () => state.isOn,
    vaults: () => state.vaults,
    due: async (vault) => {
      const found = state.due.get(vault)
      if (vault === TWO && !found) throw new Error('no host: Secret title')
      return found ?? []
    },
    show: (notice, click) => shown.push({ ...notice, click }),
    open: (vault) => opened.push(vault),
    now: () => state.now,
    after: (ms, then) => {
      waits.push(ms)
      run = then
      return () => {
        run = null
      }
    },
    log: { info: () => {}, warn: (event, facts) => warned.push(JSON.stringify({ event, ...facts })), error: () => {} },
  })
  /** The next look, and all that it waits for. */
  const look = async () => {
    const then = run
    run = null
    then?.()
    for (let turn = 0; turn < 20; turn++) await Promise.resolve()
  }
  return { state, shown, opened, warned, waits, notices, look }
}

test('one notice for all that are due, and a click opens the commitments of the vault they are in', async () => {
  const it = setUp()
  it.state.due.set(TWO, [review('intake', 'One intake for platform asks')])
  await it.look()
  expect(it.shown).toMatchObject([
    { title: 'Two reviews are due', body: 'Pair on every migration and One intake for platform asks' },
  ])
  it.shown[0]?.click()
  expect(it.opened).toEqual([ONE])
})

test('nothing where it is off, and at once when it is turned on', async () => {
  const it = setUp()
  it.state.isOn = false
  await it.look()
  expect(it.shown).toEqual([])
  it.state.isOn = true
  it.notices.soon()
  expect(it.waits.at(-1)).toBe(0)
  await it.look()
  expect(it.shown).toHaveLength(1)
})

test('it looks after the start, hourly, and when a day begins; what was told is not told again that day', async () => {
  const it = setUp()
  it.state.due.set(TWO, [])
  expect(it.waits).toEqual([FIRST_MS])
  await it.look()
  expect(it.waits.at(-1)).toBe(60 * 60_000)
  await it.look()
  expect(it.shown).toHaveLength(1)
  it.state.due.set(ONE, [review('pair', 'Pair on every migration'), review('new', 'Another')])
  it.state.now = new Date(2026, 10, 23, 23, 50)
  await it.look()
  expect(it.shown.map(({ title }) => title)).toEqual(['One review is due', 'Two reviews are due'])
  expect(it.waits.at(-1)).toBe(10 * 60_000 + 1000)
  it.state.now = new Date(2026, 10, 24, 0, 0, 1)
  await it.look()
  expect(it.shown).toHaveLength(3)
})

test('a vault that does not answer costs no notice of the others, and the log gets no title', async () => {
  const it = setUp()
  await it.look()
  expect(it.shown).toHaveLength(1)
  expect(it.warned).toEqual(['{"event":"reviews.not-asked","code":"Error"}'])
})

test('nothing is due: nothing is said; stopped: nothing is planned', async () => {
  const it = setUp()
  it.state.due.set(ONE, [])
  it.state.due.set(TWO, [])
  await it.look()
  expect(it.shown).toEqual([])
  it.notices.stop()
  const planned = it.waits.length
  it.notices.soon()
  expect(it.waits).toHaveLength(planned)
})

test('many are a few titles and a number', () => {
  expect(noticeOf(['A', 'B', 'C'])).toEqual({ title: 'Three reviews are due', body: 'A, B and C' })
  expect(noticeOf(['A', 'B', 'C', 'D', 'E'])).toEqual({ title: 'Five reviews are due', body: 'A, B and three more' })
  expect(noticeOf(['A'])).toEqual({ title: 'One review is due', body: 'A' })
})
