/** Our own reader and its inputs for build/parsers.mjs, which bundles them. */
export { HOSTILE } from '../../src/core/markdown/hostile.test-data.ts'
export { parseMarkdown } from '../../src/core/markdown/parse.ts'
export { comparableHtml, renderHtml } from '../../src/core/markdown/render-html.test-data.ts'
