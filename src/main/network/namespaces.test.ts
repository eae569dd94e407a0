import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { bundled } from '../../testing/bundled.ts'
import { type Computers, computersOnOneSwitch, whyNoNamespaces } from '../../testing/namespaces.ts'
import type { PeerLine, PeerOptions } from '../../testing/network-peer.ts'

const why = whyNoNamespaces()

/** Silence is noticed in two seconds here; nothing else is changed. */
const LIMITS = { beat: 500 }

type Peer = {
  readonly lines: PeerLine[]
  /** The next line of this kind, with this peer; those before it are passed over. */
  next<E extends PeerLine['event']>(event: E, other?: number): Promise<Extract<PeerLine, { event: E }>>
  kill(): Promise<void>
}

function follow(process: ChildProcess): Peer {
  const lines: PeerLine[] = []
  let at = 0
  let wake: () => void = () => {}
  if (!process.stdout) throw new Error('no output')
  createInterface({ input: process.stdout }).on('line', (line) => {
    lines.push(JSON.parse(line) as PeerLine)
    wake()
  })
  return {
    lines,
    async next(event, other) {
      const end = Date.now() + 25_000
      for (;;) {
        while (at < lines.length) {
          const line = lines[at++]
          if (line?.event !== event) continue
          if (other === undefined || !('with' in line) || line.with === other)
            return line as Extract<PeerLine, { event: typeof event }>
        }
        if (Date.now() > end) throw new Error(`no sign of ${event}: ${JSON.stringify(lines)}`)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, 100)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
    },
    kill: () =>
      new Promise((resolve) => {
        process.once('exit', () => resolve())
        process.kill('SIGKILL')
      }),
  }
}

describe.skipIf(why !== null)(`real computers, as far as namespaces are that${why ? ` (skipped: ${why})` : ''}`, () => {
  let program = ''
  let computers: Computers | null = null
  beforeAll(async () => {
    program = await bundled('src/testing/network-peer.ts')
  })
  afterEach(() => {
    computers?.end()
    computers = null
  })
  afterAll(() => rmSync(path.dirname(program), { recursive: true, force: true }))

  const network = async (count: number, more: Partial<PeerOptions> = {}, family: 4 | 6 = 4) => {
    const made = await computersOnOneSwitch(count, family)
    computers = made
    const secret = randomBytes(16).toString('hex')
    const start = (index: number, port?: number, at = index): Peer => {
      const options: PeerOptions = { index, count, secret, limits: LIMITS, ...more, ...(port ? { port } : {}) }
      return follow(made.run(at, process.execPath, [program, JSON.stringify(options)]))
    }
    return { computers: made, start }
  }
  const report: Record<string, number> = {}
  const costs: string[] = []

  test('LN11: two find each other without internet, are cut, healed, killed and restarted, and connect every time', async () => {
    const { computers, start } = await network(2)
    const near = start(0)
    await near.next('listening')
    const far = start(1)
    const begun = await far.next('listening')
    const first = await Promise.all([near.next('exchanged'), far.next('exchanged')])
    report['found and exchanged after'] = Math.max(...first.map(({ at }) => at)) - begun.at

    let now = Date.now()
    computers.cut(1)
    const silent = await Promise.all([near.next('closed'), far.next('closed')])
    expect(silent.map(({ why }) => why)).toEqual(['silent', 'silent'])
    report['silence noticed after'] = Math.max(...silent.map(({ at }) => at)) - now
    now = Date.now()
    computers.heal(1)
    const healed = await Promise.all([near.next('exchanged'), far.next('exchanged')])
    report['back after the healing'] = Math.max(...healed.map(({ at }) => at)) - now

    await far.kill()
    expect((await near.next('closed')).why).toBe('broken')
    const again = start(1, begun.port)
    const restarted = await again.next('listening')
    expect(restarted.port).toBe(begun.port)
    const back = await Promise.all([near.next('exchanged'), again.next('exchanged')])
    report['back after kill -9 and restart'] = Math.max(...back.map(({ at }) => at)) - restarted.at

    // The survivor does not even know when the other comes back while the cable is out.
    computers.cut(1, 'pulled')
    await again.kill()
    computers.heal(1)
    const third = start(1, begun.port)
    const heard = await third.next('listening')
    const last = await Promise.all([near.next('exchanged'), third.next('exchanged')])
    report['back after a restart behind a cut'] = Math.max(...last.map(({ at }) => at)) - heard.at
  })

  test('LN6: of three, every two have one connection; a cut computer loses its own and gets them back', async () => {
    const { computers, start } = await network(3)
    const peers = [0, 1, 2].map((index) => start(index))
    const met = (who: Peer, ...others: number[]) =>
      Promise.all(
        others.map(async (other) => {
          const seen = () => who.lines.findLastIndex((line) => 'with' in line && line.with === other)
          while (who.lines[seen()]?.event !== 'exchanged') await new Promise((resolve) => setTimeout(resolve, 5))
        }),
      )
    const [a, b, c] = peers
    if (!a || !b || !c) throw new Error('no peers')
    await Promise.all([met(a, 1, 2), met(b, 0, 2), met(c, 0, 1)])
    computers.cut(2, 'pulled')
    await Promise.all([c.next('closed', 0), a.next('closed', 2), b.next('closed', 2)])
    expect(a.lines.filter((line) => line.event === 'closed' && line.with === 1)).toEqual([])
    computers.heal(2)
    await Promise.all([met(a, 1, 2), met(b, 0, 2), met(c, 0, 1)])
    expect(a.lines.filter((line) => line.event === 'closed' && line.with === 1)).toEqual([])
  })

  test('LN13: on a link with IPv6 alone it is the same', async () => {
    const { start } = await network(2, {}, 6)
    const near = start(0)
    await near.next('listening')
    const far = start(1)
    const begun = await far.next('listening')
    const met = await Promise.all([near.next('exchanged'), far.next('exchanged')])
    report['found over IPv6 after'] = Math.max(...met.map(({ at }) => at)) - begun.at
  })

  test.each([
    { messages: 10_000, bytes: 3_000 },
    { messages: 800, bytes: 64 * 1024 },
  ])(
    'LN4: what $messages messages of $bytes bytes cost, and that the writer holds no more than its bound',
    async (load) => {
      const { start } = await network(1, { count: 2, load, limits: {} })
      const [writer, reader] = [start(0, undefined, 0), start(1, undefined, 0)]
      const [from, to] = await Promise.all([writer.next('loaded'), reader.next('loaded')])
      expect(to.bytes).toBe(load.messages * load.bytes)
      expect(from.most).toBeLessThan(1024 * 1024 + 128 * 1024)
      costs.push(
        `${load.messages} x ${load.bytes} B: ${from.cpu.toFixed(2)} + ${to.cpu.toFixed(2)} s of processor time`,
      )
    },
  )

  afterAll(() => {
    for (const cost of costs) console.log(cost)
    const said = Object.entries(report).map(([what, ms]) => `${what} ${ms} ms`)
    if (said.length > 0) console.log(said.join(', '))
  })
})
