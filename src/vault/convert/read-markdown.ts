import { metaFromFrontmatter } from '../../core/markdown/frontmatter.ts'
import { parseMarkdown } from '../../core/markdown/parse.ts'
import type { Degraded } from '../../core/markdown/parsed-note.ts'
import type { Tree } from '../../core/markdown/tree.ts'
import type { NoteMeta } from '../../core/note/note.ts'

export type MarkdownNote = {
  /** As the frontmatter says; defaults where it is silent. */
  readonly facts: Pick<NoteMeta, 'kind' | 'created' | 'aliases' | 'tags' | 'properties'>
  /** The frontmatter's `id`, unchecked; '' where there is none. */
  readonly id: string
  readonly tree: Tree
  readonly degraded: Degraded | null
}

/** A note's text with what its frontmatter says of it. `text` as `decodeSource` gives it. */
export function readMarkdown(text: string): MarkdownNote {
  const { frontmatter, blocks, degraded } = parseMarkdown(text)
  const { id, kind, created, aliases, tags, properties } = metaFromFrontmatter(frontmatter)
  return { facts: { kind, created, aliases, tags, properties }, id, tree: blocks, degraded }
}
