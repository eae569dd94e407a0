import type { Verb } from '../verb.ts'

export const vaultsVerb: Verb = {
  name: 'vaults',
  usage: '',
  about: 'the vaults of this profile',
  positionals: 0,
  options: {},
  run: async ({ services, jobs }) => {
    const { registry } = services
    for (const { id } of registry.list()) {
      // A run that was killed left no count; the vault knows.
      if (!registry.isCounted(id)) await jobs.count(id)
    }
    return registry.list().map(({ name, id, notes }) => ({ name, id, notes }))
  },
}
