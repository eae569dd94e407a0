const NOTE = /\.(?:md|markdown)$/i

/**
 * The note that an ordinary Markdown link (`[text](../Folder/Note%20name.md#Heading)`) leads to, as a wikilink
 * would name it; null for any other address. The folder parts above are dropped: resolving finds the nearest.
 */
export function noteInUrl(url: string): { name: string; anchor: string } | null {
  if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(url)) return null
  const hash = url.indexOf('#')
  const path = decode(hash < 0 ? url : url.slice(0, hash))
  if (path === null || !NOTE.test(path)) return null
  const name = path.replace(/^(?:\.{0,2}\/)+/, '').replace(NOTE, '')
  return name === '' ? null : { name, anchor: hash < 0 ? '' : (decode(url.slice(hash + 1)) ?? '') }
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
