import { describe, expect, test } from 'vitest'
import { byteLink } from './byte-link.ts'
import type { Port } from './port.ts'

/** Two ports; what is posted arrives when a test says so. */
function ports() {
  type End = { listener: (data: unknown, ports: readonly MessagePort[]) => void; close: () => void }
  const ends: [End, End] = [
    { listener: () => {}, close: () => {} },
    { listener: () => {}, close: () => {} },
  ]
  let waiting: (() => void)[] = []
  const port = (own: 0 | 1, other: 0 | 1): Port => ({
    post: (message) => waiting.push(() => ends[other].listener(message, [])),
    onMessage: (listener) => {
      ends[own].listener = listener
    },
    onClose: (listener) => {
      ends[own].close = listener
    },
    close: () => waiting.push(() => ends[other].close()),
  })
  const flow = async () => {
    while (waiting.length > 0) {
      const now = waiting
      waiting = []
      for (const run of now) run()
      await Promise.resolve()
      await Promise.resolve()
    }
  }
  return { near: byteLink(port(0, 1)), far: byteLink(port(1, 0)), flow, waiting: () => waiting.length }
}

describe('byte link', () => {
  test('a reader that is slow holds the writer back; everything arrives in order once it reads', async () => {
    const { near, far, flow } = ports()
    const got: number[] = []
    let release: (() => void) | null = null
    let open = false
    far.onMessage((message) => {
      got.push(message[0] ?? -1)
      if (open) return
      return new Promise((resolve) => {
        release = resolve
      })
    })
    let sent = 0
    const write = () => {
      let more = true
      while (more && sent < 200) more = near.send(new Uint8Array(64 * 1024).fill(sent++))
    }
    near.onDrain(write)
    write()
    await flow()
    expect(sent).toBe(16)
    expect(got.length).toBe(1)
    open = true
    ;(release as (() => void) | null)?.()
    await Promise.resolve()
    await flow()
    expect(got).toEqual(Array.from({ length: 200 }, (_, at) => at))
  })

  test('a writer that does not listen is cut off, on both sides', async () => {
    const { near, far, flow } = ports()
    const ends: string[] = []
    near.onClose((why) => ends.push(why))
    far.onClose((why) => ends.push(why))
    for (let at = 0; at < 200; at++) near.send(new Uint8Array(64 * 1024))
    await flow()
    expect(ends).toEqual(['overflow', 'overflow'])
    expect(near.send(new Uint8Array(1))).toBe(false)
  })

  test('an end is told once, as it was said, after what was sent before', async () => {
    const { near, far, flow } = ports()
    const seen: string[] = []
    far.onMessage((message) => void seen.push(`${message[0]}`))
    far.onClose((why) => seen.push(why))
    near.send(Uint8Array.of(7))
    near.close('refused')
    near.close('left')
    await flow()
    expect(seen).toEqual(['7', 'refused'])
    near.onClose((why) => seen.push(why))
    expect(seen.at(-1)).toBe('refused')
  })
})
