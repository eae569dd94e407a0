import { fileKey, safeStem } from '../../core/note/file-name.ts'
import { targetSegments } from './safe-path.ts'

export type NameRules = {
  /** Whether the target keeps `a` and `A` in one place. */
  readonly foldsCase: boolean
  readonly platform: NodeJS.Platform
  /** Only names that Linux, macOS and Windows can all hold and tell apart. */
  readonly portable: boolean
}

/** A path of the vault, and what it is called in the target instead. */
export type Renamed = { readonly path: string; readonly name: string }

/** Names that belong to tools or lead elsewhere get no better by another name: they are refused where they are written. */
const NEVER = /^\.|^$/
const MARKDOWN = /\.(?:md|markdown)$/i
const ENDING = /\.[\p{L}\p{N}]{1,16}$/u
/** Numbers tried before a name is given up; a folder of so many equal names is none that a person made. */
const MAX_NUMBER = 100_000

type Folder = { readonly folders: Map<string, Folder>; readonly files: string[] }

/**
 * What each path is called in the target (M6): itself wherever the target can hold it. Else every name on the way
 * that it cannot hold, or not tell from another, is made safe; two paths never become one, folders keep their
 * files together, and the same paths always become the same names. Refused names stay as they are.
 */
export function targetNames(paths: readonly string[], rules: NameRules): ReadonlyMap<string, string> {
  const top: Folder = { folders: new Map(), files: [] }
  for (const path of new Set(paths)) {
    const segments = path.split('/')
    let folder = top
    for (const name of segments.slice(0, -1)) {
      const next = folder.folders.get(name) ?? { folders: new Map(), files: [] }
      folder.folders.set(name, next)
      folder = next
    }
    folder.files.push(segments.at(-1) ?? '')
  }
  const names = new Map<string, string>()
  nameFolder(top, '', '', rules, names)
  return names
}

function nameFolder(folder: Folder, from: string, to: string, rules: NameRules, names: Map<string, string>): void {
  // A file and a folder of one name: the file keeps it where both are as good, as files are what links lead to.
  const own = dealt([...folder.files], [...folder.folders.keys()], rules)
  for (const name of folder.files) names.set(from + name, to + (own.files.get(name) ?? name))
  for (const [name, inside] of folder.folders) {
    nameFolder(inside, `${from}${name}/`, `${to}${own.folders.get(name) ?? name}/`, rules, names)
  }
}

function dealt(files: readonly string[], folders: readonly string[], rules: NameRules) {
  const isFolding = rules.foldsCase || rules.portable
  const keyOf = (name: string) => (isFolding ? fileKey(name) : name)
  const taken = new Set<string>()
  const given = { files: new Map<string, string>(), folders: new Map<string, string>() }
  const waiting: { name: string; isFile: boolean }[] = []
  const all = [
    ...[...files].sort().map((name) => ({ name, isFile: true })),
    ...[...folders].sort().map((name) => ({ name, isFile: false })),
  ]
  // Names that can stay go first, so that nothing is pushed aside by a name that was made.
  for (const each of all) {
    const key = keyOf(each.name)
    if (isRefused(each.name, each.isFile)) continue
    if (!isHeld(each.name, rules) || taken.has(key)) waiting.push(each)
    else taken.add(key)
  }
  for (const { name, isFile } of waiting) {
    const safe = isHeld(name, rules) ? name : safeName(name, isFile)
    const free = freeName(safe, isFile, (candidate) => !taken.has(keyOf(candidate)))
    taken.add(keyOf(free))
    ;(isFile ? given.files : given.folders).set(name, free)
  }
  return given
}

const isRefused = (name: string, isFile: boolean) => NEVER.test(name) && !(isFile && MARKDOWN.test(name))

function isHeld(name: string, { platform, portable }: NameRules): boolean {
  // A dot before a note's name hides it; it is a name all the same.
  if (!targetSegments(name.replace(/^\.+/, '_'), portable ? 'win32' : platform).ok) return false
  return !portable || name === name.normalize('NFC')
}

function safeName(name: string, isFile: boolean): string {
  const ending = isFile ? (ENDING.exec(name)?.[0] ?? '') : ''
  // `What now?` is What now, not What now-.
  const stem = safeStem(name.slice(0, name.length - ending.length)).replace(/[-. ]+$/, '')
  return (stem === '' ? 'Untitled' : stem) + ending
}

function freeName(name: string, isFile: boolean, isFree: (name: string) => boolean): string {
  if (isFree(name)) return name
  const ending = isFile ? (ENDING.exec(name)?.[0] ?? '') : ''
  const stem = name.slice(0, name.length - ending.length)
  for (let number = 2; number < MAX_NUMBER; number++) {
    const candidate = `${stem} ${number}${ending}`
    if (isFree(candidate)) return candidate
  }
  return name
}
