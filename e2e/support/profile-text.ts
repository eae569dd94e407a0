import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

/** Files of a folder that hold a word as UTF-8 or UTF-16, by their paths in it. What is compressed hides its words. */
export async function filesWith(folder: string, word: string): Promise<string[]> {
  const needles = [Buffer.from(word, 'utf8'), Buffer.from(word, 'utf16le')]
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const found: string[] = []
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const file = path.join(entry.parentPath, entry.name)
    const bytes = await readFile(file).catch(() => Buffer.alloc(0))
    if (needles.some((needle) => bytes.includes(needle))) found.push(path.relative(folder, file))
  }
  return found.sort()
}
