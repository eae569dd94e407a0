import { callPort, timedCalls } from '../support/ports.ts'
import type { Ground } from './ground.ts'
import { must } from './must.ts'
import { percentile, type Row, rounded, sampled } from './rows.ts'

type Answer = { readonly total: number; readonly ms: number }

const inside = (answers: readonly { value: Answer }[]) => {
  const times = answers.map(({ value }) => value.ms)
  return `inside the index p50 ${rounded(percentile(times, 0.5))}, p95 ${rounded(percentile(times, 0.95))}`
}

/** Each query once, from the page and back, with the snippets of the first 20 rows. */
export async function measureSearch(ground: Ground): Promise<Row[]> {
  const { queries } = await ground.corpus()
  return ground.withApp(async ({ window }) => {
    // The first question of a session also opens the index.
    await callPort(window, 'index', 'search', { query: 'nowhere', limit: 20, prefix: true })
    const inputs = queries.map((query) => ({ query, limit: 20, prefix: true }))
    const answers = await timedCalls<Answer & { hits: unknown[] }>(window, 'index', 'search', inputs)
    answers.forEach(({ value }, n) => {
      must(value.total > 0 && value.hits.length > 0, `query ${n + 1} found nothing`)
    })
    const totals = answers.map(({ value }) => value.total)
    const beside = `${inside(answers)}; ${Math.min(...totals)} to ${Math.max(...totals)} hits`
    return [
      sampled(
        'search',
        ground.notes,
        answers.map(({ ms }) => ms),
        'p95',
        beside,
      ),
    ]
  })
}

const TIMES = 50

/** The backlinks of the note that most notes link to, with their sentences. */
export async function measureBacklinks(ground: Ground): Promise<Row[]> {
  const { hub } = await ground.corpus()
  return ground.withApp(async ({ window }) => {
    const { id } = await callPort<{ id: string }>(window, 'vault', 'find', { name: hub.title })
    const inputs = Array.from({ length: TIMES }, () => ({ id }))
    const answers = await timedCalls<Answer>(window, 'index', 'backlinks', inputs)
    const total = answers[0]?.value.total
    must(total === hub.sources, `${total} of ${hub.sources} backlinks were found`)
    const beside = `${inside(answers)}; ${total} backlinks`
    return [
      sampled(
        'backlinks',
        ground.notes,
        answers.map(({ ms }) => ms),
        'p95',
        beside,
      ),
    ]
  })
}
