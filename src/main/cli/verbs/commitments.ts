import { today } from '../../../core/base/calendar-day.ts'
import { readFacts } from '../../../core/commitment/facts.ts'
import { ledgerOf } from '../../../core/commitment/ledger.ts'
import { readCommitment } from '../../../core/commitment/reading.ts'
import { EVIDENCE_LISTS, type EvidenceList } from '../../../core/evidence/lists.ts'
import { text, type Verb, type VerbValues } from '../verb.ts'

/** Items of each live list, unless somebody asks for more. */
const DEFAULT_LIMIT = 100

/** CLI.md: `commitments [--due]`, the ledger in its order: due, in progress, considering, closed. */
export const commitmentsVerb: Verb = {
  name: 'commitments',
  usage: '[--due]',
  about: 'the ledger: what is due, in progress, considered, closed',
  positionals: 0,
  options: { due: { type: 'boolean', about: 'only those whose review is due today or was before' } },
  run: (context, _, values) =>
    context.open(async ({ vault, index }) => {
      await vault.call('whenIndexed', {})
      const now = today(new Date())
      const { personName: me, inProgressLimit: limit } = context.services.settings.settings
      const { items } = await (await index()).call('ledger', {})
      const read = items.map(({ id, title, properties, entries, restsOn }) => {
        const facts = readFacts(properties)
        return { id, title, facts, reading: readCommitment(facts, entries, now), restsOn, log: entries.length }
      })
      const { due, inProgress, considering, closed } = ledgerOf(read, { me, limit, today: now })
      const wanted = values.due === true ? due : [...due, ...inProgress, ...considering, ...closed]
      return [...new Set(wanted)].map(({ id, title, facts, reading, log }) => ({
        id,
        title,
        status: reading.twice ? 'decided twice' : reading.status,
        due: facts.due,
        review: reading.review?.on ?? '',
        log,
      }))
    }),
}

/** CLI.md: `blast-radius TITLE_OR_PATH`. */
export const blastRadiusVerb: Verb = {
  name: 'blast-radius',
  usage: 'TITLE_OR_PATH',
  about: 'what rests on a note, directly (depth 1) or not',
  positionals: 1,
  options: {},
  run: (context, [name = '']) =>
    context.open(async ({ vault, index }) => {
      await vault.call('whenIndexed', {})
      const { id } = await vault.call('find', { name })
      const { items } = await (await index()).call('blastRadius', { id })
      return { items: items.map((item) => ({ id: item.id, title: item.title, kind: item.kind, depth: item.depth })) }
    }),
}

const listOf = ({ list }: VerbValues): EvidenceList | undefined => EVIDENCE_LISTS.find((known) => known === list)

/** The live lists (PRODUCT, "Evidence"). */
export const evidenceVerb: Verb = {
  name: 'evidence',
  usage: '[--list L] [--limit N]',
  about: 'the live lists: what carries what, and where nothing does yet',
  positionals: 0,
  options: {
    list: { type: 'string', value: 'L', about: EVIDENCE_LISTS.join(', ') },
    limit: { type: 'string', value: 'N', about: `how many notes of each list to show (${DEFAULT_LIMIT})` },
  },
  complain: (_, values) => {
    if (values.list !== undefined && !listOf(values)) {
      return `There is no list “${String(values.list)}”: ${EVIDENCE_LISTS.join(', ')}.`
    }
    return values.limit === undefined || /^\d{1,6}$/.test(String(values.limit)) ? null : '--limit takes a number.'
  },
  run: (context, _, values) =>
    context.open(async ({ vault, index }) => {
      await vault.call('whenIndexed', {})
      const [list, limit] = [listOf(values), Number(text(values.limit) ?? DEFAULT_LIMIT)]
      const asked = list === undefined ? { limit } : { limit, list }
      const { lists } = await (await index()).call('evidence', asked)
      return lists.map(({ is, total, items }) => ({
        list: is,
        total,
        items: items.map(({ id, title, kind, path, links, notes, pins }) => ({
          ...{ id, title, kind, path, links },
          notes: notes.map((note) => ({ id: note.id, title: note.title, kind: note.kind })),
          pins: pins.map(({ pin, state }) => ({
            ...{ id: pin.id, target: pin.target, relation: pin.word, state: state.is },
            ...('was' in state ? { was: state.was } : {}),
            ...('now' in state ? { now: state.now } : {}),
          })),
        })),
      }))
    }),
}
