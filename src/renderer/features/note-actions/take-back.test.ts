import { expect, test } from 'vitest'
import { watchChanges } from './take-back.ts'
import { WORDS } from './words.ts'

const vault = (...answers: (readonly { id: string; undone: boolean }[] | Error)[]) => ({
  call: async () => {
    const answer = answers.shift()
    if (answer instanceof Error) throw answer
    return answer as never
  },
})
const change = (id: string, undone = false) => ({ id, undone })

test('the change that was made meanwhile is found, and nothing else', async () => {
  const found = async (...answers: Parameters<typeof vault>) => (await watchChanges(vault(...answers)))()
  expect(await found([change('a')], [change('b'), change('a')])).toBe('b')
  expect(await found([change('a')], [change('a')])).toBe(null)
  expect(await found([], [change('b', true)])).toBe(null)
})

test('a list that cannot be read costs the undo only', async () => {
  expect(await (await watchChanges(vault(new Error('gone'))))()).toBe(null)
  expect(await (await watchChanges(vault([], new Error('gone'))))()).toBe(null)
})

test('what became of a change is said in whole sentences', () => {
  expect(WORDS.tookBack({ restored: 12, merged: 1, trashed: 3, kept: 1 })).toBe(
    '12 notes are as they were. One was edited since, and was merged with what it was. 3 that it had made are in the trash. One that it had made was edited since, and stays.',
  )
  expect(WORDS.tookBack({ restored: 1, merged: 0, trashed: 0, kept: 0 })).toBe('One note is as it was.')
  expect(WORDS.tookBack({ restored: 0, merged: 0, trashed: 0, kept: 0 })).toBe('Nothing was left to take back.')
})
