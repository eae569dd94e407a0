import type { FromLayout, ToLayout } from '../messages.ts'
import { createLayout, type Layout } from './layout.ts'

/** Small graphs are told once, when they are done: it takes less than the eye needs to see the first step. */
const TOLD_WHOLE_UP_TO = 300
/** ms of work before messages are looked at again. */
const SLICE = 30

const scope = self as unknown as DedicatedWorkerGlobalScope
let current: { run: number; layout: Layout; isQuiet: boolean } | null = null
const channel = new MessageChannel()

scope.onmessage = ({ data }: MessageEvent<ToLayout>) => {
  const { run, positions, ends, center, heat } = data
  const isQuiet = data.isQuiet || positions.length / 2 <= TOLD_WHOLE_UP_TO
  const wasIdle = current === null
  current = { run, isQuiet, layout: createLayout({ start: positions, ends, center, heat }) }
  if (wasIdle) channel.port2.postMessage(null)
}

// A message to itself lets a newer graph in between two slices, without the 4 ms of a nested timeout.
channel.port1.onmessage = () => {
  if (!current) return
  const { run, layout, isQuiet } = current
  const until = performance.now() + SLICE
  let isDone = layout.tick()
  while (!isDone && performance.now() < until) isDone = layout.tick()
  if (isDone || !isQuiet) tell({ run, positions: layout.positions(), isDone })
  if (isDone) current = null
  else channel.port2.postMessage(null)
}

function tell(message: FromLayout): void {
  scope.postMessage(message, [message.positions.buffer])
}
