// Fuses: switches in the Electron executable. https://www.electronjs.org/docs/latest/tutorial/fuses
// Behind a sentinel lie a version, a count, and for each fuse '0' (off), '1' (on), 'r' (removed) or 0x90 (inherit).

const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

/** In the order in which they lie in the binary. */
export const FUSE_NAMES = /** @type {const} */ ([
  'RunAsNode',
  'EnableCookieEncryption',
  'EnableNodeOptionsEnvironmentVariable',
  'EnableNodeCliInspectArguments',
  'EnableEmbeddedAsarIntegrityValidation',
  'OnlyLoadAppFromAsar',
  'LoadBrowserProcessSpecificV8Snapshot',
  'GrantFileProtocolExtraPrivileges',
])

/** @typedef {typeof FUSE_NAMES[number]} FuseName */

/**
 * @param {Buffer} binary
 * @returns {{ at: number, count: number }} where the first fuse lies
 */
function locate(binary) {
  const sentinel = binary.indexOf(SENTINEL, 0, 'latin1')
  if (sentinel < 0 || binary.indexOf(SENTINEL, sentinel + 1, 'latin1') >= 0)
    throw new Error('the executable has no fuses, or two sets')
  const wire = sentinel + SENTINEL.length
  const version = binary[wire]
  const count = binary[wire + 1] ?? 0
  if (version !== 1 || count < FUSE_NAMES.length)
    throw new Error(`fuses of version ${version} with ${count} entries are not known`)
  return { at: wire + 2, count }
}

/**
 * @param {Buffer} binary an Electron executable
 * @returns {Record<FuseName, boolean>}
 */
export function readFuses(binary) {
  const { at } = locate(binary)
  const states = FUSE_NAMES.map((name, index) => [name, binary[at + index] === '1'.charCodeAt(0)])
  return Object.fromEntries(states)
}

/**
 * @param {Buffer} binary an Electron executable; changed in place
 * @param {Record<FuseName, boolean>} wanted
 */
export function setFuses(binary, wanted) {
  const { at } = locate(binary)
  FUSE_NAMES.forEach((name, index) => {
    binary[at + index] = (wanted[name] ? '1' : '0').charCodeAt(0)
  })
}
