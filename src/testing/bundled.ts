import path from 'node:path'
import process from 'node:process'
import { build } from 'vite'

/** A TypeScript program as a file that plain Node runs, made anew; it finds packages as the checkout does. */
export async function bundled(source: string): Promise<string> {
  const root = path.join(import.meta.dirname, '../..')
  const name = path.basename(source, '.ts')
  const outDir = path.join(root, 'test-results/programs', `${name}-${process.pid}`)
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: {
      ssr: path.join(root, source),
      outDir,
      emptyOutDir: true,
      target: 'node20.18',
      rolldownOptions: { output: { entryFileNames: `${name}.mjs` } },
    },
  })
  return path.join(outDir, `${name}.mjs`)
}
