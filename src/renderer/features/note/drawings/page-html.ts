import type { Config } from 'dompurify'
import { safeUrl } from '../../../../core/link/url.ts'
import { htmlPicture } from '../pictures/picture-source.ts'
import type { PictureSource } from '../reading/reading.ts'
import { WORDS } from './words.ts'

/** Characters of a block of HTML; a longer one is shown as source. */
const LONGEST = 50_000

/** Attributes that hold no address that a page follows. `src` and `width` are a picture's, read below and taken away. */
const PLAIN = [
  ...['title', 'alt', 'colspan', 'rowspan', 'span', 'scope', 'align', 'open', 'lang', 'dir', 'start', 'reversed'],
  ...['datetime', 'src', 'width'],
]

/**
 * What a preview may hold: words and their structure. No style, form, frame, media, SVG or MathML; no class, id or
 * name, which the page's own script or style could take for its own.
 */
const CONFIG: Config & { RETURN_DOM_FRAGMENT: true } = {
  RETURN_DOM_FRAGMENT: true,
  ALLOWED_TAGS: [
    ...['p', 'div', 'span', 'br', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'pre', 'address', 'section'],
    ...['article', 'header', 'footer', 'figure', 'figcaption', 'center', 'ul', 'ol', 'li', 'dl', 'dt', 'dd', 'table'],
    ...['caption', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td', 'colgroup', 'col', 'details', 'summary', 'a', 'b', 'i'],
    ...['strong', 'em', 'u', 's', 'del', 'ins', 'mark', 'small', 'sub', 'sup', 'code', 'kbd', 'samp', 'var', 'abbr'],
    ...['cite', 'q', 'dfn', 'time', 'ruby', 'rt', 'rp', 'bdi', 'bdo', 'wbr', 'tt', 'img', '#text'],
  ],
  ALLOWED_ATTR: ['href', ...PLAIN],
  // the others would have to look like an address to stay
  ADD_URI_SAFE_ATTR: [...PLAIN],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  ALLOWED_URI_REGEXP: /^(?:https?|mailto):/i,
}

export type Preview = {
  readonly page: DocumentFragment
  /** Those that can be drawn, each in the place that the page has for it: `[data-picture]`, the number in this list. */
  readonly pictures: readonly PictureSource[]
}

/** The block as a page would show it, or null where nothing of it is left to be seen. Loads and runs nothing. */
export async function previewOf(source: string): Promise<Preview | null> {
  if (source.length > LONGEST) return null
  const { default: purify } = await import('dompurify')
  const page = purify.sanitize(withoutStyle(source), CONFIG)
  for (const link of page.querySelectorAll('a')) {
    const url = safeUrl(link.getAttribute('href') ?? '')
    if (url) link.setAttribute('href', url)
    else link.removeAttribute('href')
  }
  const pictures: PictureSource[] = []
  for (const picture of page.querySelectorAll('img')) {
    const place = document.createElement('span')
    const words = picture.getAttribute('alt')?.trim() ?? ''
    const own = htmlPicture(picture.getAttribute('src') ?? '', words, picture.getAttribute('width') ?? '')
    if (own) {
      place.dataset.picture = String(pictures.length)
      pictures.push(own)
    } else {
      // without an address it would be a broken one: it says what it would have shown
      place.className = 'page-picture'
      place.textContent = WORDS.page.picture(words)
    }
    picture.replaceWith(place)
  }
  for (const other of page.querySelectorAll('[src], [width]')) {
    other.removeAttribute('src')
    other.removeAttribute('width')
  }
  const isSeen = (page.textContent ?? '').trim() !== '' || pictures.length > 0 || page.querySelector('hr') !== null
  return isSeen ? { page, pictures } : null
}

/**
 * Style and a base are taken out as text before the parser sees them, for the page's policy speaks up in the log about each that it
 * meets, even in a document that is never shown. What is safe is not decided here.
 */
const withoutStyle = (source: string): string =>
  source
    .replace(/<style\b[\s\S]*?(?:<\/style\s*>|$)/gi, '')
    .replace(/<base(?=[\s/>])/gi, '<wbr')
    .replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/([\s"'/])style(?=\s*=)/gi, '$1data-style'))
