import { fileKey, safeStem } from '../../core/note/file-name.ts'
import { diskProblem } from '../files/disk-problem.ts'
import type { VaultCalls } from '../files/vault-calls.ts'
import type { AttachmentStore } from './attachment-store.ts'
import { mediaType } from './media-type.ts'

const FOLDER = 'Attachments'
const ENDING = /\.[A-Za-z0-9]{1,10}$/

/** A name for a pasted or dropped file that every platform can hold and no other attachment has. */
export function freeAttachmentPath(name: string, taken: ReadonlySet<string>): string {
  const plain = name.split(/[/\\]/).at(-1) ?? ''
  const ending = ENDING.exec(plain)?.[0] ?? ''
  const stem = safeStem(plain.slice(0, plain.length - ending.length))
  for (let n = 1; ; n++) {
    const path = `${FOLDER}/${stem}${n === 1 ? '' : ` ${n}`}${ending}`
    if (!taken.has(fileKey(path))) return path
  }
}

type NewAttachment = {
  readonly name: string
  readonly vault: VaultCalls
  /** Keeps the bytes of the file. */
  readonly store: () => ReturnType<AttachmentStore['addBytes']>
}
type Added = { path: string; sha256: string; size: number; type: string }

/** One at a time: two files that look for a free name together would find the same one. */
let last: Promise<unknown> = Promise.resolve()

/** Keeps a file with the vault: its bytes first, then its line in the catalog. The same bytes again are one file. */
export function addAttachment(options: NewAttachment): Promise<Added> {
  const added = last.then(() => add(options))
  last = added.catch(() => {})
  return added
}

async function add(options: NewAttachment): Promise<Added> {
  const { name, vault, store } = options
  const { sha256, size } = await store().catch((error: unknown) => {
    throw diskProblem(error, 'this computer’s own files', `“${name}” was not kept; the note is as it was.`)
  })
  const catalog = await vault.call('attachments', {})
  const known = catalog.find((file) => file.sha256 === sha256 && file.path.startsWith(`${FOLDER}/`))
  if (known) return { path: known.path, sha256, size, type: mediaType(known.path) }
  const path = freeAttachmentPath(name, new Set(catalog.map((file) => fileKey(file.path))))
  await vault.call('addAttachments', { attachments: [{ path, sha256, size }] })
  return { path, sha256, size, type: mediaType(path) }
}
