import { test } from 'vitest'
import { makePin } from '/tmp/h6store/main/src/core/evidence/pin-state.ts'
import { idOf, memoryIndex, noteAt } from '/tmp/h6store/main/src/index/test-support.ts'
test('bench', () => {
  let seed = 7
  const r = (n: number) => { seed = (seed * 1103515245 + 12345) & 0x7fffffff; return seed % n }
  const N = 10000
  const words = Array.from({length: 700}, (_, i) => `word${r(5000)}`).join(' ')
  const index = memoryIndex()
  const kinds = ['note','note','note','note','essay','essay','example','example','example','commitment'] as const
  const verbs = ['mentions','mentions','mentions','mentions','illustrates','challenges','rests_on','derived_from','tried_in','illustrated_by']
  const t0 = process.cpuUsage()
  const make = (i: number, extra = '') => {
    const kind = kinds[i % 10]!
    const links = Array.from({length: 5}, () => `[[N${r(N)}]]`).join(' ')
    const note = noteAt(`N${i}.md`, `${words} ${links}${extra}`, { kind, id: idOf(`note${i}`) as never })
    const pins = kind === 'commitment' ? [0,1,2].map((k) => makePin({ id: `pin-${k}`, word: 'rests_on', target: idOf(`note${r(N)}`), anchor: '^x', version: '', at: '', text: `${words}`, passage: words.slice(500, 800), hash: () => '' })) : []
    const log = kind === 'commitment' ? Array.from({length: 6}, (_, k) => ({ id: `log-${k}`, type: k ? 'saw' : 'opened', at: '2026-03-03', author: 'Ana', device: '', text: 'Something seen in the migration of the week.', sees: k ? [`log-${k-1}`] : [], details: {} })) : []
    return { ...note, pins, links: note.links.map((l) => ({ ...l, relation: verbs[r(10)]! })), commitment: kind === 'commitment' ? { properties: [{ key: 'due', value: '2026-03-31' }], log } : null }
  }
  for (let at = 0; at < N; at += 500) index.writes.put({ notes: Array.from({length: 500}, (_, k) => make(at + k)) })
  const t1 = process.cpuUsage(t0)
  console.log('put ms/note', ((t1.user + t1.system) / 1000 / N).toFixed(3))
  index.writes.flush()
  const timeOf = (name: string, run: () => unknown, n = 15) => {
    run()
    const all = Array.from({length: n}, () => { const a = process.cpuUsage(); run(); const b = process.cpuUsage(a); return (b.user + b.system)/1000 }).sort((a,b)=>a-b)
    console.log(name, 'p50', all[n>>1]!.toFixed(1), 'max', all[n-1]!.toFixed(1))
  }
  timeOf("cold evidence 5", () => { index.writes.words({ words: [] }); index.reads.evidence({ limit: 5 }) }); timeOf('evidence 5', () => index.reads.evidence({ limit: 5 }))
  timeOf('evidence 50', () => index.reads.evidence({ limit: 50 }))
  for (const list of ['ground-changed','essays-without-example','one-source','contested','unused-examples','rests-on-nothing'] as const) timeOf(list, () => index.reads.evidence({ limit: 5, list }), 5)
  timeOf('ledger', () => index.reads.ledger({}))
  timeOf('blast', () => index.reads.blastRadius({ id: idOf('note5') as never, limit: 20 }))
  timeOf('put one', () => index.writes.put({ notes: [make(5, 'x')] }))
  console.log(JSON.stringify(index.reads.evidence({ limit: 0 }).lists.map(({is,total})=>[is,total])), index.reads.ledger({}).items.length, index.reads.blastRadius({ id: idOf('note5') as never, limit: 1 }).total)
}, 300000)
