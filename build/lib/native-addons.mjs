// The one native addon, sodium-native, beside the bundle: the packaged app carries no node_modules to find it in.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { root } from './paths.mjs'

const PREBUILDS = path.join(root, 'node_modules/sodium-native/prebuilds')
const BINDING = /[\\/]sodium-native[\\/]binding\.js$/

/** Where the prebuilds lie in a bundle; they are unpacked from the archive, since the system loads no library from one. */
export const NATIVE = 'native'

/**
 * Puts the prebuilds of this platform, for all of its processors, into the bundle and has the package load them from
 * there. They are taken as they were published, never built.
 * @returns {import('vite').Plugin}
 */
export function nativeAddons() {
  return {
    name: 'native-addons',
    apply: 'build',
    transform(_code, id) {
      if (!BINDING.test(id)) return undefined
      // A chunk lies one folder deeper than an entry.
      return `
        const { createRequire } = require('node:module')
        const path = require('node:path')
        const folder = path.basename(__dirname) === 'chunks' ? path.dirname(__dirname) : __dirname
        const name = \`sodium-native-\${process.platform}-\${process.arch}.node\`
        module.exports = createRequire(__filename)(path.join(folder, '${NATIVE}', name))`
    },
    generateBundle() {
      for (const target of readdirSync(PREBUILDS)) {
        if (!target.startsWith(`${process.platform}-`)) continue
        this.emitFile({
          type: 'asset',
          fileName: `${NATIVE}/sodium-native-${target}.node`,
          source: readFileSync(path.join(PREBUILDS, target, 'sodium-native.node')),
        })
      }
    },
  }
}
