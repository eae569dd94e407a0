import { open } from 'node:fs/promises'
import path from 'node:path'
import { ruleChoices } from '../../core/import/choices.ts'
import { type FileFacts, readFileFacts } from '../../core/import/file-facts.ts'
import { kindByRules, type Mapping, readAs } from '../../core/import/mapping.ts'
import { countRules, suggestMapping, survey } from '../../core/import/survey.ts'
import { decodeSource } from '../../core/markdown/source.ts'
import { frontmatterEnd } from '../../core/markdown/split-frontmatter.ts'
import type { Kind } from '../../core/note/note.ts'
import type { ImportPreview } from '../../ipc/app-contract.ts'
import { eachOf, throttled } from './flow.ts'
import { isEmptyMapping, readImportSidecar } from './import-sidecar.ts'
import { type ImportSource, openSource, originName, sourceName } from './import-source.ts'
import { readProblem, type Scan, type Skipped, scanFolder } from './scan.ts'
import type { Progress } from './vault-calls.ts'

const READS = 16
/** One more byte than a preview reads tells that there is more. */
const MOST_READ = (1 << 20) + 1
const NAMED = 200
const SAMPLE = 4096
const PROGRESS_MS = 100

type Looked = {
  readonly given: string
  readonly source: ImportSource
  readonly scan: Scan
  readonly facts: readonly FileFacts[]
  readonly unread: readonly Skipped[]
  readonly listed: Mapping
  /** Notes that are in already with a kind by a rule or none, by the paths that they came from. */
  readonly known: ReadonlyMap<string, Kind>
}

/** Of a vault, notes that came from the folder that `origin` names: `importedKinds` of the vault's contract. */
export type KnownKinds = (
  origin: string,
  paths: readonly string[],
) => Promise<readonly { readonly path: string; readonly kind: Kind }[]>

/**
 * What a folder, a zip or a file holds, before anything of it is taken in (PRODUCT, "The first five minutes"). The
 * facts of the one looked at last are kept, so that counts follow the rules without reading again; texts are not.
 */
export class ImportPreviews {
  readonly #scratch: string
  #looked: Looked | null = null

  constructor(scratch: string) {
    this.#scratch = scratch
  }

  /** @param mapping null: the vault's own, else the one beside the files, else one that suggests itself */
  async look(
    given: string,
    mapping: Mapping | null,
    ofVault: Mapping,
    signal: AbortSignal,
    onProgress: (progress: Progress) => void,
    knownKinds: KnownKinds = async () => [],
  ): Promise<ImportPreview> {
    const isKnown = mapping !== null && this.#looked?.given === given
    if (!isKnown) await this.close()
    const looked = isKnown && this.#looked ? this.#looked : await this.#read(given, signal, onProgress, knownKinds)
    this.#looked = looked
    const { facts, scan } = looked
    const own = [ofVault, looked.listed].find((each) => !isEmptyMapping(each))
    const used = mapping ?? own ?? suggestMapping(facts)
    const found = survey(facts)
    const counts = countRules(facts, used.kinds)
    const attachments = scan.files.filter(({ kind }) => kind === 'attachment')
    return {
      name: sourceName(given),
      isFolder: looked.source.folder === given,
      notes: found.notes + looked.unread.length,
      links: found.links,
      unresolved: found.unresolved,
      attachments: attachments.length,
      bytes: attachments.reduce((sum, { size }) => sum + size, 0),
      tags: found.tags,
      words: found.words.slice(0, NAMED),
      plain: found.plain,
      stays: { ...found.stays, canvases: attachments.filter(({ path: at }) => /\.canvas$/i.test(at)).length },
      ambiguous: found.ambiguous.slice(0, NAMED).map(({ name, paths }) => ({ path: name, reason: paths.join(' · ') })),
      ambiguousLinks: found.ambiguous.reduce((sum, { links }) => sum + links, 0),
      sameButCase: found.sameButCase.slice(0, NAMED),
      notText: found.notText.slice(0, NAMED),
      skipped: [...looked.source.skipped, ...scan.skipped, ...looked.unread],
      mapping: { kinds: [...used.kinds], words: { ...used.words } },
      rules: counts.rules.map(({ notes }) => notes),
      rest: counts.rest,
      said: counts.said,
      kinds: counts.kinds,
      again: changedKinds(looked, used),
      twice: counts.twice.slice(0, NAMED),
      choices: ruleChoices(facts),
      sample: await this.#sample(looked, used),
    }
  }

  /** Forgets, and removes what was unpacked. */
  async close(): Promise<void> {
    const looked = this.#looked
    this.#looked = null
    await looked?.source.close()
  }

  async #read(
    given: string,
    signal: AbortSignal,
    onProgress: (progress: Progress) => void,
    knownKinds: KnownKinds,
  ): Promise<Looked> {
    const source = await openSource(given, this.#scratch, signal)
    try {
      const progress = throttled(onProgress, PROGRESS_MS)
      const scan = await scanFolder(source.folder, {
        signal,
        only: source.only,
        onFound: (files) => progress.report({ phase: 'scan', done: files, total: files }),
      })
      const notes = scan.files.filter(({ kind }) => kind === 'note')
      const facts: FileFacts[] = []
      const unread: Skipped[] = []
      // One file after the other comes to this loop: none holds it for longer than it takes to read a megabyte.
      await eachOf(notes, READS, async (file) => {
        signal.throwIfAborted()
        try {
          facts.push(readFileFacts(file.path, await readHead(path.join(scan.root, file.path), MOST_READ)))
        } catch (error) {
          unread.push({ path: file.path, reason: readProblem(error) })
        }
        progress.report({ phase: 'read', done: facts.length + unread.length, total: notes.length })
      })
      facts.sort((a, b) => (a.path < b.path ? -1 : 1))
      const { mapping } = await readImportSidecar(scan.root)
      const known = await knownKinds(
        originName(source.origin),
        facts.map((file) => file.path),
      )
      const kinds = new Map(known.map((each) => [each.path, each.kind]))
      return { given, source, scan, facts, unread, listed: mapping, known: kinds }
    } catch (error) {
      await source.close()
      throw error
    }
  }

  /** The head of a note about which the mapping says most. */
  async #sample({ scan, facts }: Looked, { kinds, words }: Mapping): Promise<ImportPreview['sample']> {
    const score = (file: FileFacts) => {
      const kind = file.kind ?? kindByRules(file, kinds) ?? 'note'
      const read = [...file.words].filter(([word, links]) => links > 0 && readAs(word, words) !== null).length
      return (kind === 'note' ? 0 : 2) + (read > 0 ? 1 : 0) + (file.properties.length > 0 ? 2 : 0)
    }
    let best: FileFacts | null = null
    let most = 2
    for (const file of facts) {
      const own = score(file)
      if (own > most) [best, most] = [file, own]
    }
    if (!best) return null
    const head = await readHead(path.join(scan.root, best.path), SAMPLE).catch(() => new Uint8Array())
    const text = decodeSource(head).text.replace(/\r\n?/g, '\n')
    const end = frontmatterEnd(text)
    const shown = text
      .slice(0, end > 0 ? end : 300)
      .split('\n')
      .slice(0, 10)
      .map((line) => line.slice(0, 120))
    const relations = [...best.words].flatMap(([word, links]) => {
      const relation = links > 0 ? readAs(word, words) : null
      return relation === null ? [] : [{ relation, links }]
    })
    const kind = best.kind ?? kindByRules(best, kinds) ?? 'note'
    return { path: best.path, head: shown.join('\n').trim(), kind, relations }
  }
}

/** What notes that are in already would become, the kind of most of them first. */
function changedKinds({ facts, known }: Looked, { kinds: rules }: Mapping): ImportPreview['again'] {
  const counts = new Map<Kind, number>()
  for (const file of facts) {
    const has = known.get(file.path)
    const kind = kindByRules(file, rules) ?? 'note'
    if (has !== undefined && file.kind === null && has !== kind) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  return [...counts].map(([kind, notes]) => ({ kind, notes })).sort((a, b) => b.notes - a.notes)
}

async function readHead(file: string, most: number): Promise<Uint8Array> {
  const handle = await open(file, 'r')
  try {
    const { size } = await handle.stat()
    const bytes = new Uint8Array(Math.min(size, most))
    let at = 0
    while (at < bytes.length) {
      const { bytesRead } = await handle.read(bytes, at, bytes.length - at, at)
      if (bytesRead === 0) break
      at += bytesRead
    }
    return bytes.subarray(0, at)
  } finally {
    await handle.close()
  }
}
