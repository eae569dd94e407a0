import { readDoor } from '../../src/main/cli/door-protocol.ts'
import { knock } from '../../src/main/cli/knock.ts'
import { profileAt } from '../../src/main/store/profile.ts'
import type { CliRun } from './cli.ts'

const here = { cwd: process.cwd(), progress: () => {} }

/**
 * One verb, done by the app that is open on the profile: what a process of the command line does where it finds one,
 * without the second that such a process costs. For tests of what verbs do, not of the process (support/cli.ts).
 */
export async function verb(profile: string, ...args: string[]): Promise<CliRun> {
  const door = await readDoor(profileAt(profile))
  const said: string[] = []
  const say = (text: string) => void said.push(text)
  const result = door && (await knock(door, args, { ...here, say, signal: new AbortController().signal }))
  if (!result) throw new Error('no app is open on this profile')
  if (result.exit === 0) return { code: 0, stdout: JSON.stringify(result.value), stderr: said.join('\n') }
  const stdout = result.value === undefined ? '' : JSON.stringify(result.value)
  return { code: result.exit, stdout, stderr: [...said, result.message].join('\n') }
}

/** The answer of a verb; one that fails throws with what it said. */
export async function verbJson<T>(profile: string, ...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await verb(profile, ...args)
  if (code !== 0) throw new Error(`throughline ${args.join(' ')} ended with ${code}: ${stderr.slice(-2000)}`)
  return JSON.parse(stdout) as T
}
