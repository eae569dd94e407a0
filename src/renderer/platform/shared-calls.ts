import type { Client, Contract } from '../../ipc/rpc.ts'

/** Calls by who is asked, when, and what; only those that change nothing go through here. */
const known = new WeakMap<object, Map<string, Promise<unknown>>>()

/** An answer holds for so long, and only as long as nothing is told to have changed. */
const HELD_MS = 1000

/**
 * The same client, of which a call that was made just now is not made again: the parts of a page ask the same of one
 * note, all in the moment in which it comes. `moment` parts what is asked before and after a change that was told of:
 * an answer from before is not heard after. Answers belong to several: nobody may change them.
 */
export function sharing<C extends Contract>(client: Client<C>, moment: string): Client<C> {
  const calls = known.get(client) ?? new Map<string, Promise<unknown>>()
  known.set(client, calls)
  const call: Client<C>['call'] = (name, input, ports) => {
    if (ports) return client.call(name, input, ports)
    const key = `${moment} ${name} ${JSON.stringify(input)}`
    const made = calls.get(key) as ReturnType<typeof client.call<typeof name>> | undefined
    if (made) return made
    const answer = client.call(name, input)
    calls.set(key, answer)
    const end = () => calls.delete(key)
    answer.then(() => setTimeout(end, HELD_MS), end)
    return answer
  }
  return { ...client, call }
}
