import { spawn } from 'node:child_process'
import { chromiumFlags, root } from './app.ts'

export type CliRun = { readonly code: number; readonly stdout: string; readonly stderr: string }

/** The runtime that the test command found; electron's own path module answers only where it was downloaded. */
function electronPath(): string {
  const found = process.env.ELECTRON_EXEC_PATH
  if (!found) throw new Error('no ELECTRON_EXEC_PATH: run the tests through npm run test:e2e')
  return found
}

/** Starts the command line on the build in out/. `onStderr` hears progress as it comes. */
export function startCli(profile: string, args: readonly string[], onStderr?: (text: string) => void) {
  const child = spawn(electronPath(), [...chromiumFlags(profile), '--disable-gpu', root, '--cli', '--', ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
    onStderr?.(String(chunk))
  })
  const done = new Promise<CliRun>((resolve) => {
    child.on('close', (code) => resolve({ code: code ?? -1, stdout, stderr }))
  })
  return { child, done }
}

/** Runs one verb to its end. */
export const cli = (profile: string, ...args: string[]): Promise<CliRun> => startCli(profile, args).done

/** Runs one verb and reads its answer; a run that fails throws with what it said. */
export async function cliJson<T>(profile: string, ...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await cli(profile, ...args)
  if (code !== 0) throw new Error(`throughline ${args.join(' ')} ended with ${code}: ${stderr.slice(-2000)}`)
  return JSON.parse(stdout) as T
}
