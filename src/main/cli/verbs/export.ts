import path from 'node:path'
import { CallError } from '../../../ipc/rpc.ts'
import type { PageScope } from '../../../ipc/shapes.ts'
import { folderAt } from '../../files/export-scope.ts'
import type { Skipped } from '../../files/scan.ts'
import type { VaultCalls } from '../../files/vault-calls.ts'
import { PartlyDone, sayEach, text, type Verb, type VerbContext, type VerbValues } from '../verb.ts'

const FILES = ['zip', 'html', 'pdf'] as const
const SCOPES = ['folder', 'note', 'query'] as const

/** CLI.md: `export FOLDER`. Also a part of the vault; and as a zip, a web page or a PDF. */
export const exportVerb: Verb = {
  name: 'export',
  usage: 'FOLDER | --zip FILE | --html FILE | --pdf FILE',
  about: 'writes the vault as Markdown; only into an empty folder or one that it made',
  positionals: 0,
  optional: 1,
  options: {
    zip: { type: 'string', value: 'FILE', about: 'one zip instead of a folder; replaces FILE' },
    html: { type: 'string', value: 'FILE', about: 'one web page that holds everything; replaces FILE' },
    pdf: { type: 'string', value: 'FILE', about: 'one PDF; replaces FILE' },
    folder: { type: 'string', value: 'PATH', about: 'only a folder of the vault, with all below it' },
    note: { type: 'string', value: 'TITLE_OR_PATH', about: 'only a note' },
    linked: { type: 'boolean', about: 'with --note: and the notes that it links to' },
    query: { type: 'string', value: 'QUERY', about: 'only the notes that a search finds' },
    portable: { type: 'boolean', about: 'names that Linux, macOS and Windows can all hold' },
  },
  complain: ([folder], values) => {
    const targets = [folder, ...FILES.map((key) => values[key])].filter((target) => target !== undefined)
    if (targets.length !== 1) return 'Name one folder, or one file with --zip, --html or --pdf.'
    if (targets[0] === '') return 'The name is empty.'
    const scopes = SCOPES.filter((key) => values[key] !== undefined)
    if (scopes.length > 1) return `--${scopes.join(' and --')} do not go together.`
    const empty = scopes.find((key) => values[key] === '')
    if (empty !== undefined) return `--${empty} is empty.`
    if (values.portable === true && (values.html !== undefined || values.pdf !== undefined))
      return '--portable is for Markdown.'
    return values.linked === true && values.note === undefined ? '--linked goes with --note.' : null
  },
  run: (context, [folder], values) =>
    context.open(async ({ id, vault }) => {
      const scope = await scopeOf(values, vault)
      const onProgress = ({ phase, done, total }: { phase: string; done: number; total: number }) =>
        context.progress(phase, done, total)
      const form = values.html !== undefined ? 'html' : values.pdf !== undefined ? 'pdf' : null
      if (form !== null) {
        const file = path.resolve(context.cwd, text(values[form]) ?? '')
        const wanted = { scope: scope ?? WHOLE, form, file } as const
        const report = await context.jobs.exportPage(id, wanted, context.signal, onProgress)
        if (report.cancelled) throw new CallError('cancelled', `Stopped; ${file} was not written.`)
        const { notes, images, bytes, ms } = report
        return answered(context, report.problems, { notes, images, bytes, ms, file })
      }
      const zip = text(values.zip)
      const place = path.resolve(context.cwd, zip ?? folder ?? '')
      const target = { place, zip: zip !== undefined, portable: values.portable === true, scope }
      const report = await context.jobs.exportVault(id, target, context.signal, onProgress)
      if (report.cancelled) throw new CallError('cancelled', `Stopped; run it again to go on with ${place}.`)
      sayEach(context.say, 'left alone', report.leftAlone)
      for (const { path: from, name } of report.renamed) context.say(`renamed: ${from}: it is ${name} there`)
      const { notes, attachments, bytes, ms, receipt } = report
      return answered(context, report.problems, { notes, attachments, bytes, ms, receipt })
    }),
}

const WHOLE: PageScope = { kind: 'folder', id: null }

/** Exit 1 where something is not as it should be, with the answer all the same. */
function answered<T>({ say }: VerbContext, problems: readonly Skipped[], answer: T): T {
  sayEach(say, 'problem', problems)
  if (problems.length === 0) return answer
  const what = problems.length === 1 ? 'One file is not as it' : `${problems.length} files are not as they`
  throw new PartlyDone(`${what} should be; everything else is.`, answer)
}

async function scopeOf(values: VerbValues, vault: VaultCalls): Promise<PageScope | undefined> {
  const [folder, note, query] = SCOPES.map((key) => text(values[key]))
  if (folder !== undefined) return { kind: 'folder', id: await folderAt(folder, vault) }
  if (query !== undefined) return { kind: 'search', query }
  if (note === undefined) return undefined
  const { id } = await vault.call('find', { name: note })
  return { kind: 'note', id, linked: values.linked === true }
}
