import { expect, onTestFinished, test, vi } from 'vitest'
import type { ByteChannel } from '../../../crdt/byte-channel.ts'
import { afterPaint, inNextTask, soonAfterPaint, whenPainted } from './after-paint.ts'

const [STEP_1, UPDATE, AWARENESS] = [
  [0, 0],
  [0, 2],
  [1, 9],
].map((bytes) => new Uint8Array(bytes)) as [Uint8Array, Uint8Array, Uint8Array]

function channel() {
  const sent: unknown[] = []
  const frames: (() => void)[] = []
  const inner: ByteChannel = {
    send: (frame) => void sent.push(frame),
    onFrame: () => {},
    onClose: () => {},
    close: () => void sent.push('closed'),
  }
  return {
    sent,
    own: afterPaint(inner, (work) => void frames.push(work)),
    paint: () => {
      for (const run of frames.splice(0)) run()
    },
  }
}

test('edits and carets leave once, when the frame is painted', () => {
  const { sent, own, paint } = channel()
  own.send(UPDATE)
  own.send(AWARENESS)
  expect(sent).toEqual([])
  paint()
  paint()
  expect(sent).toEqual([UPDATE, AWARENESS])
  own.send(UPDATE)
  paint()
  expect(sent).toHaveLength(3)
})

test('an answer leaves at once, but not before what was written before it', () => {
  const { sent, own, paint } = channel()
  own.send(STEP_1)
  expect(sent).toEqual([STEP_1])
  own.send(UPDATE)
  own.send(STEP_1)
  expect(sent).toEqual([STEP_1])
  paint()
  expect(sent).toEqual([STEP_1, UPDATE, STEP_1])
})

test('what waits leaves before the channel closes', () => {
  const { sent, own, paint } = channel()
  own.send(UPDATE)
  own.close()
  paint()
  expect(sent).toEqual([UPDATE, 'closed'])
})

test('what waits for a frame leaves with the page', () => {
  const page = new EventTarget()
  vi.stubGlobal('requestAnimationFrame', () => 0)
  vi.stubGlobal('document', { hidden: false })
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
  onTestFinished(() => void vi.unstubAllGlobals())
  let count = 0
  whenPainted(() => count++)
  expect(count).toBe(0)
  page.dispatchEvent(new Event('pagehide'))
  expect(count).toBe(1)
  page.dispatchEvent(new Event('pagehide'))
  expect(count, 'once').toBe(1)
})

test('work in pieces waits for the frame, then for tasks; each piece can be taken back', async () => {
  const frames: (() => void)[] = []
  vi.stubGlobal('requestAnimationFrame', (work: () => void) => frames.push(work))
  vi.stubGlobal('document', { hidden: false })
  vi.stubGlobal('addEventListener', () => {})
  onTestFinished(() => void vi.unstubAllGlobals())
  const done: string[] = []
  const later = soonAfterPaint()
  later(() => done.push('first'))
  for (const frame of frames.splice(0)) frame()
  expect(done).toEqual([])
  await new Promise<void>((resolve) => inNextTask(resolve))
  expect(done).toEqual(['first'])
  later(() => done.push('second'))
  later(() => done.push('third'))()
  expect(done).toEqual(['first'])
  await new Promise<void>((resolve) => inNextTask(resolve))
  expect(done).toEqual(['first', 'second'])
  expect(frames).toEqual([])
})
