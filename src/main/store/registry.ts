import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rename } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { Emitter } from '../../core/base/emitter.ts'
import type { VaultId } from '../../core/base/ids.ts'
import { type VaultInfo, vaultInfoShape } from '../../ipc/app-contract.ts'
import { CallError } from '../../ipc/rpc.ts'
import { vaultIdShape } from '../../ipc/shapes.ts'
import type { Logger } from '../log.ts'
import { writeAtomic } from './atomic.ts'
import type { Profile } from './profile.ts'

const entryShape = vaultInfoShape.extend({
  /** Whether `notes` was counted after the last change; false while a host has the vault open. */
  counted: z.boolean().default(false),
})
type Entry = z.infer<typeof entryShape>
const fileShape = z.object({ version: z.literal(1), last: vaultIdShape.nullable(), vaults: z.array(entryShape) })
type RegistryFile = z.infer<typeof fileShape>

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

/**
 * Lower case only, starting with a letter: the id is a host name in `attachment://<id>/`, which Chromium
 * folds to lower case, and a folder name on disks that ignore case. 100 random bits.
 */
export function newVaultId(): VaultId {
  return `v${Array.from(randomBytes(20), (byte) => ALPHABET[byte & 31]).join('')}` as VaultId
}

const same = (a: string, b: string) => a.normalize('NFC').toLowerCase() === b.normalize('NFC').toLowerCase()
const info = ({ counted: _, ...rest }: Entry): VaultInfo => rest

/** Which vaults this profile has: `vaults.json`, and beside each vault's files a `vault.json` to rebuild it from. */
export class VaultRegistry {
  readonly changed = new Emitter<void>()
  readonly #profile: Profile
  #file: RegistryFile
  #writing: Promise<void> = Promise.resolve()

  private constructor(profile: Profile, file: RegistryFile) {
    this.#profile = profile
    this.#file = file
  }

  /** A list that cannot be read is set aside and made anew from the vaults' own folders; no vault is dropped. */
  static async open(profile: Profile, log: Logger): Promise<VaultRegistry> {
    const text = await readFile(profile.vaults, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null
      throw error
    })
    const read = text === null ? null : parse(text)
    if (read) return new VaultRegistry(profile, read)
    if (text !== null) {
      log.error('registry.unreadable', { bytes: text.length })
      await rename(profile.vaults, `${profile.vaults}.unreadable-${Date.now()}`)
    }
    const vaults = await findVaults(profile)
    const registry = new VaultRegistry(profile, { version: 1, last: vaults[0]?.id ?? null, vaults })
    if (vaults.length > 0) await registry.#write()
    return registry
  }

  list(): VaultInfo[] {
    return this.#file.vaults.map(info)
  }

  get(id: VaultId): VaultInfo | null {
    const entry = this.#find(id)
    return entry ? info(entry) : null
  }

  /** The one used last, or any; null where there is none. */
  last(): VaultInfo | null {
    const { last, vaults } = this.#file
    const entry = vaults.find(({ id }) => id === last) ?? vaults[0]
    return entry ? info(entry) : null
  }

  byName(name: string): VaultInfo | null {
    const entry = this.#file.vaults.find((vault) => vault.id === name || same(vault.name, name))
    return entry ? info(entry) : null
  }

  isCounted(id: VaultId): boolean {
    return this.#find(id)?.counted ?? false
  }

  /** The name gets a number where another vault has it. */
  create(name: string, isStarter = false): Promise<VaultInfo> {
    return this.#add(newVaultId(), name, isStarter, 0)
  }

  /** Takes up a vault whose folder is there already, restored from an archive. */
  adopt(id: VaultId, name: string, notes: number): Promise<VaultInfo> {
    return this.#add(id, name, false, notes)
  }

  async rename(id: VaultId, name: string): Promise<void> {
    const other = this.byName(name.trim())
    if (other && other.id !== id) throw new CallError('name-taken', `Another vault is called “${other.name}”.`)
    const entry = await this.#change(id, { name: name.trim() })
    await this.#writeOwn(entry)
  }

  async use(id: VaultId): Promise<void> {
    if (this.#file.last === id || !this.#find(id)) return
    this.#file = { ...this.#file, last: id }
    await this.#write()
  }

  async setExported(id: VaultId, exported: { folder: string; at: number }): Promise<void> {
    await this.#change(id, { exported })
  }

  async setNotes(id: VaultId, notes: number, counted: boolean): Promise<void> {
    const entry = this.#find(id)
    if (!entry || (entry.notes === notes && entry.counted === counted)) return
    await this.#change(id, { notes, counted })
  }

  async #add(id: VaultId, name: string, isStarter: boolean, notes: number): Promise<VaultInfo> {
    const wanted = name.trim() || 'Notes'
    let free = wanted
    for (let n = 2; this.byName(free); n++) free = `${wanted} ${n}`
    const entry: Entry = { id, name: free, notes, isStarter, exported: null, counted: true }
    await mkdir(this.#profile.attachments(id), { recursive: true, mode: 0o700 })
    await this.#writeOwn(entry)
    this.#file = { ...this.#file, last: id, vaults: [...this.#file.vaults, entry] }
    await this.#write()
    return info(entry)
  }

  #find(id: VaultId): Entry | undefined {
    return this.#file.vaults.find((vault) => vault.id === id)
  }

  async #change(id: VaultId, change: Partial<Entry>): Promise<Entry> {
    const old = this.#find(id)
    if (!old) throw new CallError('not-found', 'There is no such vault.')
    const entry = { ...old, ...change }
    this.#file = { ...this.#file, vaults: this.#file.vaults.map((vault) => (vault.id === id ? entry : vault)) }
    await this.#write()
    return entry
  }

  async #writeOwn({ id, name, isStarter }: Entry): Promise<void> {
    const file = path.join(this.#profile.vaultFolder(id), 'vault.json')
    await writeAtomic(file, `${JSON.stringify({ id, name, isStarter })}\n`)
  }

  /** One write after the other; each writes the newest state. */
  async #write(): Promise<void> {
    const next = this.#writing
      .catch(() => {}) // whoever asked for that write has its error
      .then(() => writeAtomic(this.#profile.vaults, `${JSON.stringify(this.#file, null, 2)}\n`))
    this.#writing = next
    await next
    this.changed.emit()
  }
}

function parse(text: string): RegistryFile | null {
  try {
    return fileShape.parse(JSON.parse(text))
  } catch {
    return null
  }
}

const ownShape = z.object({ id: vaultIdShape, name: z.string(), isStarter: z.boolean() })

async function findVaults(profile: Profile): Promise<Entry[]> {
  const parent = path.dirname(profile.vaultFolder('any' as VaultId))
  const found: Entry[] = []
  for (const folder of await readdir(parent).catch(() => [])) {
    const text = await readFile(path.join(parent, folder, 'vault.json'), 'utf8').catch(() => null)
    const own = ownShape.safeParse(text === null ? null : safeJson(text))
    if (own.success && own.data.id === folder) found.push({ ...own.data, notes: 0, exported: null, counted: false })
  }
  return found
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
