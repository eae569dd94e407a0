import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { FindQuery } from '../../../../core/note/find-in-note.ts'
import { createSearcher, type SearchQuestion, type SearchResult, type SearchWorker } from './search-texts.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const words: FindQuery = { query: 'a', regex: false, matchCase: false, wholeWords: false }
const pattern: FindQuery = { ...words, query: '(a+)+$', regex: true }

/** Workers that answer when they are told to. */
function workers() {
  const made: (SearchWorker & { asked: SearchQuestion[]; isEnded: boolean })[] = []
  const start = () => {
    const worker = {
      asked: [] as SearchQuestion[],
      isEnded: false,
      onmessage: null,
      onerror: null,
      postMessage: (question: SearchQuestion) => void worker.asked.push(question),
      terminate: () => {
        worker.isEnded = true
      },
    }
    made.push(worker)
    return worker as SearchWorker
  }
  const answer = (at: number) => {
    const worker = made[at]
    const id = worker?.asked.at(-1)?.id
    worker?.onmessage?.call(worker as never, { data: { id, found: [[]] } } as MessageEvent)
  }
  return { start, made, answer }
}

const looking = (start: () => SearchWorker) => {
  const searcher = createSearcher(start)
  const results: SearchResult['is'][] = []
  const look = (query: FindQuery) => searcher.search(query, ['aaa'], 10, ({ is }) => results.push(is))
  return { look, results, dispose: () => searcher.dispose() }
}

test('words are looked for at once, without a worker', () => {
  const { start, made } = workers()
  const { look, results } = looking(start)
  look(words)
  expect(results).toEqual(['found'])
  expect(made).toHaveLength(0)
})

test('a pattern that takes too long is given up with its worker, and the next one has another', () => {
  const { start, made, answer } = workers()
  const { look, results } = looking(start)
  look(pattern)
  vi.advanceTimersByTime(2000)
  expect(results).toEqual(['slow'])
  expect(made[0]?.isEnded).toBe(true)
  look(pattern)
  answer(1)
  expect(results).toEqual(['slow', 'found'])
  vi.advanceTimersByTime(2000)
  expect(made[1]?.isEnded).toBe(false)
})

test('another question ends the one that still runs, and no late answer is taken for it', () => {
  const { start, made, answer } = workers()
  const { look, results, dispose } = looking(start)
  look(pattern)
  look({ ...pattern, query: 'b' })
  expect(results).toEqual(['replaced'])
  expect(made[0]?.isEnded).toBe(true)
  answer(0)
  expect(results).toEqual(['replaced'])
  answer(1)
  expect(results).toEqual(['replaced', 'found'])
  look(pattern)
  dispose()
  expect(results).toEqual(['replaced', 'found', 'replaced'])
})

test('what is no expression is said to be none', () => {
  const { start, made } = workers()
  const { look, results } = looking(start)
  look({ ...pattern, query: '(a' })
  expect(results).toEqual(['bad-pattern'])
  expect(made).toHaveLength(0)
})
