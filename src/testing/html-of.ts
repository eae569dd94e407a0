import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'

/** HTML by an independent reader: what another tool shows of Markdown. */
export const commonmarkHtml = (markdown: string): string =>
  micromark(markdown, { allowDangerousHtml: true, allowDangerousProtocol: true })

export const gfmHtmlOf = (markdown: string): string =>
  micromark(markdown, {
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  })

/**
 * HTML as it is but for two things: marks are those that a character has, in whatever order they are nested and how
 * often each is said (the tree's marks are flat, as the editor's are), and white space at the very end.
 */
export function comparable(html: string): string {
  const open: string[] = []
  let out = ''
  for (const part of html.split(/(<[^>]*>)/)) {
    const mark = /^<(\/?)(em|strong|del)>$/.exec(part)
    if (mark?.[1] === '') open.push(mark[2] ?? '')
    else if (mark) open.splice(open.lastIndexOf(mark[2] ?? ''), 1)
    else out += part.startsWith('<') ? part : withMarks(part, [...new Set(open)].sort().join())
  }
  return out.trimEnd()
}

/** Spaces have no marks: they look the same. */
const withMarks = (text: string, marks: string): string =>
  marks === '' ? text : text.replace(/\S/gu, (char) => `${char}{${marks}}`)
