import { expect, test } from 'vitest'
import type { JournalRecord } from '../../ipc/journal-port.ts'
import type { Port } from '../../ipc/port.ts'
import { FOLDER, faultyDisk, openJournal, settled, silent } from '../journal/journal-harness.test-data.ts'
import { NewerFormat } from '../journal/segments.ts'
import type { Logger } from '../log.ts'
import { JournalService } from './journal-service.ts'

const update = (key: string): JournalRecord => ({ kind: 'update', key, bytes: new Uint8Array([1]) })

/** A port as main has it, and what the other side does with it. Messages wait until somebody listens. */
function fakePort() {
  const heard: unknown[] = []
  const queue: unknown[] = []
  let listener: ((data: unknown) => void) | null = null
  const onClose: (() => void)[] = []
  const port: Port = {
    post: (message) => heard.push(message),
    onMessage: (listen) => {
      listener = (data) => listen(data, [])
      for (const data of queue.splice(0)) listener(data)
    },
    onClose: (listen) => onClose.push(listen),
    close: () => {
      listener = () => {}
    },
  }
  const send = (data: unknown) => (listener ? listener(data) : queue.push(data))
  const die = () => {
    for (const go of onClose) go()
  }
  return { port, heard, send, die }
}

async function started(options: { log?: Logger; open?: () => ReturnType<typeof openJournal> } = {}) {
  const disk = faultyDisk()
  let elapse = () => {}
  const service = new JournalService({
    openJournal: async () => (await (options.open ?? (() => openJournal(disk, FOLDER)))()).journal,
    log: options.log ?? silent,
    sleep: () =>
      new Promise((resolve) => {
        elapse = resolve
      }),
  })
  return { service, disk, elapse: () => elapse() }
}

test('J6 the first message is where the journal ends; what comes is written and told', async () => {
  const { service } = await started()
  const life = fakePort()
  await service.serve(life.port)
  life.send({ first: 1, records: [update('a'), update('b')] })
  await settled()
  expect(life.heard).toEqual([{ opened: 0 }, { written: 2 }])
})

test('J6 a dead host’s last messages are kept: the next life hears where the journal ends after them', async () => {
  const { service } = await started()
  const [first, second] = [fakePort(), fakePort()]
  await service.serve(first.port)
  const serving = service.serve(second.port)
  await settled()
  expect(second.heard).toEqual([])
  first.send({ first: 1, records: [update('a')] })
  first.die()
  await serving
  second.send({ first: 2, records: [update('b')] })
  await settled()
  expect(second.heard).toEqual([{ opened: 1 }, { written: 1 }, { written: 2 }])
  expect((await service.journal()).last).toBe(2)
})

test('J6 a life that never says that it ended is heard no more after two seconds', async () => {
  const { service, elapse } = await started()
  const [first, second] = [fakePort(), fakePort()]
  await service.serve(first.port)
  const serving = service.serve(second.port)
  await settled()
  elapse()
  await serving
  first.send({ first: 1, records: [update('late')] })
  second.send({ first: 1, records: [update('b')] })
  await settled()
  expect((await service.journal()).last).toBe(1)
  expect((await (await service.journal()).index()).docs.map(({ key }) => key)).toEqual(['b'])
})

test('J6 a gap and a message of another shape are refused with a line in the log, without words', async () => {
  const lines: string[] = []
  const log: Logger = { ...silent, error: (event) => lines.push(event) }
  const { service } = await started({ log })
  const life = fakePort()
  await service.serve(life.port)
  life.send({ first: 3, records: [update('a')] })
  life.send({ first: 'x' })
  life.send({ first: 1, records: [{ kind: 'other', key: 'a', bytes: new Uint8Array() }] })
  await settled()
  expect(lines).toEqual(['journal.gap', 'journal.other-shape', 'journal.other-shape'])
  expect((await service.journal()).last).toBe(0)
})

test('J8 a journal that cannot be opened is told as a fault and tried again', async () => {
  const disk = faultyDisk()
  disk.fail = () => 'EACCES'
  const { service, elapse } = await started({ open: () => openJournal(disk, FOLDER) })
  const life = fakePort()
  const serving = service.serve(life.port)
  await settled()
  expect(life.heard).toEqual([{ fault: 'read-only' }])
  disk.fail = () => null
  elapse()
  await serving
  expect(life.heard).toEqual([{ fault: 'read-only' }, { opened: 0 }, { fault: null }])
})

test('J17 a journal of a newer Throughline opens for nobody', async () => {
  const { service } = await started({ open: () => Promise.reject(new NewerFormat()) })
  const life = fakePort()
  await expect(service.serve(life.port)).rejects.toThrow('newer Throughline')
  await expect(service.journal()).rejects.toThrow('newer Throughline')
  expect(life.heard).toEqual([])
})

test('closing takes what is still on its way and brings it onto the disk', async () => {
  const { service, disk } = await started()
  const life = fakePort()
  await service.serve(life.port)
  const closing = service.close()
  life.send({ first: 1, records: [update('last')] })
  life.die()
  await closing
  disk.cutPower()
  expect((await openJournal(disk)).journal.last).toBe(1)
})
