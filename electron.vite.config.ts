import path from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { nativeAddons } from './build/lib/native-addons.mjs'

// The oldest runtime this code must run in: Electron 33 = Node 20.18 and Chromium 130. Fixed here,
// so that the bundle is the same whichever runtime the building machine has.
const node = 'node20.18'
const chrome = 'chrome130'

const source = path.join(import.meta.dirname, 'src')
const page = (name: string) => path.join(source, 'renderer', name)

export default defineConfig({
  main: {
    plugins: [nativeAddons()],
    build: {
      target: node,
      // Everything but Electron and Node goes into the bundle: the packaged app carries no node_modules.
      externalizeDeps: false,
      rolldownOptions: {
        input: {
          index: path.join(source, 'main/index.ts'),
          // threads of main's, started beside it
          'look-worker': path.join(source, 'main/files/look-worker.ts'),
          'write-worker': path.join(source, 'main/files/write-worker.ts'),
          'compact-worker': path.join(source, 'main/journal/compact-worker.ts'),
          // a process of main's
          'network-process': path.join(source, 'main/network/process.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      target: node,
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: path.join(source, 'preload/index.ts') },
        // a sandboxed preload script has to be CommonJS
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: path.join(source, 'renderer'),
    plugins: [react()],
    // The vault worker starts the index worker: both are modules, each bundled on its own.
    worker: { format: 'es', rolldownOptions: { checks: { bundlerTimings: false } } },
    // sqlite-wasm finds its .wasm by `new URL(…, import.meta.url)`, which pre-bundling would break
    optimizeDeps: { exclude: ['@sqlite.org/sqlite-wasm'] },
    build: {
      target: chrome,
      minify: true,
      chunkSizeWarningLimit: 4096, // kB; they come from the disk
      // The CSP knows neither data: URLs nor inline scripts.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: { index: page('index.html'), host: page('host.html'), diagram: page('diagram.html') },
        checks: { bundlerTimings: false }, // three workers with their own bundles take their time
      },
    },
  },
})
