import { chmod, copyFile, mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { safeStem } from '../../core/note/file-name.ts'
import { CallError } from '../../ipc/rpc.ts'

/**
 * Files that a program shows or plays. Everything else (programs, scripts, shortcuts, documents with macros, pages)
 * is shown in its folder: opening it is then the person's own act, with the system's own questions.
 */
const OPENED = new Set(
  'pdf png jpg jpeg gif webp avif bmp tif tiff heic txt csv tsv md markdown rtf docx xlsx pptx odt ods odp epub mp3 m4a wav ogg flac mp4 mov webm mkv ics bib'.split(
    ' ',
  ),
)

export const isOpened = (name: string): boolean => OPENED.has(path.extname(name).slice(1).toLowerCase())

type OpenOptions = {
  /** As notes name it. */
  readonly name: string
  readonly sha256: string
  /** The stored file, verified. */
  readonly file: string
  /** Emptied at each start. */
  readonly scratch: string
  readonly openPath: (file: string) => Promise<string>
  readonly showInFolder: (file: string) => void
}

/**
 * Gives a file of the vault to the system's program for it: a copy under its own name, so that nothing which that
 * program writes reaches the stored bytes. `shown`: in its folder, for its kind is not opened from here.
 */
export async function openAttachment(options: OpenOptions): Promise<{ opened: boolean }> {
  const { name, sha256, file, scratch, openPath, showInFolder } = options
  const last = name.split('/').at(-1) ?? ''
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(last)?.[0] ?? ''
  const folder = path.join(scratch, 'opened', sha256.slice(0, 16))
  const copy = path.join(folder, `${safeStem(last.slice(0, last.length - ending.length))}${ending}`)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  // read-only: what a program writes into a copy would be lost, so it has to ask for another place
  await rm(copy, { force: true })
  await copyFile(file, copy)
  await chmod(copy, 0o444)
  if (!isOpened(last)) {
    showInFolder(copy)
    return { opened: false }
  }
  const problem = await openPath(copy)
  if (problem !== '') throw new CallError('no-program', `No program of this computer opened “${last}”.`)
  return { opened: true }
}
