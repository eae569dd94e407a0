import path from 'node:path'

const BY_ENDING: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.bmp': 'image/bmp',
  '.svg': 'image/svg+xml',
}
const IMAGES = new Set(Object.values(BY_ENDING))
const OTHER = 'application/octet-stream'

/** By the name's ending; everything that no window shows is plain bytes. */
export const mediaType = (name: string): string => BY_ENDING[path.extname(name).toLowerCase()] ?? OTHER

/** The type that an attachment is served with: images are shown, anything else is bytes to keep, never a page. */
export const servedType = (asked: string | null): string => (asked !== null && IMAGES.has(asked) ? asked : OTHER)
