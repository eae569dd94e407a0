import { expect, test } from 'vitest'
import { CallError } from '../../ipc/rpc.ts'
import { repeatCalls } from './repeat-calls.ts'

/** A host that dies in the middle of its first `deaths` calls, each of which it had done by then. */
function dyingHost(deaths: number) {
  const done: string[] = []
  const calls = repeatCalls(
    async () => ({
      call: async (name: string) => {
        done.push(name)
        if (done.length <= deaths) throw new CallError('closed', `${name}: closed`)
        return undefined as never
      },
    }),
    () => false,
  )
  return { calls, done }
}

test('a call that may be sent twice is asked again of the next life', async () => {
  const { calls, done } = dyingHost(2)
  await calls.call('flush', {})
  expect(done).toEqual(['flush', 'flush', 'flush'])
  await expect(dyingHost(3).calls.call('flush', {})).rejects.toMatchObject({ code: 'closed' })
})

test('what would be doubled is sent once: nobody knows whether the host had done it', async () => {
  const append = dyingHost(1)
  const id = 'a-note-of-the-test' as never
  await expect(append.calls.call('appendMarkdown', { id, markdown: 'x' })).rejects.toMatchObject({ code: 'unsure' })
  expect(append.done).toEqual(['appendMarkdown'])
  const create = dyingHost(1)
  await expect(create.calls.call('createNote', { title: 'x', kind: 'note' })).rejects.toMatchObject({ code: 'unsure' })
  expect(create.done).toEqual(['createNote'])
})
