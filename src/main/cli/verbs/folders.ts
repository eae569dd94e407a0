import path from 'node:path'
import { CallError } from '../../../ipc/rpc.ts'
import type { PageScope } from '../../../ipc/shapes.ts'
import { folderAt } from '../../files/export-scope.ts'
import type { Skipped } from '../../files/scan.ts'
import type { VaultCalls } from '../../files/vault-calls.ts'
import { PartlyDone, text, type Verb, type VerbContext, type VerbValues } from '../verb.ts'

const list = (say: VerbContext['say'], what: string, items: readonly Skipped[]) => {
  for (const item of items) say(`${what}: ${item.path}: ${item.reason}`)
}

/** CLI.md: `import FOLDER`; makes the vault where it is missing, and changes only what changed. */
export const importVerb: Verb = {
  name: 'import',
  usage: 'FOLDER',
  about: 'copies a folder of Markdown into the vault; makes the vault if it is missing',
  positionals: 1,
  options: {},
  run: async (context, [folder = '']) => {
    const { services, jobs, cwd, signal, vaultName } = context
    const source = path.resolve(cwd, folder)
    const { registry } = services
    const found = vaultName === null ? registry.last() : registry.byName(vaultName)
    // Before a vault is made of it: a mistyped name leaves nothing behind.
    await jobs.mustBeFolder(source)
    const vault = found ?? (await jobs.create(vaultName ?? jobs.folderName(source), 'empty'))
    await registry.use(vault.id)
    const report = await jobs.importFolder(source, vault.id, signal, ({ phase, done, total }) =>
      context.progress(phase, done, total),
    )
    if (report.cancelled)
      throw new CallError('cancelled', `Stopped: ${report.notes} notes are in; run it again to go on.`)
    list(context.say, 'kept as text', report.asText)
    const { notes, attachments, links, unresolved, skipped, ms } = report
    return { notes, attachments, links, unresolved, skipped, ms }
  },
}

const SCOPES = ['folder', 'note', 'query'] as const

/** CLI.md: `export FOLDER`. Also a part of the vault, and as a zip. */
export const exportVerb: Verb = {
  name: 'export',
  usage: 'FOLDER | --zip FILE',
  about: 'writes the vault as Markdown; only into an empty folder or one that it made',
  positionals: 0,
  optional: 1,
  options: {
    zip: { type: 'string', value: 'FILE', about: 'one zip instead of a folder; replaces FILE' },
    folder: { type: 'string', value: 'PATH', about: 'only a folder of the vault, with all below it' },
    note: { type: 'string', value: 'TITLE_OR_PATH', about: 'only a note' },
    linked: { type: 'boolean', about: 'with --note: and the notes that it links to' },
    query: { type: 'string', value: 'QUERY', about: 'only the notes that a search finds' },
    portable: { type: 'boolean', about: 'names that Linux, macOS and Windows can all hold' },
  },
  complain: ([folder], values) => {
    if ((folder === undefined) === (values.zip === undefined)) return 'Name a folder, or a file with --zip.'
    if (folder === '' || values.zip === '') return 'The name is empty.'
    const scopes = SCOPES.filter((key) => values[key] !== undefined)
    if (scopes.length > 1) return `--${scopes.join(' and --')} do not go together.`
    const empty = scopes.find((key) => values[key] === '')
    if (empty !== undefined) return `--${empty} is empty.`
    return values.linked === true && values.note === undefined ? '--linked goes with --note.' : null
  },
  run: (context, [folder], values) =>
    context.open(async ({ id, vault }) => {
      const zip = text(values.zip)
      const place = path.resolve(context.cwd, zip ?? folder ?? '')
      const target = {
        place,
        zip: zip !== undefined,
        portable: values.portable === true,
        scope: await scopeOf(values, vault),
      }
      const report = await context.jobs.exportVault(id, target, context.signal, ({ phase, done, total }) =>
        context.progress(phase, done, total),
      )
      if (report.cancelled) throw new CallError('cancelled', 'Stopped; run it again to go on.')
      list(context.say, 'left alone', report.leftAlone)
      list(context.say, 'problem', report.problems)
      for (const { path: from, name } of report.renamed) context.say(`renamed: ${from}: it is ${name} there`)
      const { notes, attachments, bytes, ms, receipt } = report
      const answer = { notes, attachments, bytes, ms, receipt }
      if (report.done) return answer
      throw new PartlyDone(`${report.problems.length} files are not as they should be; the others are.`, answer)
    }),
}

async function scopeOf(values: VerbValues, vault: VaultCalls): Promise<PageScope | undefined> {
  const [folder, note, query] = SCOPES.map((key) => text(values[key]))
  if (folder !== undefined) return { kind: 'folder', id: await folderAt(folder, vault) }
  if (query !== undefined) return { kind: 'search', query }
  if (note === undefined) return undefined
  const { id } = await vault.call('find', { name: note })
  return { kind: 'note', id, linked: values.linked === true }
}
