import type { NoteId } from '../../core/base/ids.ts'
import type { Client, EventOf, Output } from '../../ipc/rpc.ts'
import type { vaultContract } from '../../ipc/vault-contract.ts'
import { paced } from './paced.ts'

type Changed = EventOf<typeof vaultContract, 'changed'>
type VaultCalls = Pick<Client<typeof vaultContract>, 'call'>

/**
 * Tells changes that a list would show from those that it would not. Somebody who types changes a row several
 * times a second, but not its title, kind or place; without this each time would read thousands of rows again.
 */
export class StructureWatch {
  readonly #vault: VaultCalls
  readonly #onChange: () => void
  readonly #known = new Map<NoteId, string>()

  constructor(vault: VaultCalls, onChange: () => void) {
    this.#vault = vault
    this.#onChange = onChange
  }

  async changed({ ids, all, folders }: Changed): Promise<void> {
    if (all || folders) {
      this.#known.clear()
      this.#onChange()
      return
    }
    const seen = await Promise.all(ids.map(async (id) => [id, await this.#signature(id)] as const))
    const differ = seen.filter(([id, signature]) => this.#known.get(id) !== signature)
    for (const [id, signature] of differ) this.#known.set(id, signature)
    if (differ.length > 0) this.#onChange()
  }

  async #signature(id: NoteId): Promise<string> {
    try {
      return signatureOf(await this.#vault.call('note', { id }))
    } catch {
      return 'gone'
    }
  }
}

/** Passes changes on at once, then together, at most once every `ms`: each note that changed is asked for once. */
export function gathered(pass: (changed: Changed) => void, ms: number): (changed: Changed) => void {
  let ids = new Set<NoteId>()
  let [all, folders] = [false, false]
  const tell = paced(() => {
    const changed = { ids: [...ids], all, folders }
    ids = new Set()
    all = false
    folders = false
    pass(changed)
  }, ms)
  return (changed) => {
    for (const id of changed.ids) ids.add(id)
    all ||= changed.all
    folders ||= changed.folders
    tell()
  }
}

const signatureOf = ({
  title,
  shownTitle,
  kind,
  folderId,
  path,
  trashed,
  properties,
}: Output<typeof vaultContract, 'note'>): string =>
  JSON.stringify([title, shownTitle, kind, folderId, path, trashed, properties])
