import path from 'node:path'
import type { Verb } from '../verb.ts'

/** CLI.md: `backup [FILE]`. Without FILE among the daily archives; with it, attachments are held. */
export const backupVerb: Verb = {
  name: 'backup',
  usage: '[FILE]',
  about: 'makes an archive of the vault and reads it back; beside the store, or as FILE with attachments',
  positionals: 0,
  optional: 1,
  options: {},
  complain: ([file]) => (file === '' ? 'FILE is empty.' : null),
  run: (context, [file]) =>
    context.open(async ({ id }) => {
      const onProgress = ({ phase, done, total }: { phase: string; done: number; total: number }) =>
        context.progress(phase, done, total)
      if (file === undefined) {
        const { notes, bytes, verified, path: at } = await context.jobs.backup(id, 'here', context.signal, onProgress)
        return { notes, bytes, verified, path: at }
      }
      const target = path.resolve(context.cwd, file)
      const made = await context.jobs.backupTo(id, target, context.signal, onProgress)
      if (made.missing > 0) context.say(`${made.missing} attachments are missing from the vault, and from the archive`)
      const { notes, bytes, verified } = made
      return { notes, bytes, verified, path: made.path }
    }),
}

/** CLI.md: `restore FILE`. */
export const restoreVerb: Verb = {
  name: 'restore',
  usage: 'FILE',
  about: 'opens an archive as a vault of its own, beside the others, and compares it with the archive',
  positionals: 1,
  options: {},
  complain: ([file]) => (file === '' ? 'FILE is empty.' : null),
  run: async (context, [file = '']) => {
    const { vault, notes, bytes, verified, different, missing, problems } = await context.jobs.restore(
      path.resolve(context.cwd, file),
      context.signal,
      ({ phase, done, total }) => context.progress(phase, done, total),
    )
    for (const problem of problems) context.say(problem)
    return { notes, bytes, verified, vault: vault.name, different, missing }
  },
}
