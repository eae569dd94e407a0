import type * as Y from 'yjs'
import type { Disposer } from '../core/base/disposable.ts'
import type { VaultId } from '../core/base/ids.ts'
import { nameOfValue } from '../core/members/canonical.ts'
import { type MemberEntry, readMemberEntry } from '../core/members/entry.ts'
import { readSecretForm, type SecretRecord } from '../core/members/secret-record.ts'
import type { PropertyValue } from '../core/note/note.ts'
import { jsonOf } from './json.ts'
import { LOCAL } from './origins.ts'

/**
 * Who is in a vault, in its doc: signed entries in `members` and sealed secrets in `secrets`, each a plain value under
 * the hash of all of it (V7, V8). No signature is looked at here: whoever folds them does (core/members).
 */
const membersOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('members')
const secretsOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('secrets')

type Fits = (value: PropertyValue, vault: VaultId) => boolean
const isEntry: Fits = (value, vault) => readMemberEntry(value)?.vault === vault
const isSecret: Fits = (value, vault) => readSecretForm(value, vault) !== null

/** For `MemberLog.add`. Values that are no entries of this vault, or stand under another name, are left out. */
export const readMemberValues = (doc: Y.Doc, vault: VaultId): readonly PropertyValue[] => [
  ...kept(membersOf(doc), isEntry, vault).values(),
]

/** For `readSecretRecord`; left out as above. */
export const readSecretValues = (doc: Y.Doc, vault: VaultId): readonly PropertyValue[] => [
  ...kept(secretsOf(doc), isSecret, vault).values(),
]

/** Adds those that are not there; answers how many. Nothing is ever replaced. */
export const addMemberEntries = (doc: Y.Doc, entries: readonly MemberEntry[], origin: unknown): number =>
  add(doc, membersOf(doc), entries, origin)

export const addSecretRecords = (doc: Y.Doc, records: readonly SecretRecord[], origin: unknown): number =>
  add(doc, secretsOf(doc), records, origin)

/**
 * Watches the doc while it is in use: what goes from either map, or is replaced there, is put back under its name,
 * whoever took it out (V9).
 */
export function guardMembers(doc: Y.Doc, vault: VaultId): Disposer {
  const leave = [guard(doc, membersOf(doc), isEntry, vault), guard(doc, secretsOf(doc), isSecret, vault)]
  return () => {
    for (const each of leave) each()
  }
}

function guard(doc: Y.Doc, map: Y.Map<unknown>, fits: Fits, vault: VaultId): Disposer {
  const known = kept(map, fits, vault)
  const look = ({ keysChanged }: Y.YMapEvent<unknown>) => {
    const gone: string[] = []
    for (const name of keysChanged) {
      const value = at(map, name, fits, vault)
      if (value !== undefined) known.set(name, value)
      else if (known.has(name)) gone.push(name)
    }
    if (gone.length === 0) return
    doc.transact(() => {
      for (const name of gone) map.set(name, known.get(name))
    }, LOCAL)
  }
  map.observe(look)
  return () => map.unobserve(look)
}

function kept(map: Y.Map<unknown>, fits: Fits, vault: VaultId): Map<string, PropertyValue> {
  const found = new Map<string, PropertyValue>()
  for (const name of [...map.keys()].sort()) {
    const value = at(map, name, fits, vault)
    if (value !== undefined) found.set(name, value)
  }
  return found
}

/** undefined where what stands under a name is not what the name says. */
function at(map: Y.Map<unknown>, name: string, fits: Fits, vault: VaultId): PropertyValue | undefined {
  if (!map.has(name)) return undefined
  const value = jsonOf(map.get(name))
  return nameOfValue(value) === name && fits(value, vault) ? value : undefined
}

function add(doc: Y.Doc, map: Y.Map<unknown>, values: readonly object[], origin: unknown): number {
  const fresh = new Map<string, object>()
  for (const value of values) {
    const name = nameOfValue(value)
    if (name !== null && nameOfValue(jsonOf(map.get(name))) !== name) fresh.set(name, value)
  }
  if (fresh.size > 0) {
    doc.transact(() => {
      for (const [name, value] of fresh) map.set(name, { ...value })
    }, origin)
  }
  return fresh.size
}
