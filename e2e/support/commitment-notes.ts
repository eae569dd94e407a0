import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** A calendar day by this computer's clock, so many days from today. */
export function day(offset: number): string {
  const date = new Date()
  date.setDate(date.getDate() + offset)
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-')
}

const TWICE = 'twicetwicetwicetwice1'

const entry = (id: string, type: string, at: string, author: string, text: string, sees: readonly string[]) => ({
  id,
  type,
  at,
  author,
  device: '',
  text,
  sees,
  details: {},
})

/**
 * Notes of a team: a commitment whose review is due today, what carries it, two more that are in progress, and one that was
 * decided twice.
 */
export async function writeCommitments(folder: string): Promise<void> {
  const files: Record<string, string> = {
    'Essays/Blast radius is a design input.md':
      '---\nkind: essay\n---\n\nAsk who finds out first. A careful change leaves time to undo it in a day.\n',
    'Essays/Slow is a smell, not a verdict.md':
      '---\nkind: essay\n---\n\nThe [[Pair on every migration for six weeks|six-week pairing trial]] is my best evidence so far.\n\nrests_on:: [[Pair on every migration for six weeks]]\n',
    'Examples/The payments freeze of 2023.md':
      '---\nkind: example\nillustrates: "[[Pair on every migration for six weeks]]"\n---\n\nNobody could read the migration alone, so the incident waited.\n',
    'Examples/The one-line config change.md':
      '---\nkind: example\nchallenges: "[[Pair on every migration for six weeks]]"\n---\n\nTwo careful people agreed on an undo that did not work.\n',
    'Examples/The nine-day review.md':
      '---\nkind: example\n---\n\nNobody was slow. Everybody was third in a queue for one review of an incident.\n',
    'Commitments/Pair on every migration for six weeks.md': `---
kind: commitment
created: ${day(-28)}
due: ${day(14)}
review_every: 2w
proceed_if: Four of six finish without a rollback, and both teams ask to keep going.
pivot_if: Two in a row take longer as a pair than the last solo one, which took eleven hours.
proceed_marks: 4
pivot_marks: 2
reach: two teams
blast_radius: "Checkout and platform feel it first. Undo: stop pairing, same day."
rests_on:
  - "[[Blast radius is a design input]]"
---

We will run each remaining migration as a pair, one from platform and one from checkout, and stop if it only makes us slower.

## Log

- ${day(-28)}, opened: Two teams, six weeks. Undo is “stop pairing.” ^log-p1
- ${day(-27)}, accepted, Ana: Gladly. ^log-pa
- ${day(-26)}, accepted, Jonas: As long as we stop when it is slower. ^log-pj
- ${day(-19)}, saw, Ana: Two people out sick, so we paired over a call. Slower, still under eleven hours. ^log-p2
- ${day(-14)}, proceed: Kept going. Checkout asked to sit in on one. ^log-p3
- ${day(-7)}, saw, Jonas: Migration 4 took nine hours, not two days. Pairing found the missing index before staging did. ^log-p4
`,
    'Commitments/Write the example first.md': `---\nkind: commitment\nreview_every: 3w\nproceed_if: Three essays begin with one.\nproceed_marks: 3\n---\n\nFor a month every essay begins with what happened.\n\n## Log\n\n- ${day(-5)}, opened: One month. ^log-w1\n`,
    'Commitments/Read one paper a week.md': `---\nkind: commitment\nreview_every: 2w\n---\n\nOne paper a week, read by two.\n\n## Log\n\n- ${day(-20)}, opened, Ana: Until the offsite. ^log-t1\n- ${day(-9)}, kept, Jonas: It is how we read now. ^log-t2\n- ${day(-8)}, dropped, Ana: Nobody read the last two. ^log-t3\n`,
    // Neither of its endings saw the other: they were written on two computers.
    '.throughline/ids.json': JSON.stringify({ 'Commitments/Read one paper a week.md': TWICE }),
    '.throughline/log.json': JSON.stringify({
      version: 1,
      notes: {
        [TWICE]: [
          entry('log-t1', 'opened', day(-20), 'Ana', 'Until the offsite.', []),
          entry('log-t2', 'kept', day(-9), 'Jonas', 'It is how we read now.', ['log-t1']),
          entry('log-t3', 'dropped', day(-8), 'Ana', 'Nobody read the last two.', ['log-t1']),
        ],
      },
    }),
    'Commitments/One intake for platform asks.md': `---\nkind: commitment\nreview_every: 3w\n---\n\nOne door for all that is asked of platform.\n\n## Log\n\n- ${day(-3)}, opened: Until spring. ^log-o1\n`,
  }
  for (const [file, text] of Object.entries(files)) {
    await mkdir(path.join(folder, path.dirname(file)), { recursive: true })
    await writeFile(path.join(folder, file), text)
  }
}
