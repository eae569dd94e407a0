import { type FindQuery, type Found, findAll, findExpression } from '../../../../core/note/find-in-note.ts'

export type SearchQuestion = {
  readonly id: number
  readonly query: FindQuery
  readonly texts: readonly string[]
  readonly most: number
}
export type SearchAnswer = { readonly id: number; readonly found: readonly (readonly Found[])[] }

export type SearchResult =
  | { readonly is: 'found'; readonly found: readonly (readonly Found[])[] }
  /** `bad-pattern`: no expression. `slow`: it took longer than anybody would wait. `replaced`: another was asked. */
  | { readonly is: 'bad-pattern' | 'slow' | 'replaced' }

export type Searcher = {
  /** What each text holds, at most `most` places each. Words are looked for at once, patterns in a worker. */
  search(query: FindQuery, texts: readonly string[], most: number, done: (result: SearchResult) => void): void
  dispose(): void
}

/** ms after which a pattern is given up: some take longer than a life on a line of thirty letters. */
const LIMIT = 1500

export type SearchWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>

const startWorker = (): SearchWorker => new Worker(new URL('./find-worker.ts', import.meta.url), { type: 'module' })

export function createSearcher(start: () => SearchWorker = startWorker): Searcher {
  let worker: SearchWorker | null = null
  let asked = 0
  let waiting: { done: (result: SearchResult) => void; timer: ReturnType<typeof setTimeout> } | null = null

  const settle = (result: SearchResult) => {
    const { done, timer } = waiting ?? {}
    waiting = null
    clearTimeout(timer)
    done?.(result)
  }
  const end = () => {
    worker?.terminate()
    worker = null
  }

  return {
    search: (query, texts, most, done) => {
      // one that still looks for the former may never end
      if (waiting) end()
      settle({ is: 'replaced' })
      let expression: RegExp
      try {
        expression = findExpression(query)
      } catch {
        return done({ is: 'bad-pattern' })
      }
      if (!query.regex) return done({ is: 'found', found: texts.map((text) => findAll(expression, text, most)) })
      const id = ++asked
      worker ??= start()
      worker.onmessage = ({ data }: MessageEvent<SearchAnswer>) => {
        if (data.id === asked) settle({ is: 'found', found: data.found })
      }
      worker.onerror = () => {
        end()
        settle({ is: 'slow' })
      }
      const giveUp = () => {
        end()
        settle({ is: 'slow' })
      }
      waiting = { done, timer: setTimeout(giveUp, LIMIT) }
      worker.postMessage({ id, query, texts, most } satisfies SearchQuestion)
    },
    dispose: () => {
      end()
      settle({ is: 'replaced' })
    },
  }
}
