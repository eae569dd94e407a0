import type { RunOutput } from './run-verb.ts'

const WIDTH = 24
const PHASES: Readonly<Record<string, string>> = {
  scan: 'looking',
  read: 'reading',
  index: 'indexing',
  write: 'writing',
  verify: 'comparing',
}

type Stream = { readonly isTTY?: boolean; write(text: string): unknown }

const LINE_MS = 250

/** Progress as a bar on a terminal; elsewhere as lines now and then, so that a log stays short. */
export function terminal(
  stderr: Stream,
  now: () => number = performance.now.bind(performance),
): RunOutput & { end(): void } {
  let isBar = false
  let lastPhase = ''
  let lastLine = 0
  const clear = () => {
    if (isBar) stderr.write('\r\u001b[K')
    isBar = false
  }
  return {
    progress: (phase, done, total) => {
      const word = PHASES[phase] ?? phase
      if (!stderr.isTTY) {
        if (phase === lastPhase && now() - lastLine < LINE_MS) return
        stderr.write(`${word} ${done}/${total}\n`)
        lastPhase = phase
        lastLine = now()
        return
      }
      const filled = total > 0 ? Math.min(WIDTH, Math.floor((done / total) * WIDTH)) : 0
      stderr.write(`\r\u001b[K${word.padEnd(10)} ${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${done}/${total}`)
      isBar = true
    },
    say: (text) => {
      clear()
      stderr.write(`${text}\n`)
    },
    end: clear,
  }
}
