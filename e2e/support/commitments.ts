import { writeFiles } from './folders.ts'

/** An entry as `.throughline/log.json` has it; `days`: how long ago. */
type Said = {
  readonly type: string
  readonly author: string
  readonly days: number
  readonly text: string
  readonly sees?: readonly number[]
  readonly device?: string
  readonly details?: Readonly<Record<string, unknown>>
}
type Written = {
  readonly title: string
  readonly facts: Readonly<Record<string, string>>
  readonly text?: string
  readonly log: readonly Said[]
}

export const dayFrom = (days: number): string => {
  const now = new Date()
  const date = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days)
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => `${part}`.padStart(2, '0')).join('-')
}

/** Two computers that were apart: Ana's and Jonas'. */
const COMMITMENTS: readonly Written[] = [
  {
    title: 'Pair on every migration for six weeks',
    facts: {
      due: dayFrom(14),
      review_every: '2w',
      reach: 'two teams',
      proceed_if: 'four of six finish without a rollback',
      proceed_marks: '4',
      rests_on: '["[[Blast radius is a design input]]"]',
    },
    log: [
      { type: 'opened', author: 'Ana', days: 14, text: 'Two teams, six tables.', device: 'desk' },
      {
        type: 'saw',
        author: 'Ana',
        days: 3,
        text: 'Three finished, none rolled back.',
        details: { towards: 'proceed' },
      },
    ],
  },
  {
    title: 'Write the example first',
    facts: { review_every: '3w', proceed_if: 'four drafts in a row open with a case' },
    log: [{ type: 'opened', author: 'Ana', days: 10, text: '', device: 'desk' }],
  },
  {
    title: 'One intake for platform asks',
    facts: { review_every: '1w', due: dayFrom(25) },
    log: [
      { type: 'opened', author: 'Jonas', days: 3, text: 'Everybody asks somebody else.', device: 'laptop' },
      { type: 'invited', author: 'Jonas', days: 3, text: '', details: { person: 'Ana' } },
      { type: 'accepted', author: 'Ana', days: 2, text: '', details: { person: 'Ana' } },
    ],
  },
  {
    title: 'Publish the meeting list',
    facts: { review_every: '1m' },
    log: [{ type: 'opened', author: 'Ana', days: 5, text: 'It is written anyway.', device: 'desk' }],
  },
  {
    title: 'No estimates under three days',
    facts: {},
    log: [
      { type: 'opened', author: 'Ana', days: 60, text: '', device: 'desk' },
      { type: 'kept', author: 'Ana', days: 2, text: 'Nobody missed them.', sees: [0], device: 'desk' },
      { type: 'dropped', author: 'Jonas', days: 1, text: 'Finance did.', sees: [0], device: 'laptop' },
    ],
  },
  {
    title: 'Pair on incident reviews too',
    facts: {
      reach: 'two teams',
      rests_on: '["[[Slow is a smell, not a verdict]]"]',
      blast_radius: 'Whoever is on call',
    },
    log: [],
  },
  { title: 'Cancel the Monday status deck for a month', facts: { reach: 'everyone' }, log: [] },
  {
    title: 'Demo every other Friday',
    facts: {},
    log: [
      { type: 'opened', author: 'Ana', days: 70, text: '' },
      { type: 'pivot', author: 'Ana', days: 12, text: 'Written demos.' },
    ],
  },
  {
    title: 'Ask support before naming a feature',
    facts: {},
    log: [
      { type: 'opened', author: 'Ana', days: 90, text: '' },
      { type: 'kept', author: 'Ana', days: 33, text: 'A habit by now.' },
    ],
  },
  {
    title: 'Rotate the on-call lead weekly',
    facts: {},
    log: [
      { type: 'opened', author: 'Jonas', days: 80, text: '' },
      { type: 'dropped', author: 'Jonas', days: 65, text: 'Handovers hurt.' },
    ],
  },
]

const OTHERS: Readonly<Record<string, string>> = {
  'Essays/Blast radius is a design input.md': 'Undo first.\n',
  'Essays/Slow is a smell, not a verdict.md': 'Look where it waits.\n',
  'Essays/Work in progress is a promise.md': 'See [[Slow is a smell, not a verdict]].\n',
  'Essays/Beautiful messes.md': 'Some order comes later.\n',
  'Examples/The payments freeze.md': 'illustrates:: [[Blast radius is a design input]]\n\nNine days.\n',
  'Examples/The one-line config change.md':
    'challenges:: [[Blast radius is a design input]]\n\nOne line, forty minutes.\n',
  'Examples/Two maps of one payment.md': 'Drawn twice. [[Beautiful messes]] says why.\n',
  'Examples/The nine-day review.md': 'Nobody uses this one.\n',
}

/** A folder with commitments in every state: due, in progress, over the limit, decided twice, considered, closed. */
export async function writeCommitments(folder: string): Promise<void> {
  const files: Record<string, string> = { ...OTHERS }
  const notes: Record<string, unknown[]> = {}
  const ids: Record<string, string> = {}
  for (const [at, { title, facts, text = 'We will try it.', log }] of COMMITMENTS.entries()) {
    const id = `commitment-${at}`
    const entries = log.map(({ type, author, days, text: said, sees, device = '', details = {} }, n) => ({
      id: `log-${at}-${n}`,
      type,
      at: dayFrom(-days),
      author,
      device,
      text: said,
      sees: (sees ?? (n === 0 ? [] : [n - 1])).map((other) => `log-${at}-${other}`),
      details,
    }))
    const head = [`id: ${id}`, 'kind: commitment', ...Object.entries(facts).map(([key, value]) => `${key}: ${value}`)]
    const items = entries.map((entry) => {
      const said = entry.text === '' ? '' : ` ${entry.text}`
      return `- ${entry.at}, ${entry.type}, ${entry.author}:${said} ^${entry.id}`
    })
    const section = items.length > 0 ? `\n## Log\n\n${items.join('\n')}\n` : ''
    files[`Commitments/${title}.md`] = `---\n${head.join('\n')}\n---\n\n${text}\n${section}`
    ids[`Commitments/${title}.md`] = id
    if (entries.length > 0) notes[id] = entries
  }
  files['.throughline/ids.json'] = JSON.stringify({ version: 1, notes: ids })
  files['.throughline/log.json'] = JSON.stringify({ version: 1, notes })
  for (const name of Object.keys(OTHERS)) {
    const kind = name.startsWith('Essays') ? 'essay' : 'example'
    files[name] = `---\nkind: ${kind}\n---\n\n${files[name]}`
  }
  await writeFiles(folder, files)
}
