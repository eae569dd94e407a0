import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolders } from '../testing/temporary-folder.ts'
import { errorCode, fileLogger } from './log.ts'

const folder = temporaryFolders()

test('what a log says of an error holds no message: that could be a path, and a path a title', () => {
  const error = Object.assign(new Error("ENOENT: open '/home/ana/My secret.md'"), { code: 'ENOENT' })
  expect(errorCode(error)).toBe('ENOENT')
  expect(errorCode(new TypeError('My secret'))).toBe('TypeError')
  expect(errorCode('My secret')).toBe('string')
})

test('one line an event; a full file moves aside; a folder that takes no file fails nothing', () => {
  const logs = folder()
  const log = fileLogger(logs, () => new Date(0))
  log.warn('port.refused', { window: 1 })
  const file = path.join(logs, 'main.log')
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
    at: '1970-01-01T00:00:00.000Z',
    level: 'warn',
    event: 'port.refused',
    window: 1,
  })
  writeFileSync(file, 'x'.repeat(1024 * 1024 + 1))
  log.info('next')
  expect(readFileSync(file, 'utf8')).toContain('"next"')
  expect(readFileSync(path.join(logs, 'main.old.log'), 'utf8').length).toBeGreaterThan(1024 * 1024)
  fileLogger(file).error('nowhere')
})
