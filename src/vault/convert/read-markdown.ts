import { metaFromFrontmatter } from '../../core/markdown/frontmatter.ts'
import { parseMarkdown } from '../../core/markdown/parse.ts'
import type { Degraded } from '../../core/markdown/parsed-note.ts'
import type { Tree } from '../../core/markdown/tree.ts'
import type { NoteMeta } from '../../core/note/note.ts'

export type MarkdownNote = {
  /** Whether the frontmatter names the kind. */
  readonly saysKind: boolean
  /** As the frontmatter says; defaults where it is silent. */
  readonly facts: Pick<NoteMeta, 'kind' | 'created' | 'aliases' | 'tags' | 'properties'>
  /** The frontmatter's `id`; '' where there is none that may be one. */
  readonly id: string
  readonly tree: Tree
  readonly degraded: Degraded | null
}

/** A note's text with what its frontmatter says of it. `text` as `decodeSource` gives it. */
export function readMarkdown(text: string): MarkdownNote {
  const { frontmatter, blocks, degraded } = parseMarkdown(text)
  const { id, saysKind, kind, created, aliases, tags, properties } = metaFromFrontmatter(frontmatter)
  return { facts: { kind, created, aliases, tags, properties }, id, saysKind, tree: blocks, degraded }
}
