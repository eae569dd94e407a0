import { ENTRY_TYPES } from '../../../core/commitment/entry.ts'
import { text, type Verb } from '../verb.ts'

/**
 * CLI.md: `log TITLE_OR_PATH --type T --text TEXT`. An installed app, which is Chromium's own binary, needs `--` before
 * it: Chromium reads a `--type` that stands before any `--` as which of its processes it is, and runs none of this.
 */
export const logVerb: Verb = {
  name: 'log',
  usage: 'TITLE_OR_PATH --type T --text TEXT',
  about: 'adds an entry to the log of a note; no entry is ever changed',
  positionals: 1,
  options: {
    type: { type: 'string', value: 'T', about: `${ENTRY_TYPES.join(', ')} (installed: throughline -- log …)` },
    text: { type: 'string', value: 'TEXT', about: 'what it says, with links as in a note' },
    author: { type: 'string', value: 'NAME', about: 'whose entry it is' },
  },
  required: ['type', 'text'],
  complain: (_, values) => {
    if (!ENTRY_TYPES.includes(text(values.type) ?? '')) {
      return `There is no entry of type “${String(values.type)}”: ${ENTRY_TYPES.join(', ')}.`
    }
    return text(values.text)?.trim() === '' ? 'The text is empty.' : null
  },
  run: (context, [name = ''], values) =>
    context.open(async ({ vault }) => {
      const { id } = await vault.call('find', { name })
      const author = text(values.author)
      const said = { id, type: text(values.type) ?? '', text: text(values.text) ?? '' }
      const { log, status, twice } = await vault.call('appendLog', author === undefined ? said : { ...said, author })
      await vault.call('flush', {})
      if (twice) context.say('it was ended in two ways by people who did not see each other’s entries')
      return { log, status }
    }),
}
