import { ENTRY_TYPES } from '../../../core/commitment/entry.ts'
import { TOWARDS } from '../../../ipc/commitment-contract.ts'
import { text, type Verb } from '../verb.ts'

/** Of `--cites`: somebody said that there is no evidence. */
const NONE = 'none'

/**
 * CLI.md: `log TITLE_OR_PATH --type T --text TEXT`. An installed app, which is Chromium's own binary, needs `--` before
 * it: Chromium reads a `--type` that stands before any `--` as which of its processes it is, and runs none of this.
 */
export const logVerb: Verb = {
  name: 'log',
  usage: 'TITLE_OR_PATH --type T --text TEXT [--author NAME] [--cites NOTE] [--towards T]',
  about: 'adds an entry to the log of a note; no entry is ever changed',
  positionals: 1,
  options: {
    type: { type: 'string', value: 'T', about: `${ENTRY_TYPES.join(', ')} (installed: throughline -- log …)` },
    text: { type: 'string', value: 'TEXT', about: 'what it says, with links as in a note' },
    author: { type: 'string', value: 'NAME', about: 'whose entry it is (default: the name in the settings)' },
    cites: { type: 'string', value: 'NOTE', about: 'the note that shows it, by title or path; `none` for no evidence' },
    towards: { type: 'string', value: 'proceed|pivot', about: 'that it counts as a mark there' },
  },
  required: ['type', 'text'],
  complain: (_, values) => {
    if (!ENTRY_TYPES.includes(text(values.type) ?? '')) {
      return `There is no entry of type “${String(values.type)}”: ${ENTRY_TYPES.join(', ')}.`
    }
    if (values.towards !== undefined && !TOWARDS.some((known) => known === values.towards)) {
      return `An entry counts towards ${TOWARDS.join(' or ')}.`
    }
    return text(values.text)?.trim() === '' ? 'The text is empty.' : null
  },
  run: (context, [name = ''], values) =>
    context.open(async ({ vault }) => {
      const { id } = await vault.call('find', { name })
      const author = text(values.author) ?? context.services.settings.settings.personName
      const cited = text(values.cites)
      const cites = cited === undefined || cited === NONE ? cited : [(await vault.call('find', { name: cited })).id]
      const towards = text(values.towards)
      const details = { ...(cites === undefined ? {} : { cites }), ...(towards === undefined ? {} : { towards }) }
      const said = { id, type: text(values.type) ?? '', text: text(values.text) ?? '', author, details }
      const { log, status, twice } = await vault.call('appendLog', said)
      await vault.call('flush', {})
      if (twice) context.say('it was ended in two ways by people who did not see each other’s entries')
      return { log, status: twice ? 'decided twice' : status }
    }),
}
