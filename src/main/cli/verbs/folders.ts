import path from 'node:path'
import { CallError } from '../../../ipc/rpc.ts'
import type { Skipped } from '../../files/scan.ts'
import type { Verb, VerbContext } from '../verb.ts'

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

/** CLI.md: `export FOLDER`. */
export const exportVerb: Verb = {
  name: 'export',
  usage: 'FOLDER',
  about: 'writes the vault as Markdown; only into an empty folder or one that it made',
  positionals: 1,
  options: {},
  run: (context, [folder = '']) =>
    context.open(async ({ id }) => {
      const target = path.resolve(context.cwd, folder)
      const report = await context.jobs.exportVault(id, target, context.signal, ({ phase, done, total }) =>
        context.progress(phase, done, total),
      )
      if (report.cancelled) throw new CallError('cancelled', 'Stopped; run it again to go on.')
      list(context.say, 'left alone', report.leftAlone)
      list(context.say, 'problem', report.problems)
      const { notes, attachments, bytes, ms, receipt } = report
      return { notes, attachments, bytes, ms, receipt }
    }),
}
