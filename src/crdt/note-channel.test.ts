import * as encoding from 'lib0/encoding'
import { afterEach, describe, expect, it } from 'vitest'
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { channelPair } from '../testing/memory-channel.ts'
import { createRandom } from '../testing/random.ts'
import { FRAME, MAX_FRAME } from './channel-session.ts'
import { connectReplica, serveDoc } from './note-channel.ts'

const awarenesses: Awareness[] = []
afterEach(() => {
  for (const awareness of awarenesses.splice(0)) awareness.destroy()
})

function peer() {
  const doc = new Y.Doc()
  const awareness = new Awareness(doc)
  awarenesses.push(awareness)
  return { doc, awareness, text: doc.getText('t') }
}

/** The worker's side: `store` decides when what came in is durable. */
function worker(state?: Y.Doc) {
  const own = peer()
  own.awareness.setLocalState(null)
  if (state) Y.applyUpdate(own.doc, Y.encodeStateAsUpdate(state))
  let waiting: (() => void)[] = []
  return {
    ...own,
    attach: (pair: ReturnType<typeof channelPair>) =>
      serveDoc({
        doc: own.doc,
        awareness: own.awareness,
        channel: pair.far,
        whenStored: () => new Promise<void>((resolve) => waiting.push(resolve)),
      }),
    /** Everything that is waited for now is on disk. */
    store: async () => {
      const now = waiting
      waiting = []
      for (const resolve of now) resolve()
      await settled()
    },
    get waits() {
      return waiting.length
    },
  }
}

/** Lets promises that are settled run what waits for them. */
const settled = () => new Promise((resolve) => setImmediate(resolve))

const isSettled = async (promise: Promise<unknown>): Promise<boolean> => {
  let done = false
  void promise.then(() => {
    done = true
  })
  await settled()
  return done
}

function join(side: ReturnType<typeof worker>, own = peer()) {
  const pair = channelPair()
  const replica = connectReplica({ doc: own.doc, awareness: own.awareness, channel: pair.near })
  side.attach(pair)
  return { ...own, pair, replica }
}

/** Until nothing is on the way and nothing waits for the disk. */
async function settle(side: ReturnType<typeof worker>, ...pairs: ReturnType<typeof channelPair>[]) {
  do {
    for (const pair of pairs) pair.deliver()
    await side.store()
    for (const pair of pairs) pair.deliver()
    await settled()
  } while (side.waits > 0)
  for (const pair of pairs) pair.deliver()
}

describe('a replica and the worker', () => {
  it('C1: a new replica gets what the worker holds', async () => {
    const held = new Y.Doc()
    held.getText('t').insert(0, 'stored words')
    const side = worker(held)
    const window = join(side)
    expect(await isSettled(window.replica.synced)).toBe(false)
    window.pair.deliver()
    expect(window.text.toString()).toBe('stored words')
    expect(await isSettled(window.replica.synced)).toBe(true)
  })

  it('C2: what is typed is pending until it is durable, not until it has arrived', async () => {
    const side = worker()
    const { pair, replica, text } = join(side)
    await settle(side, pair)
    expect(replica.pending).toBe(0)
    const seen: number[] = []
    replica.onPending((pending) => seen.push(pending))
    text.insert(0, 'a')
    text.insert(1, 'b')
    expect(replica.pending).toBe(2)
    pair.deliver()
    await settled()
    expect(side.text.toString()).toBe('ab')
    expect(replica.pending).toBe(2)
    await side.store()
    pair.deliver()
    await side.store()
    pair.deliver()
    expect(replica.pending).toBe(0)
    expect(seen[0]).toBe(1)
    expect(seen.at(-1)).toBe(0)
  })

  it('C2: an acknowledgement covers only what came before its wait', async () => {
    const side = worker()
    const { pair, replica, text } = join(side)
    await settle(side, pair)
    text.insert(0, 'a')
    pair.deliver()
    text.insert(1, 'b')
    pair.deliver()
    expect(side.waits).toBe(1)
    await side.store()
    pair.deliver()
    expect(replica.pending).toBe(1)
    await side.store()
    pair.deliver()
    expect(replica.pending).toBe(0)
  })

  it('C3: changes of the worker and of other windows arrive, and nothing echoes', async () => {
    const side = worker()
    const one = join(side)
    const two = join(side)
    await settle(side, one.pair, two.pair)
    const before = one.pair.delivered.length
    one.text.insert(0, 'x')
    await settle(side, one.pair, two.pair)
    expect(two.text.toString()).toBe('x')
    // The update there and its acknowledgement back.
    expect(one.pair.delivered.length - before).toBe(2)
    expect(two.replica.pending).toBe(0)
    side.text.insert(1, 'y')
    await settle(side, one.pair, two.pair)
    expect([one.text.toString(), two.text.toString()]).toEqual(['xy', 'xy'])
    expect(one.replica.pending).toBe(0)
  })

  it('C4: edits made while the channel is gone stay pending and are sent again', async () => {
    const side = worker()
    const { pair, replica, text } = join(side)
    await settle(side, pair)
    text.insert(0, 'never arrives')
    pair.cut()
    expect(replica.connected).toBe(false)
    text.insert(0, 'offline ')
    expect(replica.pending).toBe(2)
    side.text.insert(0, 'meanwhile ')
    const next = channelPair()
    side.attach(next)
    replica.reconnect(next.near)
    expect(replica.connected).toBe(true)
    expect(replica.pending).toBeGreaterThan(0)
    await settle(side, next)
    expect(replica.pending).toBe(0)
    expect(side.text.toString()).toBe(text.toString())
    expect(text.toString()).toContain('offline ')
    expect(text.toString()).toContain('meanwhile ')
  })

  it('C4: what was acknowledged before the cut is not pending after it', async () => {
    const side = worker()
    const { pair, replica, text } = join(side)
    text.insert(0, 'a')
    await settle(side, pair)
    pair.cut()
    expect(replica.pending).toBe(0)
  })

  it('C5: a worker that lost its data gets it back', async () => {
    const first = worker()
    const { pair, replica, text } = join(first)
    text.insert(0, 'all of it')
    await settle(first, pair)
    pair.cut()
    const empty = worker()
    const next = channelPair()
    empty.attach(next)
    replica.reconnect(next.near)
    await settle(empty, next)
    expect(empty.text.toString()).toBe('all of it')
    expect(replica.pending).toBe(0)
  })

  it('C5: typing before the worker has said what it holds needs nothing of it twice', async () => {
    const held = new Y.Doc()
    held.getText('t').insert(0, 'held ')
    const side = worker(held)
    const { pair, replica, text } = join(side)
    text.insert(0, 'early ')
    expect(replica.pending).toBe(1)
    await settle(side, pair)
    expect(side.text.toString()).toBe(text.toString())
    expect(side.doc.store.pendingStructs).toBeNull()
    expect(replica.pending).toBe(0)
  })

  it('C6: carets come and go with their channel, and come back', async () => {
    const side = worker()
    const one = join(side)
    const two = join(side)
    one.awareness.setLocalStateField('user', 'Ana')
    await settle(side, one.pair, two.pair)
    expect(two.awareness.getStates().get(one.doc.clientID)).toEqual({ user: 'Ana' })
    one.pair.cut()
    await settle(side, two.pair)
    expect(side.awareness.getStates().has(one.doc.clientID)).toBe(false)
    expect(two.awareness.getStates().has(one.doc.clientID)).toBe(false)
    expect([...one.awareness.getStates().keys()]).toEqual([one.doc.clientID])
    const next = channelPair()
    side.attach(next)
    one.replica.reconnect(next.near)
    await settle(side, next, two.pair)
    expect(two.awareness.getStates().get(one.doc.clientID)).toEqual({ user: 'Ana' })
    expect(one.awareness.getStates().has(two.doc.clientID)).toBe(true)
  })

  it('C7: frames that are none are refused, and the rest goes on', async () => {
    const side = worker()
    const { pair, replica, text } = join(side)
    await settle(side, pair)
    const faults: string[] = []
    replica.onFault((fault) => faults.push(fault))
    const random = createRandom(1)
    const frames = [
      new Uint8Array(),
      new Uint8Array([99]),
      new Uint8Array([FRAME.sync]),
      new Uint8Array([FRAME.sync, 0, 3, 255, 255, 255]),
      new Uint8Array([FRAME.sync, 2, 200]),
      new Uint8Array([FRAME.sync, 9, 0]),
      new Uint8Array([FRAME.awareness, 1, 1]),
      new Uint8Array(MAX_FRAME + 1),
      ...Array.from({ length: 50 }, () => Uint8Array.from({ length: 12 }, () => random.below(256))).map((frame) => {
        frame[0] = FRAME.awareness
        return frame
      }),
    ]
    for (const frame of frames) pair.near.send(frame)
    await settle(side, pair)
    expect(faults.length).toBeGreaterThanOrEqual(8)
    text.insert(0, 'still here')
    await settle(side, pair)
    expect(side.text.toString()).toBe('still here')
    expect(replica.pending).toBe(0)
  })

  it('C7: a fault is not answered with a fault', () => {
    const side = worker()
    const { pair } = join(side)
    pair.deliver()
    const before = pair.delivered.length
    pair.near.send(new Uint8Array([FRAME.fault, 9]))
    pair.deliver()
    expect(pair.delivered.length - before).toBe(1)
  })

  it('C7: an acknowledgement of more than was sent counts for what was sent', async () => {
    const side = worker()
    const { pair, replica } = join(side)
    await settle(side, pair)
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, FRAME.ack)
    encoding.writeVarUint(encoder, 1_000_000)
    pair.far.send(encoding.toUint8Array(encoder))
    pair.deliver()
    expect(replica.pending).toBe(0)
  })

  it('C8: a store that fails says so, and counts nothing as saved', async () => {
    const own = peer()
    const pair = channelPair()
    const replica = connectReplica({ doc: own.doc, awareness: own.awareness, channel: pair.near })
    const side = peer()
    let fail = true
    serveDoc({
      doc: side.doc,
      awareness: side.awareness,
      channel: pair.far,
      whenStored: () => (fail ? Promise.reject(new Error('closed')) : Promise.resolve()),
    })
    const faults: string[] = []
    replica.onFault((fault) => faults.push(fault))
    own.text.insert(0, 'a')
    pair.deliver()
    await settled()
    pair.deliver()
    expect(faults).toContain('not-stored')
    expect(replica.pending).toBeGreaterThan(0)
    fail = false
    own.text.insert(1, 'b')
    pair.deliver()
    await settled()
    pair.deliver()
    expect(replica.pending).toBe(0)
  })

  it('closing leaves no listener behind', async () => {
    const side = worker()
    const { pair, replica, doc, awareness } = join(side)
    await settle(side, pair)
    replica.close()
    for (const each of [doc, side.doc]) expect(each._observers.get('update')?.size ?? 0).toBe(0)
    expect(awareness._observers.get('update')?.size ?? 0).toBe(0)
    expect(side.awareness._observers.get('update')?.size ?? 0).toBe(0)
    const late = channelPair()
    replica.reconnect(late.near)
    expect(replica.connected).toBe(false)
  })
})

describe('any order of events', () => {
  it('C4, C5: windows and worker agree, nothing is lost, and pending ends at 0', async () => {
    for (let seed = 1; seed <= 60; seed++) {
      const random = createRandom(seed)
      const pick = (count: number) => random.below(count)
      let side = worker()
      const windows = [join(side), join(side)]
      const typed: string[] = []
      for (let turn = 0; turn < 60; turn++) {
        const window = windows[pick(2)] as (typeof windows)[number]
        switch (pick(7)) {
          case 0:
          case 1: {
            const mark = String.fromCodePoint(0x4e00 + typed.length)
            typed.push(mark)
            window.text.insert(pick(window.text.length + 1), mark)
            break
          }
          case 2:
          case 3:
            for (let count = pick(4); count >= 0; count--) window.pair.step()
            break
          case 4:
            await side.store()
            break
          case 5:
            window.pair.cut()
            break
          default: {
            if (window.replica.connected && pick(3) > 0) break
            // Now and then the worker comes back with nothing.
            if (pick(6) === 0) {
              for (const each of windows) each.pair.cut()
              side = worker()
            }
            window.pair = channelPair()
            side.attach(window.pair)
            window.replica.reconnect(window.pair.near)
          }
        }
      }
      for (const window of windows) {
        if (window.replica.connected) continue
        window.pair = channelPair()
        side.attach(window.pair)
        window.replica.reconnect(window.pair.near)
      }
      await settle(side, ...windows.map((window) => window.pair))
      await settle(side, ...windows.map((window) => window.pair))
      const end = side.text.toString()
      expect([...end].sort(), `seed ${seed}`).toEqual([...typed].sort())
      for (const window of windows) {
        expect(window.text.toString(), `seed ${seed}`).toBe(end)
        expect(window.replica.pending, `seed ${seed}`).toBe(0)
      }
    }
  })
})

it('an update that was sent shares no buffer with its listeners', async () => {
  const side = worker()
  const { pair, doc, text, awareness } = join(side)
  pair.deliver()
  doc.on('update', (update: Uint8Array) => update.fill(0))
  text.insert(0, 'whole')
  pair.deliver()
  expect(side.text.toString()).toBe('whole')
  expect(encodeAwarenessUpdate(awareness, [doc.clientID]).length).toBeGreaterThan(0)
})
