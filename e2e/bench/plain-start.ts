import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromiumFlags, root } from '../support/app.ts'

const HOOK = path.join(import.meta.dirname, 'hook.cjs')
const PATIENCE_MS = 60_000

export type PlainStart = {
  readonly pid: number
  /** From just before the process was made to the frame with a caret in the note, ms. */
  readonly caretMs: number
  /** Quits, and waits for the end. */
  readonly stop: () => Promise<void>
}

/** Starts the app as a person does, with nothing attached to it, and waits for the caret. */
export async function startPlainly(profile: string, flags: readonly string[]): Promise<PlainStart> {
  const exec = process.env.ELECTRON_EXEC_PATH
  if (!exec) throw new Error('no ELECTRON_EXEC_PATH: run the bench through npm run bench')
  const started = performance.timeOrigin + performance.now()
  const child = spawn(exec, ['-r', HOOK, ...chromiumFlags(profile), ...flags, root], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = once(child, 'close')
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
  }
  try {
    const caretAt = await Promise.race([
      saidCaret(child),
      ended.then(() => Promise.reject(new Error('the app ended before it showed a caret'))),
      sleep(PATIENCE_MS, null, { ref: false }).then(() => Promise.reject(new Error('no caret in the last note'))),
    ])
    return { pid: child.pid ?? 0, caretMs: caretAt - started, stop }
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  }
}

function saidCaret(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    let said = ''
    child.stdout?.on('data', (chunk) => {
      said += chunk
      const caret = /^caret ([\d.]+)$/m.exec(said)
      if (caret) resolve(Number(caret[1]))
    })
  })
}
