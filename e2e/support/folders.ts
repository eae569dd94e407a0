import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** A file by its path in the folder, with `/` on every system. */
export type Files = Readonly<Record<string, string | Uint8Array>>

export async function writeFiles(folder: string, files: Files): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true })
    await writeFile(path.join(folder, name), content)
  }
}

/** What stands in a vault's folder, as text; without `.throughline/`, which is the app's. */
export async function readFiles(folder: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {}
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name)
    const name = path.relative(folder, file).split(path.sep).join('/')
    if (entry.isFile() && !name.startsWith('.throughline/')) files[name] = await readFile(file, 'utf8')
  }
  return files
}
