import { safeUrl } from '../../../../core/link/url.ts'

/** An address that a link may have, as it is written; or what is wrong with it, with a way out. */
export type CheckedAddress = { readonly url: string } | { readonly problem: string }

const SCHEME = /^([a-z][a-z0-9+.-]*):/i
/** A name with a dot and letters behind it, as people write addresses: `example.org/page`. */
const BARE = /^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.[\p{L}]{2,}(?::\d+)?(?:[/?#]|$)/u
const NOTE_OR_FILE = /\.(?:md|markdown|pdf|png|jpe?g|gif|webp|svg|txt|docx?|xlsx?|zip)(?:#.*)?$/i

/** The one check of an address that a person types: `core/link/url`, said in words. */
export function checkAddress(text: string): CheckedAddress {
  const address = text.trim()
  if (address === '') return { problem: 'A link needs an address. Remove the link to keep only its words.' }
  const safe = safeUrl(address)
  if (safe) return { url: safe }
  const scheme = SCHEME.exec(address)?.[1]?.toLowerCase()
  if (scheme === 'http' || scheme === 'https')
    return { problem: `${scheme}:// wants the name of a site behind it, such as ${scheme}://example.org.` }
  if (scheme === 'mailto') return { problem: 'mailto: wants an address behind it, such as mailto:ana@example.org.' }
  if (BARE.test(address) && !NOTE_OR_FILE.test(address)) return { problem: `Did you mean https://${address}?` }
  if (scheme !== undefined && scheme.length > 1)
    return { problem: `${scheme}: is not opened from a note. Begin with https://, http:// or mailto:.` }
  if (/[\p{Cc}\s]/u.test(address)) return { problem: 'A path has no spaces. Write %20 for each.' }
  return { url: address }
}
