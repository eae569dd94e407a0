import { spawn } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { FirstRunPage } from './pages/first-run.ts'
import { root } from './support/app.ts'
import { expect, test } from './support/fixtures.ts'

/** Ids of the processes that were started with `word` in their arguments. */
async function processesWith(word: string): Promise<string[]> {
  const found: string[] = []
  for (const id of await readdir('/proc')) {
    if (!/^\d+$/.test(id)) continue
    const line = await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '') // it may have ended meanwhile
    if (line.includes(word)) found.push(id)
  }
  return found
}

/** What `npm run -s throughline -- …` does, without npm. */
function throughline(...args: string[]) {
  const script = path.join(root, 'build/throughline.mjs')
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
}

test('the app starts into the question of the first run, in the profile it was given', async ({ app, profile }) => {
  await expect(new FirstRunPage(app.window).title).toBeVisible()
  const about = await app.electron.evaluate(({ app }) => ({ name: app.getName(), data: app.getPath('userData') }))
  expect(about).toEqual({ name: 'Throughline', data: profile })
})

test('closing the last window ends every process of the app', async ({ app, profile }) => {
  test.skip(process.platform !== 'linux', 'reads /proc')
  await new FirstRunPage(app.window).emptyDoor.click()
  await expect(app.window.getByRole('navigation')).toBeVisible()
  expect((await processesWith(profile)).length).toBeGreaterThan(1)
  const ended = new Promise((resolve) => app.electron.process().once('exit', resolve))
  await app.window.close()
  expect(await ended).toBe(0)
  await expect.poll(() => processesWith(profile)).toEqual([])
})

test('the command line of a checkout: JSON alone on stdout, the exit code passed on', async ({ profile }) => {
  const done = await throughline('vaults', '--profile', profile)
  expect(done).toEqual({ code: 0, stdout: expect.any(String), stderr: expect.any(String) })
  expect(JSON.parse(done.stdout)).toEqual([])

  const wrong = await throughline('no-such-verb', '--profile', profile)
  expect(wrong.code).toBe(2)
  expect(wrong.stdout).toBe('')
  expect(wrong.stderr).toContain('no-such-verb')
})
