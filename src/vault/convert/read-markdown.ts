import { metaFromFrontmatter } from '../../core/markdown/frontmatter.ts'
import { findLog, type LogSection, withoutLog } from '../../core/markdown/log-section.ts'
import { parseMarkdown } from '../../core/markdown/parse.ts'
import type { Degraded } from '../../core/markdown/parsed-note.ts'
import type { Tree } from '../../core/markdown/tree.ts'
import type { Kind, NoteMeta } from '../../core/note/note.ts'
import { readFileLog, withoutFolded } from './note-log.ts'

export type MarkdownNote = {
  /** Whether the frontmatter names the kind. */
  readonly saysKind: boolean
  /** As the frontmatter says; defaults where it is silent. */
  readonly facts: Pick<NoteMeta, 'kind' | 'created' | 'aliases' | 'tags' | 'properties'>
  /** The frontmatter's `id`; '' where there is none that may be one. */
  readonly id: string
  /** Without the log. */
  readonly tree: Tree
  readonly log: LogSection | null
  readonly degraded: Degraded | null
}

/**
 * A note's text with what its frontmatter says of it, and its log. `text` as `decodeSource` gives it. `kind`: of the
 * note, where somebody else than its text says so.
 */
export function readMarkdown(text: string, kind?: Kind): MarkdownNote {
  const { frontmatter, blocks, degraded } = parseMarkdown(text)
  const meta = metaFromFrontmatter(frontmatter)
  const { id, saysKind, created, aliases, tags, properties } = meta
  const log = findLog(blocks, (kind ?? (saysKind ? meta.kind : 'note')) === 'commitment')
  const facts = { kind: meta.kind, created, aliases, tags, properties }
  return {
    facts: log ? withoutFolded(facts, readFileLog(log, [], []).added) : facts,
    id,
    saysKind,
    tree: withoutLog(blocks, log),
    log,
    degraded,
  }
}
