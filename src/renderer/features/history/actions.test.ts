import { expect, test } from 'vitest'
import { noteId } from '../../../core/base/ids.ts'
import type { Version } from '../../../core/history/version.ts'
import { firstChoice, keptBefore } from './actions.ts'

const version = (id: string, docHash: string, reason: Version['reason'] = 'pause') =>
  ({ id, docHash, reason }) as Version
const NOTE = noteId('0123456789abcdef')

const vault = (versions: readonly Version[], now: string) => ({
  call: async (name: string) => (name === 'versions' ? versions : { docHash: now }) as never,
})

test('the first one shown is the newest that differs from the note', async () => {
  expect(await firstChoice(vault([version('a', '1'), version('b', '2')], '3'), NOTE)).toBe('b')
  expect(await firstChoice(vault([version('a', '1'), version('b', '2'), version('c', '2')], '2'), NOTE)).toBe('a')
  expect(await firstChoice(vault([version('a', '2')], '2'), NOTE)).toBe(null)
  expect(await firstChoice(vault([], '2'), NOTE)).toBe(null)
})

test('undo of a restore goes back to what the restore kept, or to the newest where that was the same', () => {
  const before = [version('a', '1'), version('b', '2')]
  const made = version('c', '3', 'before-restore')
  expect(keptBefore(before, [...before, made, version('d', '1')])).toBe(made)
  expect(keptBefore(before, before)?.id).toBe('b')
  expect(keptBefore([], [])).toBe(null)
})
