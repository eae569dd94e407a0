import { CallError } from '../../ipc/rpc.ts'
import type { Jobs } from '../jobs.ts'
import { errorCode } from '../log.ts'
import type { Services } from '../services.ts'
import { parseCommand } from './arguments.ts'
import { type OpenVault, PartlyDone } from './verb.ts'
import { VERBS } from './verbs.ts'

/** Everything that a run says, wherever it is shown: on this process's stderr, or at the other end of the door. */
export type RunOutput = {
  readonly progress: (what: string, done: number, total: number) => void
  readonly say: (text: string) => void
}

export type RunResult =
  | { readonly exit: 0; readonly value: unknown }
  | { readonly exit: 1 | 2; readonly message: string; readonly value?: unknown }

/** Runs one command line on open services. Never throws: a failure is a message and an exit code. */
export async function runVerb(
  argv: readonly string[],
  where: { readonly cwd: string; readonly signal: AbortSignal } & RunOutput,
  services: Services,
  jobs: Jobs,
): Promise<RunResult> {
  const command = parseCommand(argv, VERBS)
  if (command.type !== 'run') return { exit: 2, message: command.text }
  const { verb, positionals, values, vault: vaultName } = command

  const open = async <T>(work: (open: OpenVault) => Promise<T>): Promise<T> => {
    const { registry, hosts } = services
    const info = vaultName === null ? registry.last() : registry.byName(vaultName)
    if (!info) {
      const names = registry.list().map(({ name }) => `“${name}”`)
      const there = names.length === 0 ? 'There is no vault yet; import a folder to make one.' : names.join(', ')
      throw new CallError('no-vault', vaultName === null ? there : `There is no vault “${vaultName}”. ${there}`)
    }
    await registry.use(info.id)
    const { host, release } = hosts.acquire(info.id)
    try {
      return await work({ id: info.id, name: info.name, vault: host.repeatable, index: () => host.index() })
    } finally {
      release()
    }
  }

  try {
    const value = await verb.run({ ...where, services, jobs, open, vaultName }, positionals, values)
    return { exit: 0, value }
  } catch (error) {
    if (error instanceof PartlyDone) return { exit: 1, message: `${error.message}\n`, value: error.value }
    if (error instanceof CallError) return { exit: 1, message: `${error.message}\n` }
    services.log.error('cli.failed', { verb: verb.name, code: errorCode(error) })
    return { exit: 1, message: `${error instanceof Error ? error.message : 'It failed.'}\n` }
  }
}
