import type { VaultId } from '../../core/base/ids.ts'
import type { indexContract } from '../../ipc/index-contract.ts'
import { CallError, type Client } from '../../ipc/rpc.ts'
import type { Skipped } from '../files/scan.ts'
import type { VaultCalls } from '../files/vault-calls.ts'
import type { Jobs } from '../jobs.ts'
import type { Services } from '../services.ts'

export type VerbOption = { readonly type: 'string' | 'boolean'; readonly value?: string; readonly about: string }

export type VerbValues = Readonly<Record<string, string | boolean | undefined>>

/** The vault that a verb works on, while it works. */
export type OpenVault = {
  readonly id: VaultId
  readonly name: string
  readonly vault: VaultCalls
  index(): Promise<Client<typeof indexContract>>
}

export type VerbContext = {
  readonly services: Services
  readonly jobs: Jobs
  /** Where relative paths start: the caller's folder, not this process's. */
  readonly cwd: string
  /** Aborts when the caller goes away or presses Ctrl+C. */
  readonly signal: AbortSignal
  readonly progress: (what: string, done: number, total: number) => void
  /** A sentence for the person, on stderr. */
  readonly say: (text: string) => void
  /** `--vault`, else the vault used last. Fails with `no-vault`. */
  readonly open: <T>(work: (open: OpenVault) => Promise<T>) => Promise<T>
  readonly vaultName: string | null
}

export type Verb = {
  readonly name: string
  /** What follows the name: `TITLE_OR_PATH --markdown FILE`. */
  readonly usage: string
  readonly about: string
  readonly positionals: number
  /** How many more there may be. */
  readonly optional?: number
  readonly options: Readonly<Record<string, VerbOption>>
  /** Which options must be given. */
  readonly required?: readonly string[]
  /** A sentence where the arguments make no sense; null where they do. */
  readonly complain?: (positionals: readonly string[], values: VerbValues) => string | null
  /** Returns what is printed as JSON. A CallError is printed as its message, exit 1. */
  readonly run: (context: VerbContext, positionals: readonly string[], values: VerbValues) => Promise<unknown>
}

/** Something was done, and not all of it: the value is printed as ever, the message too, and the exit is 1. */
export class PartlyDone extends CallError {
  override name = 'PartlyDone'
  readonly value: unknown
  constructor(message: string, value: unknown) {
    super('partly-done', message)
    this.value = value
  }
}

/** A line for every file that wants a look, with its reason. */
export function sayEach(say: VerbContext['say'], what: string, items: readonly Skipped[]): void {
  for (const item of items) say(`${what}: ${item.path}: ${item.reason}`)
}

export const text = (value: string | boolean | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined
