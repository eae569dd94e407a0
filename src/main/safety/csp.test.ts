import { expect, test } from 'vitest'
import { ATTACHMENT_CSP, pageCsp } from './csp.ts'

const directives = (csp: string) =>
  new Map(csp.split('; ').map((line) => [line.split(' ')[0], line.split(' ').slice(1).join(' ')]))

test('nothing is allowed but our own files: no inline script or style, no eval, no network', () => {
  for (const path of ['/index.html', '/host.html', '/assets/index-abc.js', '/assets/vault-worker-abc.js']) {
    const csp = pageCsp(path, 'vabcdefgh')
    expect(csp.replace(/img-src [^;]*/, '')).not.toMatch(/unsafe|https?:|\*|data:|blob:/)
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
  expect(directives(pageCsp('/index.html', null)).get('img-src')).toBe("'self' blob:")
  expect(directives(pageCsp('/index.html', 'vabc23456')).get('img-src')).toBe("'self' attachment://vabc23456 blob:")
  expect(directives(pageCsp('/host.html', 'vabc23456')).get('img-src')).toBe("'self' attachment://vabc23456")
})

test('a window frames the page of diagrams and no other', () => {
  expect(directives(pageCsp('/index.html', null)).get('frame-src')).toBe('app://bundle/diagram.html')
  expect(directives(pageCsp('/host.html', null)).has('frame-src')).toBe(false)
})

test('the page of diagrams has no origin, and loads nothing but our scripts', () => {
  const csp = directives(pageCsp('/diagram.html', 'vabc23456'))
  expect(csp.get('sandbox')).toBe('allow-scripts')
  expect(csp.get('default-src')).toBe("'none'")
  expect(csp.get('script-src')).toBe('app://bundle')
  for (const name of ['img-src', 'connect-src', 'font-src', 'frame-src', 'worker-src'])
    expect(csp.has(name)).toBe(false)
})

test('an attachment is a sandbox in which nothing loads', () => {
  expect(ATTACHMENT_CSP).toBe("sandbox; default-src 'none'")
})
