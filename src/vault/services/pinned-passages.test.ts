import { afterEach, expect, it } from 'vitest'
import { type NoteId, noteId } from '../../core/base/ids.ts'
import { MemoryStore } from '../../testing/memory-store.ts'
import { type VaultHarness, vaultHarness } from '../../testing/vault-harness.ts'

const open: VaultHarness[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})

const GROUND = noteId('note-ground-01')
const TEXT = `# Ground

What stands before everything is told in these words.

## Section

The first of it[^1].

[^1]: A footnote in the middle.

The last of it.

## Next

- one
- two ^two
  - below two
- three

^list

| a | b |
| - | - |
| c | d |

^table

> Somebody said it.

^quote

100. hundred
101. and one ^late

The last words of all[^2].

[^2]: A footnote at the end.
`
const ANCHORS = ['Section', 'Next', '^two', '^list', '^table', '^quote', '^late']

/** For each pin, what it says after the ground became another text. */
async function flags(anchors: readonly string[], text = TEXT) {
  const harness = await vaultHarness(new MemoryStore())
  open.push(harness)
  const { call } = harness.vault
  const file = (body: string) => `---\nid: ${GROUND}\nkind: essay\n---\n\n${body}`
  await harness.importText({ 'Ground.md': file(text) })
  const ids: NoteId[] = []
  for (const [at, anchor] of anchors.entries()) {
    const { id } = await call('createNote', { title: `Pin ${at}`, kind: 'commitment', markdown: '' })
    await call('pin', { id, word: 'rests_on', target: GROUND, anchor })
    ids.push(id)
  }
  return async (after: string) => {
    const bytes = new TextEncoder().encode(file(after))
    await call('importFiles', { files: [{ path: 'Ground.md', bytes, updated: 2, id: GROUND }], mirror: true })
    await call('whenIndexed', {})
    const flagged: string[] = []
    for (const [at, id] of ids.entries()) {
      const [pin] = await harness.index.call('pinsOf', { id })
      if (pin?.state.is !== 'same') flagged.push(`${anchors[at]} ${pin?.state.is}`)
    }
    return flagged
  }
}

it('W8 what is put into a passage at either end is an edit of it, and flags its dependents alone', async () => {
  const after = await flags(ANCHORS)
  const edit = (from: string, to: string) => after(TEXT.replace(from, to))
  expect(await after(TEXT)).toEqual([])
  expect(await edit('The last of it.', 'The last of it.\n\nA new end of the section.')).toEqual(['Section changed'])
  expect(await edit('The last of it.', 'The last of it.\n\n### Deeper\n\nBelow.')).toEqual(['Section changed'])
  expect(await edit('middle', 'middle of it')).toEqual(['Section changed'])
  expect(await edit('- three', '- three\n- four')).toEqual(['Next changed', '^list changed'])
  expect(await edit('- one', '- zero\n- one')).toEqual(['Next changed', '^list changed'])
  expect(await edit('  - below two', '  - below two\n  - more')).toEqual([
    ...['Next changed', '^two changed', '^list changed'],
  ])
  expect(await edit('| c | d |', '| c | d |\n| e | f |')).toEqual(['Next changed', '^table changed'])
  expect(await edit('> Somebody said it.', '> Somebody said it.\n>\n> Twice.')).toEqual([
    'Next changed',
    '^quote changed',
  ])
  expect(await edit('and one ^late', 'and one more ^late')).toEqual(['Next changed', '^late changed'])
  expect(await edit('words of all[^2].', 'words of all[^2].\n\nAnd then some.')).toEqual(['Next changed'])
})

it('W8 what is put beside a passage flags nothing of it', async () => {
  const after = await flags(ANCHORS)
  const edit = (from: string, to: string) => after(TEXT.replace(from, to))
  expect(await edit('these words.', 'these words.\n\nAnd in these.')).toEqual([])
  expect(await edit('## Next', '## Between\n\nA section of its own.\n\n## Next')).toEqual([])
  expect(await edit('## Section', '## Before\n\nA section of its own.\n\n## Section')).toEqual([])
  expect(await edit('at the end.', 'at the very end.')).toEqual([])
  expect(await edit('# Ground', '# Grounds')).toEqual([])
  expect(await after(`${TEXT}\n## After\n\nAll new.\n`)).toEqual([])
  expect(await edit('\n^quote\n', '\n^quoted\n')).toEqual([])
  expect(await edit('| a | b |', 'Between list and table.\n\n| a | b |')).toEqual(['Next changed'])
})

const TWINS = `# Ground

Some words that stand at the very beginning of the note.

## First

Time to undo is a few days. ^first

## Second

It is told once more in other words, for whoever reads this only.

Time to undo is a few days. ^second

What comes at the very end of it is told here.
`

it('W9 a passage that is cut out is gone, though the same words stood elsewhere all along', async () => {
  const after = await flags(['^first', '^second', 'First', 'Second'], TWINS)
  const first = 'Time to undo is a few days. ^first\n\n'
  expect(await after(TWINS)).toEqual([])
  expect(await after(TWINS.replace(first, ''))).toEqual(['^first gone', 'First changed'])
  expect(await after(TWINS.replace(`## First\n\n${first}`, ''))).toEqual(['^first gone', 'First gone'])
  expect(await after(TWINS.replace('Time to undo is a few days. ^second\n\n', ''))).toEqual([
    ...['^second gone', 'Second changed'],
  ])
  expect(await after(TWINS.replace('## First\n\n', ''))).toEqual(['First changed'])
  expect(await after(TWINS.replace('## Second', '## Another'))).toEqual(['Second changed'])
  expect(await after(TWINS.replace('Some words', 'Other words'))).toEqual([])
})
