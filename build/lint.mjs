// npm run lint: biome, the import table of src, and no trace of the machine that a file was written on.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { root } from './lib/paths.mjs'
import { run } from './lib/run.mjs'
import { checkImports } from './lint/check-imports.mjs'

const biome = run('biome', ['ci', '--config-path', 'build', '--colors', process.stdout.isTTY ? 'force' : 'off', '.'])

const files = new Map()
for (const entry of readdirSync(path.join(root, 'src'), { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !/\.tsx?$/.test(entry.name) || entry.name.endsWith('.d.ts')) continue
  const full = path.join(entry.parentPath, entry.name)
  files.set(path.relative(root, full).split(path.sep).join('/'), readFileSync(full, 'utf8'))
}
const breaches = checkImports(files, (file) => existsSync(path.join(root, file)))
for (const breach of breaches) console.log(breach)
console.log(`imports: ${files.size} files held against the table, ${breaches.length} breaches`)

process.exitCode = biome === 0 && breaches.length === 0 ? 0 : 1
