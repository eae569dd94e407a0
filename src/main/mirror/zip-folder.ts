import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { CallError } from '../../ipc/rpc.ts'
import { ZipOutput } from '../backups/zip-output.ts'
import { syncFolder, temporaryBeside } from '../store/atomic.ts'
import { readZip } from './read-zip.ts'

/** What another program made and can make again, or keeps the history of in its own way. */
const LEFT_OUT = new Set(['.git', 'node_modules'])

/**
 * The folder as it is, in one zip, read back and compared before it is called made. Fails with `not-kept`.
 * Null where there is nothing to keep.
 */
export async function zipFolder(folder: string, file: string, at: number): Promise<number | null> {
  const paths = await list(folder)
  if (paths.length === 0) return null
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  const temporary = temporaryBeside(file)
  try {
    const zip = new ZipOutput(createWriteStream(temporary, { flags: 'wx', mode: 0o600 }), at)
    const written = new Map<string, string>()
    for (const below of paths) {
      const source = path.join(folder, below)
      const { size } = await stat(source)
      const { sha256 } = await zip.addStream(below, size, () =>
        createReadStream(source, { end: Math.max(0, size - 1) }),
      )
      written.set(below, sha256)
    }
    await zip.finish()
    const read = await readZip(temporary)
    const isWhole = read.size === written.size && [...written].every(([name, sha256]) => read.get(name) === sha256)
    if (!isWhole)
      throw new CallError('not-kept', 'The zip of the folder as it was could not be read back. Nothing began.')
    const handle = await open(temporary, 'r+')
    await handle.sync().finally(() => handle.close())
    await rename(temporary, file)
    await syncFolder(path.dirname(file))
    return (await stat(file)).size
  } catch (error) {
    await rm(temporary, { force: true })
    if (error instanceof CallError) throw error
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new CallError('not-kept', `The zip of the folder as it was could not be made (${code}). Nothing began.`)
  }
}

async function list(folder: string): Promise<string[]> {
  const found: string[] = []
  const folders = ['']
  for (let at = folders.pop(); at !== undefined; at = folders.pop()) {
    for (const entry of await readdir(path.join(folder, at), { withFileTypes: true })) {
      const below = at === '' ? entry.name : `${at}/${entry.name}`
      if (entry.isDirectory() && !LEFT_OUT.has(entry.name)) folders.push(below)
      else if (entry.isFile()) found.push(below)
    }
  }
  return found.sort()
}
