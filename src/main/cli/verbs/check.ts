import { checkAttachments } from '../../attachments/check-attachments.ts'
import type { Verb } from '../verb.ts'

export const checkVerb: Verb = {
  name: 'check',
  usage: '[--repair]',
  about: 'opens every note and compares it with the index; compares attachments with their hashes',
  positionals: 0,
  options: { repair: { type: 'boolean', about: 'makes the index anew where it disagrees' } },
  run: (context, _, values) =>
    context.open(async ({ id, vault }) => {
      const { notes, problems } = await vault.call('check', { repair: values.repair === true })
      const files = await checkAttachments(id, await vault.call('attachments', {}), context.services.attachments)
      const all = [...problems, ...files]
      return { ok: all.length === 0, notes, problems: all }
    }),
}
