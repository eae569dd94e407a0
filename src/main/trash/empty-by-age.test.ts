import { expect, test } from 'vitest'
import { vaultId } from '../../core/base/ids.ts'
import { FakeVault } from '../../testing/fake-vault-calls.ts'
import { temporaryFolders } from '../../testing/temporary-folder.ts'
import { emptyByAge } from './empty-by-age.ts'

const HOUR = 3_600_000
const START = 1_700_000_000_000
const folder = temporaryFolders()

test('notes that are old enough leave, the others stay; without a number of days nothing is looked at', async () => {
  const vault = new FakeVault()
  const at = folder()
  vault.trash = [
    { id: 'old-enough-note', trashedAt: START },
    { id: 'younger-note-here', trashedAt: START + 20 * HOUR },
  ]
  const sight = (now: number, days: number | null = 1, isFirstOfRun = false) =>
    emptyByAge({ vaultId: vaultId('vaultvault'), folder: at, vault: vault.port, days, now, isFirstOfRun })
  expect(await sight(START + 100 * HOUR, null)).toBe(0)
  expect(vault.calls).toEqual([])
  for (let hour = 1; hour < 25; hour++) expect(await sight(START + hour * HOUR, 1, hour % 5 === 0)).toBe(0)
  expect(await sight(START + 25 * HOUR)).toBe(1)
  expect(vault.trash.map(({ id }) => id)).toEqual(['younger-note-here'])
})
