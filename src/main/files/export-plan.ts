import { z } from 'zod'
import { type NoteId, noteId } from '../../core/base/ids.ts'
import { type KindRule, type Mapping, matchingRule, parseMapping } from '../../core/import/mapping.ts'
import { parseWords, printWords } from '../../core/relation/vault-words.ts'
import { readTrails } from '../../core/trail/trail.ts'
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
  'former.json',
  'log.json',
  'pins.json',
  'trails.json',
  'words.json',
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

/** What goes out of a vault, for what is said beside it. */
type Out = {
  readonly scope: Scope
  readonly notes: readonly PlannedNote[]
  readonly renamed: readonly Renamed[]
  /** Of a part: words of the vault's that its notes use. */
  readonly hasWord: (word: string) => boolean
}

/**
 * The files of `.throughline/` for these notes: ids by the paths of this copy, the vault's own paths where they
 * are others (so that an import of the copy is the same vault), and whatever else the vault has to say.
 */
export function sidecarFor(plan: VaultPlan, out: Out): Record<string, string> {
  const files: Record<string, string> = {}
  for (const [name, content] of Object.entries(plan.sidecar)) {
    if (!SIDECAR_NAME.test(name) || name === RECEIPT) continue
    const part = out.scope.ids === null ? content : partOf(content, out.scope.ids, plan, out)
    if (part !== null) files[name] = part
  }
  const ids = Object.fromEntries(out.notes.map(({ path, id }) => [path, id]))
  if (plan.sidecar[IDS] !== undefined) files[IDS] = asJson({ version: 1, notes: ids })
  if (out.renamed.length > 0) {
    files[NAMES] = asJson({ version: 1, names: Object.fromEntries(out.renamed.map(({ path, name }) => [name, path])) })
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

/** What a file says of these notes (X10); null for nothing. */
function partOf(content: string, ids: ReadonlySet<NoteId>, plan: VaultPlan, out: Out): string | null {
  const planned = out.notes
  const value: unknown = JSON.parse(content)
  const notes = byNote.safeParse(value)
  if (notes.success) {
    const own = Object.entries(notes.data.notes).filter(([id]) => ids.has(noteId(id)))
    return own.length === 0 ? null : asJson({ version: 1, notes: Object.fromEntries(own) })
  }
  const kinds = ofImport.safeParse(value)
  if (kinds.success) {
    const own = planned.flatMap(({ from }): [string, string][] => {
      const kind = Object.hasOwn(kinds.data.kinds, from) ? kinds.data.kinds[from] : undefined
      return kind === undefined ? [] : [[from, kind]]
    })
    const mapping = mappingOf(content, plan, out)
    const isEmpty = own.length + mapping.kinds.length + Object.keys(mapping.words).length === 0
    return isEmpty ? null : asJson({ version: 1, mapping, kinds: Object.fromEntries(own) })
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
  const words = parseWords(content).filter(({ word, inverse }) => out.hasWord(word) || out.hasWord(inverse))
  if (words.length > 0) return printWords(words)
  const trails = readTrails(content).filter(({ stops }) => stops.length > 0)
  if (trails.length > 0) {
    const whole = trails.filter(({ stops }) => stops.every(({ note }) => ids.has(noteId(note))))
    return whole.length === 0 ? null : asJson({ version: 1, trails: whole })
  }
  const pins = ofPins.safeParse(value)
  const own = pins.success ? pins.data.pins.filter(({ note }) => ids.has(noteId(note))) : []
  return own.length === 0 ? null : asJson({ version: 1, pins: own })
}

/**
 * What of the vault's rules concerns these notes alone: rules of folders that go out whole, as far as paths tell, and
 * words that they use. What a tag or a property made of them is said note by note.
 */
function mappingOf(content: string, plan: VaultPlan, { notes, hasWord }: Out): Mapping {
  const { kinds, words } = parseMapping((JSON.parse(content) as { mapping?: unknown }).mapping)
  const here = new Set(notes.map(({ from }) => from))
  const isWhole = (rule: KindRule): boolean => {
    if (rule.key === '' || (rule.by !== 'folder' && rule.by !== 'folder-name')) return false
    const its = plan.notes.filter(({ path }) => matchingRule({ path, tags: [], properties: [] }, [rule]) === 0)
    return its.length > 0 && its.every(({ path }) => here.has(path))
  }
  return {
    kinds: kinds.filter(isWhole),
    words: Object.fromEntries(Object.entries(words).filter(([word]) => hasWord(word))),
  }
}

const asJson = (value: unknown) => `${JSON.stringify(value, null, 1)}\n`
