import { z } from 'zod'
import type { NoteId } from '../../core/base/ids.ts'
import { fileNameKey, filesNamedIn } from '../../core/note/file-mentions.ts'
import type { Output } from '../../ipc/rpc.ts'
import type { vaultContract } from '../../ipc/vault-contract.ts'
import { type NameRules, type Renamed, targetNames } from './export-names.ts'
import type { Scope } from './export-scope.ts'
import { RECEIPT } from './receipt.ts'

export type VaultPlan = Output<typeof vaultContract, 'exportPlan'>
/** `path` is the one in the target, `from` the vault's own. */
export type PlannedNote = { id: NoteId; path: string; from: string; docHash: string; updated: number }
export type PlannedFile = { path: string; from: string; sha256: string; size: number }

export type ExportPlan = {
  readonly notes: readonly PlannedNote[]
  /** Of a whole vault all of them; else those from which `Mentions` takes the ones that the notes name. */
  readonly files: readonly PlannedFile[]
}

const SIDECAR_NAME = /^[a-z0-9][a-z0-9-]*\.json$/
export const IDS = 'ids.json'
export const NAMES = 'names.json'
/** What an earlier export may have said and this one does not: it would come back at an import. */
export const SAYINGS = [
  NAMES,
  'titles.json',
  'log.json',
  'pins.json',
  'trails.json',
  'import.json',
  'files.json',
] as const

/** What of the vault's plan goes out, under the names that the target can hold. In the order of their paths. */
export function planFor(plan: VaultPlan, { ids }: Scope, rules: NameRules): ExportPlan {
  const notes = ids === null ? plan.notes : plan.notes.filter(({ id }) => ids.has(id))
  const paths = [...notes, ...plan.attachments].map(({ path }) => path)
  const names = targetNames(paths, rules)
  const named = <F extends { path: string }>(file: F) => ({
    ...file,
    from: file.path,
    path: names.get(file.path) ?? '',
  })
  return { notes: notes.map(named).sort(byPath), files: plan.attachments.map(named).sort(byPath) }
}

const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)

export const renamedIn = (files: readonly { path: string; from: string }[]): Renamed[] =>
  files.filter(({ path, from }) => path !== from).map(({ path, from }) => ({ path: from, name: path }))

/**
 * The files of `.throughline/` for these notes: ids by the paths of this copy, the vault's own paths where they
 * are others (so that an import of the copy is the same vault), and whatever else the vault has to say.
 */
export function sidecarFor(plan: VaultPlan, scope: Scope, notes: readonly PlannedNote[], renamed: readonly Renamed[]) {
  const files: Record<string, string> = {}
  for (const [name, content] of Object.entries(plan.sidecar)) {
    if (!SIDECAR_NAME.test(name) || name === RECEIPT) continue
    const part = scope.ids === null ? content : partOf(content, scope.ids, notes)
    if (part !== null) files[name] = part
  }
  const ids = Object.fromEntries(notes.map(({ path, id }) => [path, id]))
  if (plan.sidecar[IDS] !== undefined) files[IDS] = asJson({ version: 1, notes: ids })
  if (renamed.length > 0) {
    files[NAMES] = asJson({ version: 1, names: Object.fromEntries(renamed.map(({ path, name }) => [name, path])) })
  }
  return files
}

const byNote = z.object({ version: z.literal(1), notes: z.record(z.string(), z.unknown()) })
const ofPins = z.object({ version: z.literal(1), pins: z.array(z.looseObject({ note: z.string() })) })

const ofFiles = z.object({
  version: z.literal(1),
  files: z.record(z.string(), z.array(z.object({ path: z.string(), notes: z.array(z.string()) }))),
})
const ofImport = z.object({ version: z.literal(1), kinds: z.record(z.string(), z.string()) })

/** What a file says of these notes (logs and titles by id, pins with their note, kinds and files by path); null for nothing. */
function partOf(content: string, ids: ReadonlySet<string>, planned: readonly PlannedNote[]): string | null {
  const value: unknown = JSON.parse(content)
  const notes = byNote.safeParse(value)
  if (notes.success) {
    const own = Object.entries(notes.data.notes).filter(([id]) => ids.has(id))
    return own.length === 0 ? null : asJson({ version: 1, notes: Object.fromEntries(own) })
  }
  const kinds = ofImport.safeParse(value)
  if (kinds.success) {
    const own = planned.flatMap(({ from }): [string, string][] => {
      const kind = Object.hasOwn(kinds.data.kinds, from) ? kinds.data.kinds[from] : undefined
      return kind === undefined ? [] : [[from, kind]]
    })
    // The rules by which the vault found them name what is in none of these notes.
    const mapping = { kinds: [], words: {} }
    return own.length === 0 ? null : asJson({ version: 1, mapping, kinds: Object.fromEntries(own) })
  }
  const files = ofFiles.safeParse(value)
  if (files.success) {
    const here = new Set(planned.map(({ from }) => from))
    const said = Object.entries(files.data.files).flatMap(([path, lines]) => {
      const own = lines.flatMap((line) => {
        const notes = line.notes.filter((note) => here.has(note))
        return notes.length === 0 ? [] : [{ path: line.path, notes }]
      })
      return own.length === 0 ? [] : [[path, own] as const]
    })
    return said.length === 0 ? null : asJson({ version: 1, files: Object.fromEntries(said) })
  }
  const pins = ofPins.safeParse(value)
  const own = pins.success ? pins.data.pins.filter(({ note }) => ids.has(note)) : []
  return own.length === 0 ? null : asJson({ version: 1, pins: own })
}

const asJson = (value: unknown) => `${JSON.stringify(value, null, 1)}\n`

/** Which attachments a part of a vault needs: those whose names stand in its notes, however they are written there. */
export class Mentions {
  readonly #files: readonly PlannedFile[]
  readonly #byKey = new Map<string, PlannedFile[]>()
  /** Names that cannot be looked for by key: as they are, and as an address has them. */
  readonly #literal: { file: PlannedFile; forms: readonly string[] }[] = []
  readonly #named = new Set<PlannedFile>()

  constructor(files: readonly PlannedFile[]) {
    this.#files = files
    for (const file of files) {
      const key = fileNameKey(file.from)
      if (key !== null) this.#byKey.set(key, [...(this.#byKey.get(key) ?? []), file])
      else {
        const name = file.from.slice(file.from.lastIndexOf('/') + 1).replace(/\p{Surrogate}/gu, '')
        this.#literal.push({ file, forms: [name, encodeURI(name), encodeURIComponent(name)] })
      }
    }
  }

  see(text: string): void {
    for (const key of filesNamedIn(text, new Set(this.#byKey.keys()))) {
      for (const file of this.#byKey.get(key) ?? []) this.#named.add(file)
      this.#byKey.delete(key)
    }
    for (const { file, forms } of this.#literal) if (forms.some((form) => text.includes(form))) this.#named.add(file)
  }

  get files(): PlannedFile[] {
    return this.#files.filter((file) => this.#named.has(file))
  }
}
