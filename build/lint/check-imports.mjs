import { isBuiltin } from 'node:module'
import path from 'node:path'
import { findCycles } from './cycles.mjs'
import { referencesOf } from './imports.mjs'
import { allowsPackage, FOR_FILES, FOR_TESTS, ROOMS, STARTS } from './table.mjs'

/** @typedef {import('./imports.mjs').Reference} Reference */

/**
 * Holds the files of src against the table.
 * @param {Map<string, string>} files  path from the checkout (`src/core/base/ids.ts`) to text; TypeScript only
 * @param {(path: string) => boolean} [exists]  for what is imported but not TypeScript: styles, data
 * @returns {string[]} one line for each breach, `file:line: what`
 */
export function checkImports(files, exists = () => true) {
  /** @type {string[]} */
  const breaches = []
  /** @type {Map<string, Set<string>>} */
  const graph = new Map()
  for (const [file, code] of files) {
    const targets = new Set()
    graph.set(file, targets)
    for (const reference of referencesOf(file, code)) {
      const to = resolve(file, reference)
      const breach = to === undefined ? checkOutside(file, reference) : checkInside(file, to, reference)
      if (breach) breaches.push(`${file}:${reference.line}: ${breach}`)
      if (to === undefined || reference.how !== 'import') continue
      if (files.has(to)) targets.add(to)
      else if (/\.tsx?$/.test(to) || !exists(to)) breaches.push(`${file}:${reference.line}: there is no ${to}`)
    }
  }
  for (const cycle of findCycles(graph)) breaches.push(`${cycle[0]}: import cycle: ${cycle.join(' -> ')}`)
  return breaches
}

/**
 * @param {string} file
 * @param {Reference} reference
 * @returns {string | undefined} the path a relative specifier leads to; undefined for a package or a node module
 */
function resolve(file, { specifier, how }) {
  if (!specifier.startsWith('.') && !(how === 'glob' && specifier.startsWith('/'))) return undefined
  return path.posix.join(path.posix.dirname(file), specifier.replace(/\?.*$/, ''))
}

/** @param {string} file */
const roomOf = (file) => /^src\/([^/]+)\//.exec(file)?.[1]

/** @param {string} file */
const isTest = (file) => /\.test(-data)?\.tsx?$/.test(file)

/** @param {string} file @returns {string | undefined} `src/renderer/features/NAME` */
const featureOf = (file) => /^src\/renderer\/features\/[^/]+(?=\/)/.exec(file)?.[0]

/**
 * @param {string} file
 * @param {string} to
 * @param {Reference} reference
 */
function checkInside(file, to, { typeOnly, how }) {
  const from = roomOf(file)
  const target = roomOf(to)
  const room = from === undefined ? undefined : ROOMS[from]
  if (!from || !room) return `${file} lies in no room of src`
  if (target === undefined || !ROOMS[target]) {
    // a test may read what the project carries (resources, corpora of its own)
    return isTest(file) ? undefined : `${to} lies in no room of src`
  }
  if (how === 'url' && /-worker\.ts$/.test(to)) {
    const starts = /** @type {Record<string, string[]>} */ (STARTS)[from] ?? []
    return starts.includes(target) ? undefined : `${from} may not start workers of ${target}`
  }
  if (isTest(to) && !(isTest(file) && to.includes('.test-data.'))) return 'a test may not be imported'
  if (target === 'testing' && from !== 'testing' && !isTest(file)) return 'only tests may import testing'
  if (from === target) return checkFeatures(file, to)
  const extra = isTest(file) ? FOR_TESTS.rooms : []
  if (room.rooms.includes(target) || extra.includes(target)) return undefined
  if (!room.rooms.includes(`${target}:types`)) return `${from} may not import ${target}`
  return typeOnly ? undefined : `${from} may import only types of ${target}`
}

/**
 * @param {string} file
 * @param {string} to
 */
function checkFeatures(file, to) {
  const feature = featureOf(to)
  // the composition in renderer/app takes features as other features do
  if (feature === undefined || feature === featureOf(file) || to === `${feature}/index.ts`) return undefined
  return `${feature} is reached only through its index.ts`
}

/**
 * @param {string} file
 * @param {Reference} reference
 */
function checkOutside(file, { specifier, how }) {
  if (how === 'url') return undefined
  const from = roomOf(file)
  const room = from === undefined ? undefined : ROOMS[from]
  if (!room) return `${file} lies in no room of src`
  if (isBuiltin(specifier)) {
    if (!specifier.startsWith('node:')) return `write node:${specifier}`
    return room.node || isTest(file) ? undefined : `${from} may not use ${specifier}`
  }
  const [scope = '', name] = specifier.split('/')
  const packageName = scope.startsWith('@') ? `${scope}/${name}` : scope
  const own = /** @type {Record<string, string[]>} */ (FOR_FILES)[file] ?? []
  const allowed = [...room.packages, ...own, ...(isTest(file) ? FOR_TESTS.packages : [])]
  return allowsPackage(allowed, packageName) ? undefined : `${from} may not use the package ${packageName}`
}
