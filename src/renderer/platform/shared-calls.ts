import type { Client, Contract } from '../../ipc/rpc.ts'

/** Calls under way, by who is asked, when, and what; only those that change nothing go through here. */
const underWay = new WeakMap<object, Map<string, Promise<unknown>>>()

/**
 * The same client, of which a call that is under way already is not made again: the parts of a page ask the same of
 * one note, all in the moment in which it comes. `moment` parts what is asked before and after a change, so that an
 * answer is never older than the question. Answers belong to several: nobody may change them.
 */
export function sharing<C extends Contract>(client: Client<C>, moment: string): Client<C> {
  const calls = underWay.get(client) ?? new Map<string, Promise<unknown>>()
  underWay.set(client, calls)
  const call: Client<C>['call'] = (name, input, ports) => {
    if (ports) return client.call(name, input, ports)
    const key = `${moment} ${name} ${JSON.stringify(input)}`
    const known = calls.get(key) as ReturnType<typeof client.call<typeof name>> | undefined
    if (known) return known
    const answer = client.call(name, input)
    calls.set(key, answer)
    const end = () => calls.delete(key)
    answer.then(end, end)
    return answer
  }
  return { ...client, call }
}
