import { session } from 'electron'
import type { FetchPicture } from './remote-pictures.ts'
import { publicHost } from './remote-pictures.ts'

/** A session of its own, in memory: no cookie, no cache and no window of ours has anything to do with it. */
export const fetchPicture: FetchPicture = (url, signal) => {
  const own = session.fromPartition('remote-pictures', { cache: false })
  own.webRequest.onBeforeRequest((details, done) => done({ cancel: publicHost(details.url) === null }))
  own.setPermissionRequestHandler((_contents, _permission, done) => done(false))
  return own.fetch(url, {
    signal,
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    headers: { accept: 'image/avif,image/webp,image/png,image/jpeg,image/gif,image/bmp' },
  })
}
