import { expect, test } from 'vitest'
import { lineInSource, titleOf } from './diagram-source.ts'

test.each([
  ['flowchart LR\n  A --> B', ''],
  ['flowchart LR\n  accTitle: Who decides\n  A --> B', 'Who decides'],
  ['---\ntitle: "Who decides"\n---\nflowchart LR', 'Who decides'],
  ['flowchart LR\n  title: no head', ''],
])('the title of %j is %j', (source, title) => expect(titleOf(source)).toBe(title))

test.each([
  ['flowchart LR\nA -->', 2, 2],
  ['\n\nflowchart LR\nA -->', 2, 4],
  ['%% why\nflowchart LR\n  %% more\nA -->', 2, 4],
  ['---\ntitle: x\n---\nflowchart LR\nA -->', 2, 5],
  ['flowchart LR\nA -->', 9, 2],
])('in %j mermaid’s line %i is line %i', (source, said, line) => expect(lineInSource(source, said)).toBe(line))
