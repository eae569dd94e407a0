import { beforeEach, expect, test } from 'vitest'
import type { BackupState } from '../../../ipc/app-contract.ts'
import type { AppClient } from '../../platform/clients.ts'
import { useClients } from '../../platform/clients.ts'
import { useNotices } from '../../state/notices.ts'
import { readBackups } from './second-disk.ts'

const ARCHIVE = { path: '/a', at: 1, bytes: 2, notes: 3, place: 'here', verified: true } as const

/** Main, as far as backups go. */
function main(start: Partial<BackupState>) {
  let state: BackupState = {
    archives: [ARCHIVE],
    second: null,
    asked: false,
    problem: null,
    rehearsal: null,
    isRunning: false,
    ...start,
  }
  const calls: string[] = []
  const app = {
    call: async (name: string) => {
      calls.push(name)
      if (name === 'secondDiskAsked') state = { ...state, asked: true }
      return state
    },
  } as unknown as AppClient
  useClients.setState({ app })
  return { app, calls }
}

const asked = () => useNotices.getState().notices.find(({ key }) => key === 'second-disk')
beforeEach(() => useNotices.setState({ notices: [] }))

test('the question about a second disk comes when there is something to lose, and once', async () => {
  await readBackups(main({ archives: [] }).app)
  expect(asked()).toBeUndefined()
  await readBackups(main({ asked: true }).app)
  expect(asked()).toBeUndefined()
  await readBackups(main({ second: '/disk' }).app)
  expect(asked()).toBeUndefined()

  const { app, calls } = main({})
  await readBackups(app)
  expect(asked()).toMatchObject({ level: 'info', canClose: false })
  expect(asked()?.actions?.map(({ label }) => label)).toEqual(['Not now', 'Choose a disk'])
  asked()?.actions?.[0]?.run()
  await expect.poll(asked).toBeUndefined()
  expect(calls).toEqual(['backups', 'secondDiskAsked', 'backups'])
})

test('a dialog that was left without an answer leaves the question', async () => {
  const { app, calls } = main({})
  await readBackups(app)
  asked()?.actions?.[1]?.run()
  await expect.poll(() => calls).toEqual(['backups', 'chooseSecondDisk', 'backups'])
  expect(asked()).toBeDefined()
})
