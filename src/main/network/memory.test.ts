import { createHash } from 'node:crypto'
import { isDeviceKey } from '../../core/members/device.ts'
import { memoryNetwork } from '../../testing/memory-wires.ts'
import { createRandom } from '../../testing/random.ts'
import { type Member, SUITE_LIMITS, type TransportBed, transportSuite } from '../../testing/transport-suite.ts'
import { virtualClock } from '../../testing/virtual-clock.ts'
import { createSwitchboard } from './switchboard.ts'

const memoryKey = (name: string) => {
  const key = createHash('sha256').update(name).digest('hex')
  if (!isDeviceKey(key)) throw new Error('no key')
  return key
}

for (const seed of [1, 2, 3]) transportSuite(`memory, seed ${seed}`, () => memoryBed(seed))

async function memoryBed(seed: number): Promise<TransportBed> {
  const clock = virtualClock()
  const random = createRandom(seed)
  const network = memoryNetwork(clock, random)
  const members: Member[] = []
  const names: string[] = []

  const pairs = () => names.flatMap((a, at) => names.slice(at + 1).map((b) => [a, b] as const))
  const member = async (name: string, started: boolean): Promise<Member> => {
    const wires = network.host(memoryKey(name), name)
    const transport = createSwitchboard({
      self: memoryKey(name),
      wires,
      clock,
      random: random.next,
      limits: SUITE_LIMITS,
      life: createHash('md5').update(`${name}${random.next()}`).digest('hex'),
    })
    if (started) await transport.start()
    const restart = async () => {
      wires.crash()
      transport.allow(new Set())
      return member(name, true)
    }
    return { key: memoryKey(name), address: wires.address, transport, restart }
  }

  return {
    async add({ started = true } = {}) {
      const name = `host-${seed}-${names.length}`
      names.push(name)
      const made = await member(name, started)
      members.push(made)
      return made
    },
    async until(condition, what) {
      const end = clock.now() + 60_000
      while (!condition()) {
        if (clock.now() > end || !(await clock.step())) throw new Error(`no sign of ${what}`)
      }
    },
    pass: (ms) => clock.run(ms),
    cut: () => {
      for (const [a, b] of pairs()) network.cut(a, b)
    },
    heal: () => {
      for (const [a, b] of pairs()) network.heal(a, b)
    },
    end: async () => {
      for (const { transport } of members) transport.allow(new Set())
    },
  }
}
