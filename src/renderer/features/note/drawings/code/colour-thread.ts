import type { ColourAnswer, ColourRequest, Tokens } from './tokens.ts'

/** A grammar can be led into work without end; what takes longer than this stays plain. */
const PATIENCE_MS = 3_000

type Waiting = { readonly text: string; readonly done: (tokens: Tokens) => void }

let worker: Worker | null = null
let isReady = false
let lastId = 0
const waiting = new Map<number, Waiting>()
let patience: ReturnType<typeof setTimeout> | undefined
/** Texts that took too long, with their language. */
const hopeless = new Set<string>()

/** The coloured pieces of a text, told apart in a thread of its own; none where that takes too long. */
export function tokensFor(language: string, text: string): Promise<Tokens> {
  if (hopeless.has(`${language} ${text}`)) return Promise.resolve([])
  return new Promise((done) => {
    lastId += 1
    waiting.set(lastId, { text: `${language} ${text}`, done })
    worker ??= start()
    worker.postMessage({ id: lastId, language, text } satisfies ColourRequest)
    if (waiting.size === 1) wait()
  })
}

function start(): Worker {
  const worker = new Worker(new URL('./code-worker.ts', import.meta.url), { type: 'module' })
  isReady = false
  worker.addEventListener('message', ({ data }: MessageEvent<ColourAnswer | 'ready'>) => {
    // how long it takes to start says nothing about what it was asked
    if (data === 'ready') {
      isReady = true
      wait()
      return
    }
    waiting.get(data.id)?.done(data.tokens)
    waiting.delete(data.id)
    wait()
  })
  return worker
}

/** The worker answers in order: the first of those who wait is the one that it is at. */
function wait(): void {
  clearTimeout(patience)
  const first = waiting.values().next().value
  if (first && isReady) patience = setTimeout(() => giveUp(first), PATIENCE_MS)
}

function giveUp(first: Waiting): void {
  worker?.terminate()
  worker = null
  hopeless.add(first.text)
  for (const { done } of waiting.values()) done([])
  waiting.clear()
}
