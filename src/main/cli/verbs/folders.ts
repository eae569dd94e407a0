import path from 'node:path'
import { KIND_SOURCES, type KindSource, rulesFrom } from '../../../core/import/mapping.ts'
import { CallError } from '../../../ipc/rpc.ts'
import { sayEach, text, type Verb, type VerbValues } from '../verb.ts'

/** Null where none were given, or one of them is unknown. */
function kindSources(value: VerbValues[string]): KindSource[] | null {
  const names = text(value)
    ?.split(',')
    .map((name) => name.trim())
  return names?.every((name): name is KindSource => KIND_SOURCES.includes(name as KindSource)) ? names : null
}

/** CLI.md: `import FOLDER`; makes the vault where it is missing, and changes only what changed. */
export const importVerb: Verb = {
  name: 'import',
  usage: 'FOLDER [--kind-from folder,frontmatter] [--kinds-again]',
  about: 'copies a folder of Markdown, a zip or a file into the vault; makes the vault if it is missing',
  positionals: 1,
  options: {
    'kind-from': {
      type: 'string',
      value: 'LIST',
      about: 'what gives notes their kind: folder, frontmatter, tag; the first that says one wins',
    },
    'kinds-again': { type: 'boolean', about: 'notes that are in already get their kind by it too' },
  },
  complain: (_positionals, values) =>
    text(values['kind-from']) !== undefined && kindSources(values['kind-from']) === null
      ? '--kind-from takes folder, frontmatter and tag, with commas.'
      : null,
  run: async (context, [folder = ''], values) => {
    const { services, jobs, cwd, signal, vaultName } = context
    const source = path.resolve(cwd, folder)
    const { registry } = services
    const found = vaultName === null ? registry.last() : registry.byName(vaultName)
    // Before a vault is made of it: a mistyped name leaves nothing behind.
    await jobs.mustBeFolder(source)
    const vault = found ?? (await jobs.create(vaultName ?? jobs.folderName(source), 'empty'))
    await registry.use(vault.id)
    const sources = kindSources(values['kind-from'])
    const mapping = sources && { kinds: rulesFrom(sources), words: (await jobs.importMapping(vault.id)).words }
    const report = await jobs.importFolder(
      source,
      vault.id,
      signal,
      ({ phase, done, total }) => context.progress(phase, done, total),
      mapping ?? undefined,
      values['kinds-again'] === true,
    )
    if (report.cancelled)
      throw new CallError('cancelled', `Stopped: ${report.notes} notes of ${source} are in; run it again to go on.`)
    sayEach(context.say, 'kept as text', report.asText)
    sayEach(context.say, 'log kept', report.logsKept)
    for (const { path: from, name } of report.renamed) {
      context.say(`renamed: ${from}: the vault has another file there, so this one is ${name}`)
    }
    const { notes, attachments, links, unresolved, rekinded, renamed, skipped, ms } = report
    const said = { ...(rekinded > 0 ? { rekinded } : {}), ...(renamed.length > 0 ? { renamed } : {}) }
    return { notes, attachments, links, unresolved, ...said, skipped, ms }
  },
}
