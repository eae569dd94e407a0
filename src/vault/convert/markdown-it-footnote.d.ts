/** The package has no types of its own. */
declare module 'markdown-it-footnote' {
  import type { MarkdownIt } from 'markdown-it'

  /** `env.docId`, where it is a string, becomes part of every anchor. */
  const plugin: (md: MarkdownIt) => void

  // biome-ignore lint/style/noDefaultExport: that is how the package exports it
  export default plugin
}
