// node build/parsers.mjs [--notes 1000] [--only PARSER]
// Measures the readers of Markdown that package.json has, and our own, on one corpus; prints the table of
// src/core/markdown/README.md. Processor time, so that a busy machine says nearly the same as an idle one.
// Exit code 0: everything was measured; 1: something could not be; 2: wrong usage.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { isMain, root } from './lib/paths.mjs'

const USAGE = 'usage: node build/parsers.mjs [--notes N] [--only micromark|lezer|markdown-it|ours]'
/** Of processor time for one hostile input. */
const CAP_MS = 5_000
const POLL_MS = 100

/**
 * What a parser can do: `read` as far as it goes by itself, `html` where it has any (null: not for this text).
 * @typedef {{ read: (text: string) => unknown, html: ((text: string) => string | null) | null }} Reader
 */

/** @type {Record<string, { name: string, offsets: string, open: (ours: typeof import('./lib/parsers-entry.ts')) => Promise<Reader> }>} */
const PARSERS = {
  micromark: {
    name: 'micromark with GFM, to events',
    offsets: 'every event',
    open: async () => {
      const { micromark, parse, postprocess, preprocess } = await import('micromark')
      const { gfm } = await import('micromark-extension-gfm')
      const extensions = [gfm()]
      return {
        read: (text) =>
          postprocess(
            parse({ extensions })
              .document()
              .write(preprocess()(text, undefined, true)),
          ),
        html: (text) => micromark(text, { allowDangerousHtml: true, allowDangerousProtocol: true }),
      }
    },
  },
  lezer: {
    name: '@lezer/markdown with GFM, blocks and inlines',
    offsets: 'every node',
    open: async () => {
      const { GFM, parser } = await import('@lezer/markdown')
      const own = parser.configure([GFM])
      return { read: (text) => own.parse(text), html: null }
    },
  },
  'markdown-it': {
    name: 'markdown-it with tables and strikethrough, to tokens',
    offsets: 'lines of blocks',
    open: async () => {
      const { default: MarkdownIt } = await import('markdown-it')
      const reader = new MarkdownIt()
      const plain = new MarkdownIt('commonmark')
      return { read: (text) => reader.parse(text, {}), html: (text) => plain.render(text) }
    },
  },
  ours: {
    name: '**ours: @lezer/markdown for blocks, own inlines, to the tree**',
    offsets: 'blocks and items',
    open: async ({ parseMarkdown, renderHtml }) => ({
      read: (text) => parseMarkdown(text),
      html: (text) => renderHtml(parseMarkdown(text).blocks),
    }),
  },
}
/** Known readers that package.json does not have. */
const ABSENT = ['mdast-util-from-markdown', 'remark-parse', 'marked', 'commonmark']

const cpuMs = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** In a worker: one parser, asked by messages, so that it can be stopped. */
async function answer() {
  const { parser, bundle } = workerData
  const ours = await import(bundle)
  const reader = await PARSERS[parser]?.open(ours)
  parentPort?.on('message', (/** @type {{ ask: string, texts: string[] }} */ { ask, texts }) => {
    if (ask === 'html') {
      parentPort?.postMessage(texts.map((text) => reader?.html?.(text) ?? null))
      return
    }
    const before = cpuMs()
    for (const text of texts) reader?.read(text)
    parentPort?.postMessage(cpuMs() - before)
  })
  parentPort?.postMessage('ready')
}

class Asked {
  #worker
  /** @param {string} parser @param {string} bundle */
  constructor(parser, bundle) {
    this.#worker = new Worker(new URL(import.meta.url), { workerData: { parser, bundle } })
  }

  /** @param {object | null} message @param {number} cap ms of processor time @returns {Promise<any>} null: not in time */
  ask(message, cap = Number.POSITIVE_INFINITY) {
    const worker = this.#worker
    const begun = cpuMs()
    return new Promise((resolve, reject) => {
      const watch = setInterval(() => {
        if (cpuMs() - begun > cap) end(() => resolve(null))
      }, POLL_MS)
      const end = (/** @type {() => void} */ finish) => {
        clearInterval(watch)
        worker.off('message', onMessage)
        worker.off('error', onError)
        finish()
      }
      const onMessage = (/** @type {unknown} */ answer) => end(() => resolve(answer))
      const onError = (/** @type {unknown} */ error) => end(() => reject(error))
      worker.on('message', onMessage)
      worker.on('error', onError)
      if (message) worker.postMessage(message)
    })
  }

  stop() {
    return this.#worker.terminate()
  }
}

/** @param {string} parser @param {string} bundle */
async function open(parser, bundle) {
  const asked = new Asked(parser, bundle)
  await asked.ask(null)
  return asked
}

async function main() {
  let notes = 1000
  let only = ''
  try {
    const { values } = parseArgs({ options: { notes: { type: 'string' }, only: { type: 'string' } } })
    notes = Number(values.notes ?? notes)
    only = values.only ?? only
    if (only !== '' && !Object.hasOwn(PARSERS, only)) throw new Error(`--only ${only}: there is no such parser`)
    if (!Number.isSafeInteger(notes) || notes < 1) throw new Error('--notes is a number')
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n${USAGE}\n`)
    return 2
  }
  const folder = mkdtempSync(path.join(os.tmpdir(), 'parsers-'))
  try {
    await measure(notes, only, folder)
    return 0
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`)
    return 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @param {number} notes @param {string} only '' for all @param {string} folder */
async function measure(notes, only, folder) {
  const texts = corpus(notes, folder)
  const bundle = await bundled(folder)
  /** @type {typeof import('./lib/parsers-entry.ts')} */
  const { HOSTILE, comparableHtml } = await import(bundle)
  const examples = commonmark()
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  const rows = []
  for (const [parser, { name, offsets }] of Object.entries(PARSERS)) {
    if (only !== '' && parser !== only) continue
    process.stderr.write(`${parser}: speed\n`)
    const speed = await speedOf(parser, bundle, texts)
    process.stderr.write(`${parser}: ${speed.toFixed(2)} ms a note; hostile inputs\n`)
    const hostile = await hostileOf(parser, bundle, HOSTILE)
    process.stderr.write(`${parser}: CommonMark\n`)
    const agreement = await agreementOf(parser, bundle, examples, comparableHtml)
    rows.push([name, speed.toFixed(2), offsets, hostile, agreement])
  }
  const head = [
    'parser',
    'ms a note',
    'offsets',
    `${HOSTILE.length} hostile inputs, cap ${CAP_MS / 1000} s each`,
    `CommonMark, ${examples.length} examples`,
  ]
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(' | ')} |\n`
  const { model = 'unknown' } = os.cpus()[0] ?? {}
  process.stdout.write(
    `${texts.length} notes, ${(bytes / texts.length / 1000).toFixed(1)} KB each; Node ${process.version}, ${model.trim()}\n` +
      `not installed, so not measured: ${ABSENT.filter((name) => !isInstalled(name)).join(', ')}\n\n` +
      line(head) +
      line(head.map(() => '---')) +
      rows.map(line).join(''),
  )
}

/** @param {string} name */
function isInstalled(name) {
  try {
    createRequire(import.meta.url).resolve(name)
    return true
  } catch {
    return false
  }
}

/** The seeded notes of the shared generator. @param {number} notes @param {string} folder @returns {string[]} */
function corpus(notes, folder) {
  const shared = process.env.THROUGHLINE_SHARED ?? path.resolve(root, '../shared')
  const out = path.join(folder, 'notes')
  // It runs only where it is called by its real name.
  const args = [realpathSync(path.join(shared, 'tools/gen-corpus.mjs')), '--notes', String(notes), '--out', out]
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`the generator of notes failed: ${stderr}`)
  return readdirSync(out, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .sort()
    .map((file) => readFileSync(path.join(out, file), 'utf8'))
}

/** Our own reader as plain JavaScript. @param {string} folder @returns {Promise<string>} its address */
async function bundled(folder) {
  const entry = path.join(root, 'build/lib/parsers-entry.ts')
  const { build } = await import('vite')
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: { ssr: entry, outDir: path.join(folder, 'ours'), target: 'node20', emptyOutDir: true },
  })
  writeFileSync(path.join(folder, 'ours/package.json'), '{"type":"module"}')
  return pathToFileURL(path.join(folder, 'ours/parsers-entry.js')).href
}

/** @returns {{ markdown: string, html: string }[]} */
function commonmark() {
  const spec = readFileSync(createRequire(import.meta.url).resolve('commonmark-spec/spec.txt'), 'utf8')
  const tabs = (/** @type {string} */ text) => text.replaceAll('→', '\t')
  return [...spec.matchAll(/^`{32} example\n([\s\S]*?)^\.\n([\s\S]*?)^`{32}$/gm)].map(
    ([, markdown = '', html = '']) => ({ markdown: tabs(markdown), html: tabs(html) }),
  )
}

/** ms of processor time a note, the best of three rounds after one to warm up. @param {string} parser @param {string} bundle @param {string[]} texts */
async function speedOf(parser, bundle, texts) {
  const asked = await open(parser, bundle)
  await asked.ask({ ask: 'read', texts: texts.slice(0, 200) })
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < 3; round += 1) best = Math.min(best, await asked.ask({ ask: 'read', texts }))
  await asked.stop()
  return best / texts.length
}

/** @param {string} parser @param {string} bundle @param {readonly (readonly [string, string, unknown])[]} inputs */
async function hostileOf(parser, bundle, inputs) {
  let asked = await open(parser, bundle)
  let total = 0
  let worst = { ms: 0, name: '' }
  /** @type {string[]} */
  const failed = []
  for (const [name, source] of inputs) {
    /** @type {number | null} */
    let ms = null
    try {
      ms = await asked.ask({ ask: 'read', texts: [source] }, CAP_MS)
    } catch {
      failed.push(`${name} (throws)`)
    }
    if (ms === null) process.stderr.write(`  not in time: ${name}\n`)
    if (ms === null) {
      if (!failed.at(-1)?.startsWith(`${name} (`)) failed.push(name)
      await asked.stop()
      asked = await open(parser, bundle)
      continue
    }
    total += ms
    if (ms > worst.ms) worst = { ms, name }
  }
  await asked.stop()
  const beyond = failed.length === 0 ? 'all' : `not ${failed.length}: ${failed.join(', ')}`
  const seconds = (/** @type {number} */ ms) => `${(ms / 1000).toFixed(2)} s`
  return `${beyond}; the ${failed.length === 0 ? '' : 'others '}worst ${seconds(worst.ms)} (${worst.name}), ${seconds(total)} in all`
}

/** @param {string} parser @param {string} bundle @param {{ markdown: string, html: string }[]} examples @param {(html: string) => string} comparable */
async function agreementOf(parser, bundle, examples, comparable) {
  const asked = await open(parser, bundle)
  /** @type {(string | null)[]} */
  const read = await asked.ask({ ask: 'html', texts: examples.map(({ markdown }) => markdown) })
  await asked.stop()
  const rendered = read.filter((html) => html !== null).length
  if (rendered === 0) return 'no HTML'
  // The tree does not say paragraphs of loose items; how marks are nested it says as layout only.
  const own = parser === 'ours' ? comparable : (/** @type {string} */ html) => html.trimEnd()
  const same = examples.filter(({ html }, at) => own(read[at] ?? '\0') === own(html)).length
  return rendered === examples.length
    ? String(same)
    : `${same} of the ${rendered} without verbatim blocks and raw inlines`
}

if (!isMainThread) await answer()
else if (isMain(import.meta.url)) process.exitCode = await main()
