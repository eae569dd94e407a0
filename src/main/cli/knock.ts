import { connect } from 'node:net'
import { answerShape, type Door, lines, parseLine } from './door-protocol.ts'
import type { RunOutput, RunResult } from './run-verb.ts'

/**
 * Has the instance behind a door run a command line. Null where nobody is behind it, or it went away before it
 * had begun: then nothing was done. Once it has begun, its end without an answer is a failure.
 */
export function knock(
  door: Door,
  argv: readonly string[],
  { cwd, signal, progress, say }: { readonly cwd: string; readonly signal: AbortSignal } & RunOutput,
): Promise<RunResult | null> {
  return new Promise((resolve) => {
    const socket = connect(door.address)
    let isConnected = false
    let result: RunResult | null = null
    const onLine = (line: string) => {
      const answer = answerShape.safeParse(parseLine(line))
      if (!answer.success) return
      if ('progress' in answer.data) progress(...answer.data.progress)
      else if ('say' in answer.data) say(answer.data.say)
      else if (answer.data.exit === 0) result = { exit: 0, value: answer.data.value }
      else result = answer.data
    }
    socket.on('connect', () => {
      isConnected = true
      socket.write(`${JSON.stringify({ secret: door.secret, argv, cwd })}\n`)
    })
    socket.on(
      'data',
      lines(onLine, () => socket.destroy()),
    )
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      const ended = 'Throughline ended before it had answered. What it reported as done is done.\n'
      resolve(result ?? (isConnected ? { exit: 1, message: ended } : null))
    })
    signal.addEventListener('abort', () => socket.destroy(), { once: true })
  })
}
