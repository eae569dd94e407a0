import { readdir, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { expect, inEmptyVault, test } from './support/fixtures.ts'
import { hostPid } from './support/host.ts'
import { callPort } from './support/ports.ts'

// facts/safety.md, "Electron": each line of that list is a test here, in the real app.

type Vault = { id: string; name: string }
const PNG = [
  ...[137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 31, 21],
  ...[196, 137, 0, 0, 0, 13, 73, 68, 65, 84, 120, 156, 99, 248, 207, 192, 240, 31, 0, 5, 0, 1, 255, 137, 153, 61, 29],
  ...[0, 0, 0, 0, 73, 69, 78, 68, 174, 66, 96, 130],
]

/** Makes a vault in the window and waits until the window shows it. */
async function openVault(page: Page, name: string): Promise<Vault> {
  const before = new URL(page.url()).searchParams.get('vault')
  // The window reloads, and may be gone before the answer has reached the test.
  const created = callPort<Vault>(page, 'app', 'createVault', { name, from: 'empty' }).catch(() => null)
  await page.waitForURL(({ searchParams }) => searchParams.has('vault') && searchParams.get('vault') !== before)
  await created
  const id = new URL(page.url()).searchParams.get('vault') ?? ''
  await callPort(page, 'vault', 'info', {})
  return { id, name }
}

/** The vault that the window shows. */
const shownVault = (page: Page) => new URL(page.url()).searchParams.get('vault') ?? ''

const windowCount = (electron: ElectronApplication) =>
  electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)

/** Refused loads are what these tests are about; the page says each of them on its console. */
const expectOnly = (errors: string[], pattern: RegExp) => {
  expect(errors.filter((error) => !pattern.test(error))).toEqual([])
  errors.length = 0
}
const REFUSED =
  /Refused to|violates the|Content Security Policy|status of 404|ERR_BLOCKED|Failed to load resource|Not allowed/

inEmptyVault(
  'every page is sandboxed and isolated, without Node, webview or relaxed web security',
  async ({ electron, window: page }) => {
    const all = await electron.evaluate(({ webContents }) =>
      webContents.getAllWebContents().map((contents) => {
        const page = contents as typeof contents & { getLastWebPreferences(): Record<string, unknown> }
        return { url: contents.getURL(), preferences: page.getLastWebPreferences() }
      }),
    )
    expect(all.map(({ url }) => new URL(url).pathname).sort()).toEqual(['/host.html', '/index.html'])
    for (const { preferences } of all) {
      expect(preferences).toMatchObject({
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        webviewTag: false,
        allowRunningInsecureContent: false,
      })
      expect(preferences.nodeIntegrationInWorker ?? false).toBe(false)
    }
    const globals = await page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer'].filter(
        (name) => name in globalThis,
      ),
    )
    expect(globals).toEqual([])
  },
)

inEmptyVault('the bridge has exactly two keys', async ({ window: page }) => {
  const keys = await page.evaluate(() => Object.entries(window.throughline).map(([key, value]) => [key, typeof value]))
  expect(keys.sort()).toEqual([
    ['pathForFile', 'function'],
    ['requestPort', 'function'],
  ])
  expect(await page.evaluate(() => window.throughline.pathForFile(new File(['x'], 'made-up.md')))).toBe('')
})

inEmptyVault(
  'each page and worker has a strict policy by header, and only the SQLite worker compiles WebAssembly',
  async ({ window: page, app }) => {
    const headers = await page.evaluate(async () => {
      const paths = ['/index.html', '/host.html', ...[...document.scripts].map(({ src }) => new URL(src).pathname)]
      const answers = await Promise.all(paths.map((path) => fetch(path)))
      return answers.map(({ url, headers }) => [
        url,
        headers.get('content-security-policy'),
        headers.get('x-content-type-options'),
      ])
    })
    expect(headers.length).toBeGreaterThan(2)
    for (const [url, csp, sniff] of headers) {
      expect([url, csp]).toEqual([url, expect.stringContaining("default-src 'none'")])
      expect(csp).toContain("script-src 'self'")
      expect(csp).not.toContain('unsafe')
      expect(sniff).toBe('nosniff')
    }
    const ran = await page.evaluate(async () => {
      // The debugger, through which this runs, lifts the ban on eval until the first turn of the loop.
      await new Promise((resolve) => setTimeout(resolve))
      const marks: string[] = []
      const attempt = async (name: string, work: () => unknown) => {
        try {
          await work()
          marks.push(name)
        } catch {
          // refused, as it should be
        }
      }
      const scope = globalThis as unknown as Record<string, unknown>
      scope.ran = (name: string) => marks.push(name)
      await attempt('eval', () => (Reflect.get(globalThis, 'eval') as (code: string) => unknown)('1'))
      await attempt('Function', () => new Function('return 1')())
      await attempt('wasm', () => WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])))
      const script = document.createElement('script')
      script.textContent = 'ran("inline script")'
      document.body.append(script)
      document.body.insertAdjacentHTML(
        'beforeend',
        '<img src=x onerror="ran(\'handler\')"><svg onload="ran(\'svg\')"></svg>',
      )
      const frame = document.createElement('iframe')
      frame.srcdoc = '<script>parent.ran("frame")</script>'
      document.body.append(frame)
      const timer = globalThis.setTimeout as unknown as (code: string, ms: number) => void
      await attempt(
        'string timer',
        () =>
          new Promise((resolve) => {
            timer('ran("string timer ran")', 0)
            setTimeout(() => resolve(null), 50)
            throw new Error('only its effect counts')
          }),
      )
      const blob = URL.createObjectURL(new Blob(['postMessage(1)'], { type: 'text/javascript' }))
      await attempt(
        'blob worker',
        () =>
          new Promise((resolve, reject) => {
            const worker = new Worker(blob)
            worker.onmessage = resolve
            worker.onerror = reject
          }),
      )
      await attempt('data import', () => import(String('data:text/javascript,1')))
      const style = document.createElement('style')
      style.textContent = 'body { outline: 3px solid red }'
      document.head.append(style)
      await new Promise((resolve) => setTimeout(resolve, 300))
      if (getComputedStyle(document.body).outlineWidth === '3px') marks.push('inline style')
      return marks
    })
    expect(ran).toEqual([])
    expectOnly(app.errors, REFUSED)
  },
)

inEmptyVault('nothing is asked of the network', async ({ window: page, app, electron }) => {
  const answers = await page.evaluate(async () => {
    const image = (src: string) =>
      new Promise((resolve) => {
        const image = new Image()
        image.onload = () => resolve('loaded')
        image.onerror = () => resolve('refused')
        image.src = src
      })
    const request = (url: string) =>
      fetch(url, { mode: 'no-cors' }).then(
        () => 'answered',
        () => 'refused',
      )
    const socket = (url: string) =>
      new Promise((resolve) => {
        try {
          const socket = new WebSocket(url)
          socket.onopen = () => resolve('opened')
          socket.onerror = () => resolve('refused')
        } catch {
          resolve('refused')
        }
      })
    return Promise.all([
      image('https://example.com/x.png'),
      image('http://127.0.0.1:1/x.png'),
      image('file:///etc/passwd'),
      request('https://example.com/'),
      request('http://127.0.0.1:1/'),
      request('file:///etc/passwd'),
      socket('ws://127.0.0.1:1/'),
    ])
  })
  expect(new Set(answers)).toEqual(new Set(['refused']))
  // the session cancels what a policy would let through
  const cancelled = await electron.evaluate(({ session }) => {
    const own = session.fromPartition('persist:windows')
    const ask = (url: string) =>
      own.fetch(url).then(
        () => 'answered',
        (error: Error) => error.message,
      )
    return Promise.all(['http://127.0.0.1:1/', 'https://example.com/'].map(ask))
  })
  expect(cancelled).toEqual(['net::ERR_BLOCKED_BY_CLIENT', 'net::ERR_BLOCKED_BY_CLIENT'])
  expectOnly(app.errors, REFUSED)
})

inEmptyVault('every permission is denied, but persistent storage to a host', async ({ window: page, electron }) => {
  const asked = await page.evaluate(async () => {
    const names = [
      'notifications',
      'geolocation',
      'camera',
      'microphone',
      'midi',
      'clipboard-read',
      'persistent-storage',
    ]
    const states = await Promise.all(
      names.map((name) =>
        navigator.permissions.query({ name: name as PermissionName }).then(
          ({ state }) => state,
          () => 'denied',
        ),
      ),
    )
    const media = await navigator.mediaDevices.getUserMedia({ audio: true }).then(
      () => 'granted',
      () => 'denied',
    )
    const clipboard = await navigator.clipboard.readText().then(
      () => 'granted',
      () => 'denied',
    )
    const place = await new Promise<string>((resolve) =>
      navigator.geolocation.getCurrentPosition(
        () => resolve('granted'),
        () => resolve('denied'),
      ),
    )
    return [...states, media, clipboard, place, await Notification.requestPermission()]
  })
  expect(new Set(asked)).toEqual(new Set(['denied']))
  expect(await page.evaluate(() => navigator.storage.persist())).toBe(false)
  const host = await electron.evaluate(async ({ webContents }) => {
    const page = webContents.getAllWebContents().find((contents) => contents.getURL().includes('/host.html'))
    return page?.executeJavaScript(`Promise.all([
      navigator.storage.persist(),
      navigator.permissions.query({ name: 'geolocation' }).then(({ state }) => state),
      Notification.requestPermission(),
    ])`)
  })
  expect(host).toEqual([true, 'denied', 'denied'])
})

inEmptyVault(
  'a page cannot navigate, open a window, embed one or download',
  async ({ window: page, electron, app }) => {
    const before = page.url()
    const opened = await electron.evaluateHandle(({ shell }) => {
      const urls: string[] = []
      shell.openExternal = async (url) => void urls.push(url)
      return urls
    })
    const targets = [
      'https://example.com/',
      'file:///etc/passwd',
      'data:text/html,x',
      'app://bundle/host.html',
      'javascript:0',
    ]
    for (const target of targets) {
      await page.evaluate((url) => {
        try {
          location.href = url
        } catch {
          // refused at once
        }
      }, target)
      expect(await page.evaluate((url) => window.open(url), target)).toBeNull()
      await page.evaluate((url) => {
        const link = Object.assign(document.createElement('a'), { href: url, target: '_blank', textContent: 'x' })
        document.body.append(link)
        link.click()
        link.target = ''
        link.click()
        link.download = 'x'
        link.click()
        link.remove()
        const form = Object.assign(document.createElement('form'), { action: url, method: 'post' })
        document.body.append(form)
        form.submit()
        form.remove()
        const frame = Object.assign(document.createElement('iframe'), { src: url })
        document.body.append(frame, document.createElement('webview'))
      }, target)
    }
    await page.waitForTimeout(300)
    expect(page.url()).toBe(before)
    expect(await windowCount(electron)).toBe(1)
    expect(await opened.jsonValue()).toEqual([])
    // frames stay empty: no page of ours may be framed, and nothing else loads
    for (const frame of page.frames()) {
      if (frame !== page.mainFrame()) expect(frame.url()).toMatch(/^(about:|chrome-error:|:?$)/)
    }
    expectOnly(app.errors, /.*/)
  },
)

inEmptyVault(
  'openExternal takes http, https and mailto by parsing, and nothing else',
  async ({ window: page, electron }) => {
    const opened = await electron.evaluateHandle(({ shell }) => {
      const urls: string[] = []
      shell.openExternal = async (url) => void urls.push(url)
      return urls
    })
    for (const url of ['https://example.org/a', 'http://example.org', 'mailto:ana@example.org']) {
      await callPort(page, 'app', 'openExternal', { url })
    }
    for (const url of [
      'file:///etc/passwd',
      'javascript:alert(1)',
      ' smb://host/x',
      'app://bundle/',
      'x',
      '\\\\host\\x',
    ]) {
      await expect(callPort(page, 'app', 'openExternal', { url })).rejects.toThrow('refused')
    }
    expect(await opened.jsonValue()).toEqual(['https://example.org/a', 'http://example.org/', 'mailto:ana@example.org'])
  },
)

inEmptyVault(
  'only the main frame of a window of ours is given ports, and only those it may have',
  async ({ window: page, electron }) => {
    const vault = shownVault(page)
    const answered = await page.evaluate(async () => {
      const heard: unknown[] = []
      window.addEventListener('message', ({ data }) => heard.push(data?.throughlinePort))
      for (const kind of ['index-write', 'note', 'host', '', '__proto__', 'constructor']) {
        ;(window.throughline.requestPort as (kind: string) => void)(kind)
      }
      await new Promise((resolve) => setTimeout(resolve, 300))
      return heard.filter((kind) => kind !== undefined && !['app', 'vault', 'index'].includes(String(kind)))
    })
    expect(answered).toEqual([])
    // a host is no window: it is given its ports, and may ask for none
    const host = await electron.evaluate(async ({ webContents }) => {
      const page = webContents.getAllWebContents().find((contents) => contents.getURL().includes('/host.html'))
      return page?.executeJavaScript(`new Promise((resolve) => {
      const heard = []
      window.addEventListener('message', ({ data }) => heard.push(data && data.throughlinePort))
      for (const kind of ['app', 'vault', 'index']) window.throughline.requestPort(kind)
      setTimeout(() => resolve(heard), 300)
    })`)
    })
    expect(host).toEqual([])
    // requests are checked by shape, whoever sends them
    await expect(callPort(page, 'app', 'openVault', { id: '../../etc' })).rejects.toThrow('invalid')
    await expect(callPort(page, 'app', 'openVault', { id: 'unknown-vault' })).rejects.toThrow('not-found')
    await expect(callPort(page, 'app', 'constructor', {})).rejects.toThrow('unknown')
    const vaults = await callPort<Vault[]>(page, 'app', 'vaults', {})
    expect(vaults.map(({ id }) => id)).toContain(vault)
  },
)

inEmptyVault(
  'a page reads and writes only folders that the person has shown',
  async ({ window: page, electron, folder }) => {
    await writeFile(path.join(folder, 'a.md'), 'a')
    for (const call of ['exportVault', 'showInFolder']) {
      await expect(callPort(page, 'app', call, { folder })).rejects.toThrow('refused')
    }
    const preview = () => callPort(page, 'app', 'previewImport', { folder, vault: null, mapping: null })
    await expect(preview()).rejects.toThrow('refused')
    await expect(callPort(page, 'app', 'importFolder', { folder, vault: null })).rejects.toThrow('refused')
    await electron.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] })
    }, folder)
    expect(await callPort(page, 'app', 'chooseFolder', { purpose: 'import' })).toBe(folder)
    expect(await preview()).toMatchObject({ notes: 1, attachments: 0 })
    expect(await readdir(folder)).toEqual(['a.md'])
  },
)

inEmptyVault('app:// leads nowhere but into the bundle', async ({ window: page, app }) => {
  const statuses = await page.evaluate(async () => {
    const paths = [
      ...['app://bundle/../package.json', 'app://bundle/%2e%2e/package.json', 'app://bundle/..%2fpackage.json'],
      ...['app://bundle/..%5cpackage.json', 'app://bundle/%2fetc/passwd', 'app://bundle//etc/passwd'],
      ...['app://bundle/assets/..%2f..%2fmain/index.js', 'app://bundle/%252e%252e/package.json'],
      ...['app://bundle/index.html%00.js', 'app://bundle/./../../package.json', 'app://bundle/../main/index.js'],
      ...[
        'app://bundle/.',
        'app://bundle/',
        'app://bundle/assets',
        'app://bundle/preload/index.cjs',
        'app://other/index.html',
      ],
    ]
    return Promise.all(
      paths.map((url) =>
        fetch(url).then(
          ({ status }) => status,
          () => 0,
        ),
      ),
    )
  })
  for (const status of statuses) expect([0, 404]).toContain(status)
  const posted = await page.evaluate(() =>
    fetch('app://bundle/index.html', { method: 'POST' }).then(
      ({ status }) => status,
      () => 0,
    ),
  )
  expect([0, 404]).toContain(posted)
  expectOnly(app.errors, REFUSED)
})

inEmptyVault(
  'attachments: of this vault only, inert, verified, images only as images',
  async ({ window: page, app, profile }) => {
    const other = await openVault(page, 'Other')
    const add = (name: string, bytes: number[]) =>
      callPort<{ sha256: string; path: string }>(page, 'app', 'addAttachment', { name, bytes: new Uint8Array(bytes) })
    const load = (url: string) =>
      page.evaluate(
        (src) =>
          new Promise((resolve) => {
            const image = new Image()
            image.onload = () => resolve(`${image.width}x${image.height}`)
            image.onerror = () => resolve('refused')
            image.src = src
          }),
        url,
      )
    const foreign = await add('foreign.png', PNG)
    expect(await load(`attachment://${other.id}/${foreign.sha256}?type=image/png`)).toBe('1x1')

    const own = await openVault(page, 'Own')
    const image = await add('../pic?.png', PNG)
    expect(image.path).toBe('Attachments/pic-.png')
    const url = `attachment://${own.id}/${image.sha256}?type=image/png`
    expect(await load(url)).toBe('1x1')
    expect(await load(`attachment://${other.id}/${foreign.sha256}?type=image/png`)).toBe('refused')
    const html = await add('page.html', [...Buffer.from('<script>parent.ran = 1</script>')])
    expect(await load(`attachment://${own.id}/${html.sha256}?type=text/html`)).toBe('refused')
    expect(
      await page.evaluate(
        (src) =>
          fetch(src).then(
            () => 'read',
            () => 'refused',
          ),
        url,
      ),
    ).toBe('refused')

    // bytes that are not what their name says are not served
    const files = path.join(profile, 'vaults', own.id, 'files')
    const changed = await add('b.png', [...PNG, 1])
    await writeFile(path.join(files, changed.sha256), Buffer.from([...PNG, 2]))
    expect(await load(`attachment://${own.id}/${changed.sha256}?type=image/png`)).toBe('refused')
    expectOnly(app.errors, REFUSED)
  },
)

test('a second start shows the window of the first, and leaves', async ({
  window: page,
  electron,
  launchApp,
  profile,
}) => {
  await openVault(page, 'Walls')
  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide())
  // it never has a window of its own, so waiting for one fails
  const second = launchApp({ profile }).then(
    () => 'window',
    () => 'none',
  )
  await expect
    .poll(() => electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible()))
    .toBe(true)
  expect(await second).toBe('none')
  expect(await windowCount(electron)).toBe(1)
})

inEmptyVault(
  'a host that is killed is started again, and the window goes on',
  async ({ window: page, electron, app }) => {
    const first = await hostPid(electron)
    process.kill(first, 'SIGKILL')
    await hostPid(electron, first)
    // The line that the test had ended with the host; it asks for another one, as the window does.
    await page.evaluate(() => Reflect.deleteProperty(window, 'testLines'))
    expect(await callPort(page, 'vault', 'info', {})).toMatchObject({ name: expect.stringMatching(/^My notes/) })
    expectOnly(app.errors, REFUSED)
  },
)

inEmptyVault('what is on disk of a profile is this user’s alone', async ({ window: page, profile }) => {
  test.skip(process.platform === 'win32', 'Windows has no such modes')
  const vault = shownVault(page)
  for (const name of ['vaults.json', 'door.json', 'door.sock', `vaults/${vault}/vault.json`]) {
    expect([name, (await stat(path.join(profile, name))).mode & 0o077]).toEqual([name, 0])
  }
})
