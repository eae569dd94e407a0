import { createHash } from 'node:crypto'
import type { VaultId } from '../../core/base/ids.ts'
import { CallError } from '../../ipc/rpc.ts'

/** Fetches one address: without cookies, never from another scheme than https, also behind a redirect. */
export type FetchPicture = (url: string, signal: AbortSignal) => Promise<Response>

type Picture = { readonly type: string; readonly bytes: Uint8Array }

const MOST_BYTES = 20 * 1024 * 1024
const MOST_KEPT = 200 * 1024 * 1024
const TIME_MS = 20_000
/** No SVG: it is a document, and this one comes from anybody. */
const TYPES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/bmp'])
const PRIVATE = /^(?:localhost|.*\.(?:localhost|local|internal|lan|home\.arpa))$/

/**
 * Pictures of the web that a person asked to see, kept in memory until the app ends. No window reaches the network:
 * they are fetched here, one at a time and by a click, and served to the window as its vault's own files are.
 */
export class RemotePictures {
  readonly #fetch: FetchPicture
  readonly #kept = new Map<string, Picture>()
  #bytes = 0

  constructor(fetch: FetchPicture) {
    this.#fetch = fetch
  }

  /** Fails with `refused` (not a public https address), `no-picture`, `too-large`, `unreachable`. */
  async load(vault: VaultId, url: string): Promise<{ sha256: string; type: string }> {
    const host = publicHost(url)
    if (host === null) throw new CallError('refused', 'Only pictures at public https addresses are loaded.')
    const signal = AbortSignal.timeout(TIME_MS)
    const picture = await this.#get(url, host, signal)
    const sha256 = createHash('sha256').update(picture.bytes).digest('hex')
    const key = `${vault}/${sha256}`
    const former = this.#kept.get(key)
    this.#kept.delete(key)
    this.#kept.set(key, picture)
    this.#bytes += picture.bytes.length - (former?.bytes.length ?? 0)
    for (const [oldest, { bytes }] of this.#kept) {
      if (this.#bytes <= MOST_KEPT || oldest === key) break
      this.#kept.delete(oldest)
      this.#bytes -= bytes.length
    }
    return { sha256, type: picture.type }
  }

  get(vault: VaultId, sha256: string): Picture | null {
    return this.#kept.get(`${vault}/${sha256}`) ?? null
  }

  async #get(url: string, host: string, signal: AbortSignal): Promise<Picture> {
    let response: Response
    try {
      response = await this.#fetch(url, signal)
    } catch {
      throw new CallError('unreachable', `${host} did not answer. Nothing of this note was sent.`)
    }
    const type = (response.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
    if (!response.ok || !TYPES.has(type)) {
      await response.body?.cancel().catch(() => {})
      throw new CallError('no-picture', `What ${host} answered is not a picture.`)
    }
    const bytes = await read(response).catch(() => {
      throw new CallError('unreachable', `${host} stopped answering. Nothing of this note was sent.`)
    })
    if (!bytes) throw new CallError('too-large', `That picture at ${host} is larger than 20 MB.`)
    return { type, bytes }
  }
}

/** The host of a public https address; null for others: names and numbers of a home or office network are no web. */
export function publicHost(text: string): string | null {
  if (!URL.canParse(text)) return null
  const { protocol, hostname: named, host, username, password } = new URL(text)
  // `localhost.` is localhost
  const hostname = named.replace(/\.+$/, '')
  if (protocol !== 'https:' || username !== '' || password !== '') return null
  const isNumber = /^[\d.]+$/.test(hostname) || hostname.startsWith('[')
  return isNumber || !hostname.includes('.') || PRIVATE.test(hostname) ? null : host
}

/** Null beyond the limit. */
async function read(response: Response): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = []
  let size = 0
  const reader = response.body?.getReader()
  for (;;) {
    const next = await reader?.read()
    if (!next || next.done) break
    size += next.value.length
    if (size > MOST_BYTES) {
      await reader?.cancel().catch(() => {})
      return null
    }
    parts.push(next.value)
  }
  return Buffer.concat(parts)
}
