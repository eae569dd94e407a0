import { expect, test } from 'vitest'
import { ATTACHMENT_CSP, pageCsp } from './csp.ts'

const directives = (csp: string) =>
  new Map(csp.split('; ').map((line) => [line.split(' ')[0], line.split(' ').slice(1).join(' ')]))

test('nothing is allowed but our own files: no inline script or style, no eval, no network', () => {
  for (const path of ['/index.html', '/host.html', '/assets/index-abc.js', '/assets/vault-worker-abc.js']) {
    const csp = pageCsp(path, 'vabcdefgh')
    expect(csp).not.toMatch(/unsafe|https?:|\*|data:|blob:/)
    expect(directives(csp).get('default-src')).toBe("'none'")
    expect(directives(csp).get('script-src')).toBe("'self'")
  }
})

test('only the worker that compiles SQLite may compile WebAssembly', () => {
  expect(pageCsp('/assets/index-worker-Bx_9-a.js', null)).toContain("script-src 'self' 'wasm-unsafe-eval'")
  for (const path of ['/assets/graph-worker-a.js', '/index-worker.js.html', '/assets/index-worker-a.js/x.js']) {
    expect(pageCsp(path, null)).not.toContain('wasm')
  }
})

test('a window shows images of its own vault only', () => {
  expect(directives(pageCsp('/index.html', null)).get('img-src')).toBe("'self'")
  expect(directives(pageCsp('/index.html', 'vabc23456')).get('img-src')).toBe("'self' attachment://vabc23456")
})

test('an attachment is a sandbox in which nothing loads', () => {
  expect(ATTACHMENT_CSP).toBe("sandbox; default-src 'none'")
})
