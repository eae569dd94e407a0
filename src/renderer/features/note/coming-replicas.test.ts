import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { noteId } from '../../../core/base/ids.ts'
import { CallError } from '../../../ipc/rpc.ts'
import { useClients } from '../../platform/clients.ts'
import { fetchNote, takeReplica } from './coming-replicas.ts'

const ID = noteId('note-for-the-test')
let asked = 0
let refusal: CallError | null = null

beforeEach(() => {
  asked = 0
  refusal = null
  const vault = {
    closed: new Promise<void>(() => {}),
    call: async (name: string) => {
      if (name === 'openNote') asked += 1
      if (refusal) throw refusal
    },
  }
  useClients.setState({ vault: vault as never })
})
afterEach(() => {
  useClients.setState({ vault: null })
  vi.useRealTimers()
})
const settle = () => new Promise<void>((resolve) => setImmediate(resolve))

test('a note that was chosen is asked for once, and taken by who shows it', () => {
  fetchNote(ID)
  fetchNote(ID)
  const replica = takeReplica(ID)
  expect(asked).toBe(1)
  // it is shown: choosing it again asks for nothing
  fetchNote(ID)
  expect(asked).toBe(1)
  replica.close()
})

test('who shows a note that was refused meanwhile asks again, and hears it', async () => {
  refusal = new CallError('not-found', 'gone')
  fetchNote(ID)
  await settle()
  const replica = takeReplica(ID)
  const heard: string[] = []
  replica.onRefused((code) => heard.push(code))
  await settle()
  expect([asked, heard]).toEqual([2, ['not-found']])
  replica.close()
})

test('a note that nobody shows is let go', async () => {
  vi.useFakeTimers()
  fetchNote(ID)
  await vi.advanceTimersByTimeAsync(10_000)
  const replica = takeReplica(ID)
  expect(asked).toBe(2)
  replica.close()
})
