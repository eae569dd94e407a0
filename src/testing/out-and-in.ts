import type { Input } from '../ipc/rpc.ts'
import type { vaultContract } from '../ipc/vault-contract.ts'
import { sha256Hex } from '../vault/convert/hash.ts'
import type { VaultHarness } from './vault-harness.ts'

export type Mapping = Input<typeof vaultContract, 'setImportMapping'>

/** What an export says beside its files, as main reads it again. */
type Beside = {
  readonly ids: Record<string, string>
  readonly beside: Record<string, string>
  readonly kinds: Record<string, 'essay' | 'example' | 'commitment' | 'note'>
  readonly trails: string
  readonly words: string
  readonly standIns: Record<string, { path: string; notes: string[] }[]>
  readonly mapping: Mapping
}
const NOTHING: Beside = {
  ids: {},
  beside: {},
  kinds: {},
  trails: '',
  words: '',
  standIns: {},
  mapping: { kinds: [], words: {} },
}

export type Attached = { path: string; sha256: string; size: number }

export async function take(
  harness: VaultHarness,
  files: Readonly<Record<string, Uint8Array>>,
  attached: readonly Attached[],
  { origin = 'one', said = NOTHING, isExport = false }: { origin?: string; said?: Beside; isExport?: boolean } = {},
) {
  const { ids, beside, kinds, standIns, trails, words, mapping } = said
  const input = Object.entries(files).map(([path, bytes]) => ({
    path,
    bytes,
    updated: 5,
    ...(ids[path] === undefined ? {} : { id: ids[path] }),
    ...(isExport ? { exported: sha256Hex(bytes) } : {}),
    ...(beside[path] === undefined ? {} : { beside: beside[path] }),
    ...(kinds[path] === undefined ? {} : { kind: kinds[path] }),
  }))
  if (mapping.kinds.length > 0) await harness.vault.call('setImportMapping', mapping)
  const replies = input.length === 0 ? [] : await harness.vault.call('importFiles', { files: input, origin })
  const attachments = attached.map((file) => ({
    ...file,
    ...(isExport ? { exported: file.sha256 } : {}),
    ...(standIns[file.path] === undefined ? {} : { standsFor: standIns[file.path] }),
  }))
  await harness.vault.call('importAttachments', { attachments, origin })
  if (trails !== '') await harness.vault.call('importTrails', { trails })
  if (words !== '') await harness.vault.call('importWords', { words })
  await harness.vault.call('importEnd', {})
  return replies
}

export async function out(harness: VaultHarness) {
  const plan = await harness.vault.call('exportPlan', {})
  const notes = await harness.vault.call('exportNotes', { ids: plan.notes.map(({ id }) => id) })
  const json = <T>(file: string, none: T): T => JSON.parse(plan.sidecar[file] ?? JSON.stringify(none)) as T
  const { notes: ids } = json<{ notes: Record<string, string> }>('ids.json', { notes: {} })
  const titles = json<{ notes: Record<string, string> }>('titles.json', { notes: {} }).notes
  const formers = json<{ notes: Record<string, unknown> }>('former.json', { notes: {} }).notes
  const logs = json<{ notes: Record<string, unknown> }>('log.json', { notes: {} }).notes
  const { pins } = json<{ pins: { note: string }[] }>('pins.json', { pins: [] })
  const beside = Object.entries(ids).flatMap(([path, id]) => {
    const [title, log, former] = [titles, logs, formers].map((each) => (Object.hasOwn(each, id) ? each[id] : undefined))
    const own = pins.filter(({ note }) => note === id)
    const said = { log: log ?? [], pins: own, title, former }
    return own.length === 0 && (title ?? log ?? former) === undefined ? [] : [[path, JSON.stringify(said)] as const]
  })
  const imported = json<Pick<Beside, 'kinds' | 'mapping'>>('import.json', NOTHING)
  const said: Beside = {
    ids,
    beside: Object.fromEntries(beside),
    kinds: imported.kinds,
    mapping: imported.mapping,
    trails: plan.sidecar['trails.json'] ?? '',
    words: plan.sidecar['words.json'] ?? '',
    standIns: json<{ files: Beside['standIns'] }>('files.json', { files: {} }).files,
  }
  const { sidecar, attachments } = plan
  return {
    notes,
    ids,
    said,
    sidecar,
    attachments,
    files: Object.fromEntries(notes.map(({ path, bytes }) => [path, bytes])),
  }
}
