import { describe, expect, test, vi } from 'vitest'
import { indexContract, indexWriteContract } from '../ipc/index-contract.ts'
import { domPort } from '../ipc/port.ts'
import { connect } from '../ipc/rpc.ts'
import type { Database } from './database.ts'
import { IndexServer, type IndexSource } from './serve-index.ts'
import { idOf, memoryDatabase, noteAt } from './test-support.ts'

/** A clock that moves when the test says so. */
function timers() {
  const waiting = new Set<() => void>()
  return {
    later: (act: () => void) => {
      waiting.add(act)
      return () => waiting.delete(act)
    },
    run: () => {
      const due = [...waiting]
      waiting.clear()
      for (const act of due) act()
      return due.length
    },
  }
}

function memorySource(lostAtFirst = false) {
  const opened: Database[] = []
  const open = (lost: boolean) => {
    const db = memoryDatabase()
    opened.push(db)
    return { db, lost }
  }
  const source: IndexSource = { open: () => open(lostAtFirst), reopenEmpty: () => open(true) }
  return { source, opened }
}

function reader(server: IndexServer) {
  const { port1, port2 } = new MessageChannel()
  server.serveReads(domPort(port2))
  return connect(indexContract, domPort(port1))
}

function writer(server: IndexServer) {
  const { port1, port2 } = new MessageChannel()
  server.serveWrites(domPort(port2))
  return connect(indexWriteContract, domPort(port1))
}

describe('IndexServer', () => {
  test('calls that come before the file is open wait for it; both contracts hold', async () => {
    let ready = (_: IndexSource) => {}
    const server = new IndexServer(new Promise<IndexSource>((resolve) => (ready = resolve)))
    const [read, write] = [reader(server), writer(server)]
    const put = write.call('put', { notes: [noteAt('A.md', 'words [[B]]', { tags: ['t'] }), noteAt('B.md', 'A once')] })
    const early = read.call('tags', {})
    ready(memorySource().source)
    await Promise.all([put, early])
    expect((await read.call('search', { query: 'words', limit: 5 })).total).toBe(1)
    // The client checks each answer against the contract.
    await read.call('titles', { query: 'a', limit: 5 })
    await read.call('backlinks', { id: idOf('B') })
    await read.call('outlinks', { id: idOf('A') })
    await read.call('resolve', { targets: ['B'], fromId: null })
    await read.call('unlinkedMentions', { id: idOf('A'), limit: 5 })
    await read.call('unresolved', { limit: 5 })
    await read.call('linkSources', { id: idOf('B') })
    await read.call('graph', { center: idOf('A'), depth: 3 })
    expect((await read.call('graph', { packed: true })).packed).toHaveLength(3)
    await read.call('list', { tag: 't' })
    await read.call('tags', {})
    expect(await read.call('status', {})).toEqual({ notes: 2, links: 1, unresolved: 0 })
    expect(await write.call('hashes', {})).toHaveLength(2)
    await write.call('flush', {})
    await write.call('remove', { ids: [idOf('A')] })
    await write.call('clear', {})
    for (const client of [read, write]) client.close()
  })

  test('I13: `changed` comes once for many writes, to every reader', async () => {
    const clock = timers()
    const server = new IndexServer(Promise.resolve(memorySource().source), clock.later)
    const [one, two, write] = [reader(server), reader(server), writer(server)]
    const heard = { one: vi.fn(), two: vi.fn() }
    one.on('changed', heard.one)
    two.on('changed', heard.two)
    await write.call('put', { notes: [noteAt('A.md')] })
    await write.call('put', { notes: [noteAt('B.md')] })
    expect(clock.run()).toBe(1)
    await Promise.all([one.call('status', {}), two.call('status', {})])
    expect([heard.one.mock.calls.length, heard.two.mock.calls.length]).toEqual([1, 1])
    for (const client of [one, two, write]) client.close()
  })

  test('I14: a file that was unreadable at the start is told to the first writer', async () => {
    const server = new IndexServer(Promise.resolve(memorySource(true).source), timers().later)
    const read = reader(server)
    await read.call('status', {})
    const write = writer(server)
    const lost = vi.fn()
    write.on('lost', lost)
    await write.call('flush', {})
    expect(lost).toHaveBeenCalledTimes(1)
    for (const client of [read, write]) client.close()
  })

  test('I14: a file that breaks while it is used is thrown away, and writers hear of it', async () => {
    const { source, opened } = memorySource()
    const server = new IndexServer(Promise.resolve(source), timers().later)
    const [read, write] = [reader(server), writer(server)]
    const lost = vi.fn()
    write.on('lost', lost)
    await write.call('put', { notes: [noteAt('A.md', 'words')] })
    const broken = vi.spyOn(opened[0] as Database, 'number').mockImplementation(() => {
      throw Object.assign(new Error('SQLITE_CORRUPT'), { resultCode: 11 })
    })
    await expect(read.call('search', { query: 'words', limit: 1 })).rejects.toMatchObject({ code: 'index-lost' })
    broken.mockRestore()
    expect(await read.call('status', {})).toEqual({ notes: 0, links: 0, unresolved: 0 })
    expect(lost).toHaveBeenCalledTimes(1)
    await write.call('put', { notes: [noteAt('A.md', 'words')] })
    expect((await read.call('search', { query: 'words', limit: 1 })).total).toBe(1)
    for (const client of [read, write]) client.close()
  })
})
