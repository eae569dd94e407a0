import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { sha256Of, Target } from '../files/target.ts'
import { changeOf, countsOf } from './change-of-round.ts'
import { decideIn, isTooMuch, type ReadIn, type VaultNow } from './decide.ts'
import { MirrorDisk } from './disk.ts'
import { readFolders, writeFolders } from './folders-in-step.ts'
import { type Known, lookAtKnown } from './known.ts'
import { logReceipt } from './log-receipt.ts'
import { lookAtFolder } from './look.ts'
import type { MirrorParts, Problem } from './parts.ts'
import { readIn } from './read-in.ts'
import { vaultNow } from './vault-now.ts'
import { writeOut } from './write-out.ts'

/** What to do where more than a third of the notes has vanished. */
export type OnVanished = 'ask' | 'put-back' | 'trash'

export type RoundEnd =
  | { readonly kind: 'missing' }
  | { readonly kind: 'ask'; readonly gone: number; readonly total: number }
  | {
      readonly kind: 'done'
      readonly notes: number
      readonly attachments: number
      /** Of a comparison of everything: files that are there, and those that are none of ours. */
      readonly whole: { readonly files: number; readonly leftAlone: number } | null
      /** The paths that it was about; null: all. */
      readonly looked: ReadonlySet<string> | null
      readonly wasRead: boolean
      readonly wasWritten: boolean
      /** Something changed while it was looked at: another round is due. */
      readonly isUnsettled: boolean
      readonly problems: readonly Problem[]
    }

/** A name for the folder that says nothing of where it lies, as an import gives it. */
export const originOf = (root: string): string => createHash('sha256').update(root).digest('hex').slice(0, 16)

/** What a minute ago vanished counts: a folder that is removed file by file is removed all the same. */
const RECENT_MS = 60_000

/** One vault and one folder, compared and made the same. Rules: SPEC.md. */
export class Mirror {
  readonly #parts: MirrorParts
  #trashedAt: number[] = []
  #isSettled = false

  constructor(parts: MirrorParts) {
    this.#parts = parts
  }

  /**
   * Makes both sides the same, in first, then out: what is known to have changed, or everything. Killed anywhere, the
   * next round finishes it. Fails with what the vault says, `unreadable`, or what the disk says (a full one).
   * @param known null: everything is compared
   */
  async round(onVanished: OnVanished = 'ask', known: Known | null = null): Promise<RoundEnd> {
    const { folder, lines, step } = this.#parts
    if (!(await isThere(folder))) return { kind: 'missing' }
    const target = await Target.open(folder, this.#parts.forbidden)
    const disk = new MirrorDisk(target, step, (below) => lines.folders().has(below))
    await this.#settle(disk)
    const part = known && onVanished === 'ask' ? await this.#part(known, disk) : null
    return part ?? this.#whole(disk, onVanished)
  }

  async #part(known: Known, disk: MirrorDisk): Promise<RoundEnd | null> {
    const { lines, vault } = this.#parts
    const { foldsCase, root } = disk.target
    const now = await lookAtKnown(known, { ...this.#parts, root, foldsCase })
    if (!now) return null
    const into = await this.#read(now.decided, root)
    const ids = new Set([...now.ids, ...into.ids])
    const after = into.hasChanged
      ? await vaultNow(vault, { ids: [...ids], paths: [], attachments: now.hasAttachments })
      : now.before
    // Whether it can be told from all others there, only a look at all of them says.
    const isNew = ({ id, path: at }: { id: string; path: string }) => lines.ofNote(id)?.path !== at
    if (foldsCase && [...after.notes.values()].some(isNew)) return null
    const out = await writeOut(after, { ...this.#parts, disk }, { ids, hasAttachments: now.hasAttachments })
    const folders = known.hasMore ? await writeFolders({ ...this.#parts, disk }) : []
    await lines.flush()
    await logReceipt(disk.target, lines)
    const { files, odd } = now.seen
    const looked = new Set([...known.paths, ...files.keys(), ...[...after.notes.values()].map(({ path: at }) => at)])
    return {
      kind: 'done',
      ...lines.counts(),
      whole: null,
      looked,
      wasRead: into.hasChanged,
      wasWritten: out.hasWritten,
      isUnsettled: into.isUnsettled || out.isUnsettled,
      problems: [...into.problems, ...out.problems, ...folders, ...clashing(now.decided), ...this.#odd(odd)],
    }
  }

  async #whole(disk: MirrorDisk, onVanished: OnVanished): Promise<RoundEnd> {
    const { lines, vault, now } = this.#parts
    const { root } = disk.target
    const seen = await lookAtFolder(root, (below) => lines.at(below), now)
    const before = await vaultNow(vault)
    await this.#keepLost(before)
    const decided = decideIn(lines.all(), lines.buried(), seen, before)

    this.#trashedAt = this.#trashedAt.filter((at) => now() - at < RECENT_MS)
    const recent = this.#trashedAt.length
    const isGone = seen.files.size === 0 && decided.total > 0
    const isMuch = decided.vanished > 0 && isTooMuch(decided.vanished + recent, decided.total + recent)
    if (onVanished === 'ask' && (isMuch || isGone)) {
      return { kind: 'ask', gone: decided.vanished, total: decided.total }
    }
    const asked: ReadIn =
      onVanished === 'put-back' ? { ...decided, gone: [], back: [...decided.back, ...decided.gone] } : decided
    const into = await this.#read(asked, root)
    if (onVanished === 'ask') for (let i = 0; i < into.trashed; i++) this.#trashedAt.push(now())
    const hasFolders = await readFolders(seen, { ...this.#parts, disk })
    const after = into.hasChanged || hasFolders ? await vaultNow(vault) : before
    const out = await writeOut(after, { ...this.#parts, disk })
    const folders = await writeFolders({ ...this.#parts, disk })
    await lines.flush()
    await logReceipt(disk.target, lines)
    return {
      kind: 'done',
      notes: after.notes.size,
      attachments: after.attachments.size,
      whole: { files: seen.files.size, leftAlone: seen.leftAlone },
      looked: null,
      wasRead: into.hasChanged,
      wasWritten: out.hasWritten,
      isUnsettled: into.isUnsettled || out.isUnsettled,
      problems: [...into.problems, ...out.problems, ...folders, ...clashing(decided), ...this.#odd(seen.odd)],
    }
  }

  async #read(decided: ReadIn, root: string) {
    const counts = countsOf(decided)
    const change = changeOf(counts, path.basename(root))
    const into = await readIn(decided, { ...this.#parts, root, origin: originOf(root), change })
    const isOne = counts.renames === 1 && decided.edits.length + decided.gone.length === 0
    if (change && !isOne) {
      this.#parts.onHappened({ kind: 'changes', path: '', id: null, from: '', change: change.id, counts })
    }
    return into
  }

  #odd(odd: ReadonlySet<string>): Problem[] {
    const known = [...odd].filter((at) => this.#parts.lines.at(at))
    return known.map((at) => ({ path: at, reason: 'it is not a plain file' }))
  }

  /**
   * A store that lost notes is no deletion either: files of more than a third of them that are not in the trash stay,
   * and are read in as new ones (F9).
   */
  async #keepLost({ notes }: VaultNow): Promise<void> {
    const { lines, vault } = this.#parts
    const all = lines.all().filter(({ id, path: at }) => id !== '' && at !== '')
    const absent = all.filter(({ id }) => !notes.has(id))
    if (!isTooMuch(absent.length, all.length)) return
    const thrown = new Set<string>((await vault.call('trash', {})).map(({ id }) => id))
    const lost = absent.filter(({ id }) => !thrown.has(id))
    if (isTooMuch(lost.length, all.length)) for (const line of lost) lines.drop(line)
    await lines.flush()
  }

  /** What a kill left announced: written, or not. */
  async #settle(disk: MirrorDisk): Promise<void> {
    const { lines } = this.#parts
    if (this.#isSettled) return
    for (const line of lines.due.values()) {
      if ((await disk.hashAt(line.path).catch(() => null)) !== line.sha256) continue
      const former = lines.ofNote(line.id)?.path ?? ''
      if (line.id !== '' && former !== '' && former !== line.path) await disk.finishMove(former, line.path)
      lines.set({ ...line, stamp: '' })
    }
    for (const below of lines.dueDrops) {
      const line = lines.at(below)
      // Another text there came after the one that was removed: it is a note of its own.
      if (line && (await disk.hashAt(below).catch(() => 'other')) !== line.sha256) lines.bury(line)
    }
    if (lines.due.size + lines.dueDrops.size > 0) await lines.save()
    lines.due.clear()
    lines.dueDrops.clear()
    this.#isSettled = true
  }
}

export async function isThere(folder: string): Promise<boolean> {
  return (await stat(folder).catch(() => null))?.isDirectory() === true
}

const clashing = ({ clashes }: ReadIn): Problem[] =>
  clashes.map((at) => ({ path: at, reason: 'the vault has another file of this name' }))

/** Makes lines of a folder whose notes were taken in from it, or that an export wrote: `ids` by path. */
export async function adopt(
  parts: Pick<MirrorParts, 'lines' | 'texts' | 'vault'>,
  root: string,
  known: readonly { readonly path: string; readonly sha256: string; readonly docHash: string; readonly id: string }[],
): Promise<void> {
  for (const { path: at, sha256, docHash, id } of known) {
    parts.lines.set({ path: at, sha256, docHash, id, stamp: '', from: id === '' ? 'app' : 'folder' })
    if (id === '') continue
    const bytes = await readFile(path.join(root, at)).catch(() => null)
    if (bytes && sha256Of(bytes) === sha256) await parts.texts.keep(sha256, bytes)
  }
  await parts.lines.save()
}
