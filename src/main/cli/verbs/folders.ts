import path from 'node:path'
import { CallError } from '../../../ipc/rpc.ts'
import { sayEach, type Verb } from '../verb.ts'

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
    sayEach(context.say, 'kept as text', report.asText)
    const { notes, attachments, links, unresolved, skipped, ms } = report
    return { notes, attachments, links, unresolved, skipped, ms }
  },
}
