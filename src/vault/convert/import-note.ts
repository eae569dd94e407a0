import * as Y from 'yjs'
import { isId, type NoteId, noteId } from '../../core/base/ids.ts'
import { invariant } from '../../core/base/invariant.ts'
import { otherNames } from '../../core/import/file-names.ts'
import { kindByRules } from '../../core/import/mapping.ts'
import type { LogSection } from '../../core/markdown/log-section.ts'
import type { Degraded } from '../../core/markdown/parsed-note.ts'
import { readVerbatims } from '../../core/markdown/read-verbatim.ts'
import { decodeSource } from '../../core/markdown/source.ts'
import type { Tree } from '../../core/markdown/tree.ts'
import { extractNote } from '../../core/note/extract.ts'
import { safeStem, splitPath, stemOf } from '../../core/note/file-name.ts'
import type { Kind, NoteMeta } from '../../core/note/note.ts'
import { docHash } from '../../crdt/doc-hash.ts'
import type { NoteLayout } from '../../crdt/note-doc.ts'
import {
  MAX_SOURCE,
  readLayout,
  readMeta,
  readSource,
  rootOf,
  SCHEMA,
  schemaOf,
  seedClientId,
  transactAs,
  updateMeta,
  writeLayout,
  writeSource,
} from '../../crdt/note-doc.ts'
import { appendEntries, readLog } from '../../crdt/note-log.ts'
import { IMPORT } from '../../crdt/origins.ts'
import { readTree } from '../../editor/convert/read-tree.ts'
import { replaceTree } from '../../editor/convert/replace-tree.ts'
import { sourceCodec } from '../codec.ts'
import { exportNote } from './export-note.ts'
import { firstUpdate } from './first-update.ts'
import { idFrom, sha256Hex } from './hash.ts'
import { type FileContent, joinFile, mergeFile } from './merge-file.ts'
import { adoptableLog, readBeside, readFileLog, withoutFolded } from './note-log.ts'
import { plainReason, readPlain } from './plain.ts'
import { readMarkdown } from './read-markdown.ts'
import { readState, stateOf } from './read-note.ts'
import type { ImportResult, ImportTask, ReimportResult, ReimportTask } from './tasks.ts'

/**
 * Changes with anything that changes what a file becomes: it enters the clientID, so that two versions of the
 * importer make two clients and never one client with two texts (M9, facts/sync.md).
 */
const IMPORTER = 'import 5'

const DEGRADED: Record<Degraded, string> = {
  'too-deep': 'nested too deeply to be read as Markdown: kept as plain text',
  'too-large': 'too large to be read as Markdown: kept as plain text',
  'parser-failed': 'could not be read as Markdown: kept as plain text',
}

type FileNote = {
  readonly facts: Pick<NoteMeta, 'kind' | 'created' | 'aliases' | 'tags' | 'properties'>
  readonly saysKind: boolean
  readonly id: string
  /** The text's beginning, where other tools keep a page's properties; '' for what is no Markdown. */
  readonly head: string
  readonly tree: Tree
  readonly log: LogSection | null
  readonly layout: NoteLayout
  readonly asText: string | null
}

function readFile(bytes: Uint8Array, plain: string | null): FileNote {
  const { text, bom, lossless } = decodeSource(bytes)
  const reason = plain ?? plainReason(bytes, lossless)
  if (reason !== null) {
    const { tree, layout } = readPlain(bytes)
    const facts = { kind: 'note', created: '', aliases: [], tags: [], properties: [] } as const
    return { facts, saysKind: false, id: '', head: '', tree, log: null, layout, asText: reason }
  }
  const { facts, saysKind, id, tree, log, degraded } = readMarkdown(text)
  const head = text.slice(0, 2000)
  return { facts, saysKind, id, head, tree, log, layout: bom ? { bom } : {}, asText: degraded && DEGRADED[degraded] }
}

/** A file to a note's first update, or to word that it is known. */
export function importFile(task: ImportTask): ImportResult {
  const sourceHash = sha256Hex(task.bytes)
  if (task.knownHash !== '') {
    // What an export of this note left there says nothing new, whatever was written in the note since.
    return { status: [task.knownHash, task.exportedHash].includes(sourceHash) ? 'unchanged' : 'changed' }
  }

  const note = readFile(task.bytes, task.plain)
  const id = chooseId(task, note.id, sourceHash)
  const [, file] = splitPath(task.path)
  const kindBeside = kindFor(task, note)
  const beside = readBeside(task.beside)
  const log = readFileLog(note.log, [], beside.log).added
  // A title that the file's name cannot say (M6), as long as the file has the name that was made of it.
  const title = beside.title !== '' && isNameOf(file, beside.title) ? beside.title : stemOf(file)
  const layout = kindBeside === null ? note.layout : { ...note.layout, kindBeside }
  const meta: NoteMeta = {
    ...withoutFolded(note.facts, log),
    kind: kindBeside ?? note.facts.kind,
    title,
    folderId: task.folderId,
    file,
    formerTitles: [...new Set([...otherNames(task.path, note.head), ...beside.former])],
    trashed: false,
  }
  const inputs = [IMPORTER, task.vaultId, id, task.path, task.folderId ?? '', sourceHash, note.asText ?? '']
  if (kindBeside !== null) inputs.push(kindBeside)
  if (title !== stemOf(file)) inputs.push(`title ${title}`)
  if (beside.former.length > 0) inputs.push(`former ${JSON.stringify(beside.former)}`)
  if (log.length + beside.pins.length > 0) inputs.push(JSON.stringify([log, beside.pins]))
  const { update, docHash } = firstUpdate({
    meta,
    tree: note.tree,
    layout,
    clientId: seedClientId(...inputs),
    ...(log.length > 0 ? { log } : {}),
    ...(beside.pins.length > 0 ? { pins: beside.pins } : {}),
    ...(task.bytes.length <= MAX_SOURCE ? { source: { bytes: task.bytes, codec: sourceCodec } } : {}),
  })
  return {
    status: 'new',
    id,
    update,
    state: stateOf(meta, note.tree, docHash, { kindBeside: layout.kindBeside, log, pins: beside.pins }),
    sourceHash,
    asText: note.asText,
  }
}

/** Whether a file has the name of a note with this title, with a number behind it where another had it. */
function isNameOf(file: string, title: string): boolean {
  const wanted = safeStem(title)
  const stem = stemOf(file)
  return stem === wanted || (stem.startsWith(`${wanted} `) && /^ \d+$/.test(stem.slice(wanted.length)))
}

/** The kind that is kept beside a file which names none; null for a plain note. */
function kindFor(task: ImportTask, note: FileNote): Kind | null {
  if (note.saysKind) return null
  const { tags, properties } = note.facts
  let kind = task.givenKind ?? null
  if (kind === null && task.rules && task.rules.length > 0) {
    // A rule may ask for a tag that stands in the text.
    const byTag = task.rules.some(({ by }) => by === 'tag')
    const all = byTag ? extractNote(note.tree, { tags, properties: [] }).tags : tags
    kind = kindByRules({ path: task.path, tags: all, properties }, task.rules)
  }
  return kind === 'note' ? null : kind
}

/** The file's own id, then the one of `.throughline/ids.json`, else one made of vault, path and bytes (M9). */
function chooseId(task: ImportTask, own: string, sourceHash: string): NoteId {
  if (!task.refuseIds && isId(own)) return noteId(own)
  if (!task.refuseIds && task.listedId !== null) return task.listedId
  return noteId(idFrom('note', task.vaultId, task.path, sourceHash, String(task.generation)))
}

/**
 * A changed file as an edit of its note: equal on every device that has the same note (M8, M9). What was written
 * here since the file was taken in stays (merge-file.ts).
 */
export function reimportFile(task: ReimportTask): ReimportResult {
  const doc = new Y.Doc({ guid: '' })
  Y.applyUpdate(doc, task.state)
  // Fails the task: what we do not know we would leave out (D8).
  invariant(schemaOf(doc) <= SCHEMA, 'a note of a newer version is not written')
  const before = Y.encodeStateVector(doc)
  const sourceHash = sha256Hex(task.bytes)
  const note = readFile(task.bytes, task.plain)
  const isFormer = isAsFormerFile(task)
  // Which files there were before is known on this device only, and decides what the update holds (D2).
  const inputs = [IMPORTER, task.id, task.path, docHash(doc), sourceHash, note.asText ?? '', String(isFormer)]
  if (task.base) inputs.push(sha256Hex(task.base))
  const adopted = note.log ? adoptableLog(doc) : null
  const known = adopted?.entries ?? readLog(doc)
  const log = readFileLog(note.log, known, readBeside(task.beside).log)
  if (log.added.length > 0) inputs.push(JSON.stringify(log.added))
  transactAs(doc, seedClientId(...inputs), IMPORT, () => {
    if (adopted) replaceTree(rootOf(doc), adopted.tree)
    appendEntries(doc, [...known, ...log.added], IMPORT)
    const said = { ...note, facts: withoutFolded(note.facts, known) }
    const { tree, facts } = mergeWithNote(doc, said, isFormer, task.base)
    updateMeta(doc, facts, IMPORT)
    replaceTree(rootOf(doc), tree)
    const { kindBeside } = readLayout(doc)
    const keepsKind = kindBeside !== undefined && !note.saysKind
    writeLayout(doc, keepsKind ? { ...note.layout, kindBeside } : note.layout, IMPORT)
    writeSource(doc, task.bytes, sourceCodec)
  })
  const update = Y.encodeStateAsUpdate(doc, before)
  const changes = { added: log.added.length, altered: log.altered, missing: log.missing }
  const hasLog = known.length + log.added.length > 0
  const result = { update, state: readState(doc), sourceHash, asText: note.asText, log: hasLog ? changes : null }
  doc.destroy()
  return result
}

/** Whether the note is still what the file was before it changed: then every difference was made in the file. */
function isAsFormerFile({ id, state, formerHashes }: ReimportTask): boolean {
  if (formerHashes.length === 0) return false
  return formerHashes.includes(sha256Hex(exportNote({ kind: 'export', id, state, verify: false }).bytes))
}

function mergeWithNote(doc: Y.Doc, note: FileNote, isFormer: boolean, base?: Uint8Array): FileContent {
  const meta = readMeta(doc)
  // A kind that was kept beside the file gives way to the one that the file names now.
  const isBeside = note.saysKind && readLayout(doc).kindBeside === meta.kind
  const known = isBeside ? { ...meta, kind: 'note' as const } : meta
  const tree = readTree(rootOf(doc))
  const here: FileContent = { tree: readLayout(doc).plain ? tree : readVerbatims(tree), facts: known }
  const source = isFormer ? null : base ? (base.length > 0 ? base : null) : readSource(doc, sourceCodec)
  if (source) return mergeFile(readFile(source, readLayout(doc).plain ? 'as it was' : null), here, note)
  // A kind or date that was set here stays where the file says nothing of its own.
  const kind = note.saysKind ? note.facts.kind : here.facts.kind
  const facts = { ...note.facts, kind, created: note.facts.created || here.facts.created }
  // A note written here, or a very large one, has no source: nobody can tell who changed what, so both stay.
  return isFormer ? { tree: note.tree, facts } : joinFile(here, { tree: note.tree, facts })
}
