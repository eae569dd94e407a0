import { fromHexString, toHexString } from 'lib0/buffer'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { FAN, NODES, SHORT } from './head-tree.ts'
import { type Hash32, MAX_ID, SYNC_ENDS, type SyncEnd } from './port.ts'

/**
 * The messages of the protocol (rule Y2): a kind and its body, read to the last byte or not at all. Reading throws
 * `Malformed` for whatever no writer here makes; nothing of a message is used before all of it was read.
 */
export const PROTOCOL = 1
/** The oldest version that this one still speaks. */
export const LEAST_PROTOCOL = 1

export type HeadSaid = {
  readonly id: string
  /** Null: no such doc any more. */
  readonly hash: Hash32 | null
  readonly updated: number
}
export type FileSaid = {
  readonly sha256: Hash32
  readonly size: number
  /** What the file is to both sides; nothing to the protocol. At most MAX_LABEL characters. */
  readonly label: string
}

export type Message =
  | {
      readonly kind: 'hello'
      readonly protocol: number
      readonly least: number
      readonly vault: string
      readonly schema: number
      readonly count: number
      readonly root: Hash32
      /** Every doc has its hash: without that the root says nothing of what is there. */
      readonly settled: boolean
      /** Of the list of files; where it is the same, the lists are not sent. */
      readonly files: Hash32
    }
  | { readonly kind: 'part'; readonly lane: number; readonly last: boolean; readonly bytes: Uint8Array }
  /** Nodes of the other's tree, each with how many docs the asker has below it. */
  | { readonly kind: 'ask'; readonly nodes: readonly { readonly node: number; readonly mine: number }[] }
  | { readonly kind: 'sums'; readonly node: number; readonly sums: readonly string[] }
  /** All docs below the leaves from `from` to before `to`; `last`: the node that was asked for is complete. */
  | {
      readonly kind: 'items'
      readonly node: number
      readonly from: number
      readonly to: number
      readonly last: boolean
      readonly items: readonly HeadSaid[]
    }
  /** Changed since, or (`first`) worth fetching first. */
  | { readonly kind: 'heads'; readonly first: boolean; readonly items: readonly HeadSaid[] }
  /** `vector` null: the whole doc, to be looked at. */
  | { readonly kind: 'pull'; readonly number: number; readonly id: string; readonly vector: Uint8Array | null }
  | {
      readonly kind: 'give'
      readonly number: number
      readonly given: { readonly hash: Hash32; readonly update: Uint8Array } | null
    }
  /** The doc as given at hash `at` is in mine, which has the hash `now`. */
  | { readonly kind: 'got'; readonly id: string; readonly at: Hash32; readonly now: Hash32 }
  | { readonly kind: 'live'; readonly id: string; readonly update: Uint8Array }
  | { readonly kind: 'root'; readonly root: Hash32 }
  /** Bytes of that lane's messages that were dealt with since the beginning. */
  | { readonly kind: 'credit'; readonly lane: number; readonly bytes: number }
  | { readonly kind: 'open'; readonly ids: readonly string[] }
  | { readonly kind: 'aware'; readonly id: string; readonly update: Uint8Array }
  | { readonly kind: 'files'; readonly files: readonly FileSaid[] }
  | { readonly kind: 'want'; readonly sha256: Hash32; readonly offset: number }
  | { readonly kind: 'chunk'; readonly sha256: Hash32; readonly offset: number; readonly bytes: Uint8Array }
  /** The file is not here any more. */
  | { readonly kind: 'lack'; readonly sha256: Hash32 }
  | { readonly kind: 'end'; readonly reason: SyncEnd }

const KINDS = [
  'hello',
  'part',
  'ask',
  'sums',
  'items',
  'heads',
  'pull',
  'give',
  'got',
  'live',
  'root',
  'credit',
  'open',
  'aware',
  'files',
  'want',
  'chunk',
  'lack',
  'end',
] as const satisfies readonly Message['kind'][]

const HASH = 32
export const MAX_LABEL = 2_048
export const MAX_OPEN = 64
export const MAX_AWARENESS = 32 * 1024
export const MAX_VECTOR = 256 * 1024
const MAX_VAULT = 64

export class Malformed extends Error {
  override name = 'Malformed'
}

export const kindOf = (bytes: Uint8Array): Message['kind'] | undefined => KINDS[bytes[0] ?? KINDS.length]

export function writeMessage(message: Message): Uint8Array {
  const out = encoding.createEncoder()
  encoding.writeUint8(out, KINDS.indexOf(message.kind))
  writeBody(out, message)
  return encoding.toUint8Array(out)
}

/** Throws `Malformed`. */
export function readMessage(bytes: Uint8Array): Message {
  try {
    const input = decoding.createDecoder(bytes)
    const kind = KINDS[decoding.readUint8(input)]
    const message = kind && readBody(input, kind)
    if (!message || decoding.hasContent(input)) throw new Malformed('not a message')
    return message
  } catch (error) {
    if (error instanceof Malformed) throw error
    throw new Malformed('not a message')
  }
}

type Out = encoding.Encoder
type In = decoding.Decoder

const writeHash = (out: Out, hash: Hash32) => encoding.writeUint8Array(out, fromHexString(hash))
const readHash = (input: In): Hash32 => toHexString(decoding.readUint8Array(input, HASH))

function writeHead(out: Out, { id, hash, updated }: HeadSaid): void {
  encoding.writeVarString(out, id)
  encoding.writeUint8(out, hash === null ? 0 : 1)
  if (hash !== null) writeHash(out, hash)
  encoding.writeVarUint(out, updated)
}

function readHead(input: In): HeadSaid {
  const id = readText(input, 1, MAX_ID)
  const hash = flag(input) ? readHash(input) : null
  return { id, hash, updated: decoding.readVarUint(input) }
}

function writeList<T>(out: Out, list: readonly T[], write: (out: Out, item: T) => void): void {
  encoding.writeVarUint(out, list.length)
  for (const item of list) write(out, item)
}

/** Grows as it reads: a count is nothing to make room for. */
function readList<T>(input: In, most: number, read: (input: In) => T): T[] {
  const count = decoding.readVarUint(input)
  if (count > most) throw new Malformed('too many')
  const list: T[] = []
  for (let i = 0; i < count; i++) list.push(read(input))
  return list
}

function writeBody(out: Out, message: Message): void {
  switch (message.kind) {
    case 'hello':
      encoding.writeVarUint(out, message.protocol)
      encoding.writeVarUint(out, message.least)
      encoding.writeVarString(out, message.vault)
      encoding.writeVarUint(out, message.schema)
      encoding.writeVarUint(out, message.count)
      writeHash(out, message.root)
      encoding.writeUint8(out, message.settled ? 1 : 0)
      writeHash(out, message.files)
      return
    case 'part':
      encoding.writeUint8(out, message.lane)
      encoding.writeUint8(out, message.last ? 1 : 0)
      encoding.writeUint8Array(out, message.bytes)
      return
    case 'ask':
      writeList(out, message.nodes, (_, { node, mine }) => {
        encoding.writeVarUint(out, node)
        encoding.writeVarUint(out, mine)
      })
      return
    case 'sums':
      encoding.writeVarUint(out, message.node)
      for (const sum of message.sums) encoding.writeUint8Array(out, fromHexString(sum))
      return
    case 'items':
      encoding.writeVarUint(out, message.node)
      encoding.writeVarUint(out, message.from)
      encoding.writeVarUint(out, message.to)
      encoding.writeUint8(out, message.last ? 1 : 0)
      writeList(out, message.items, writeHead)
      return
    case 'heads':
      encoding.writeUint8(out, message.first ? 1 : 0)
      writeList(out, message.items, writeHead)
      return
    case 'pull':
      encoding.writeVarUint(out, message.number)
      encoding.writeVarString(out, message.id)
      encoding.writeUint8(out, message.vector ? 1 : 0)
      if (message.vector) encoding.writeUint8Array(out, message.vector)
      return
    case 'give':
      encoding.writeVarUint(out, message.number)
      encoding.writeUint8(out, message.given ? 1 : 0)
      if (!message.given) return
      writeHash(out, message.given.hash)
      encoding.writeUint8Array(out, message.given.update)
      return
    case 'got':
      encoding.writeVarString(out, message.id)
      writeHash(out, message.at)
      writeHash(out, message.now)
      return
    case 'live':
    case 'aware':
      encoding.writeVarString(out, message.id)
      encoding.writeUint8Array(out, message.update)
      return
    case 'root':
      writeHash(out, message.root)
      return
    case 'credit':
      encoding.writeUint8(out, message.lane)
      encoding.writeVarUint(out, message.bytes)
      return
    case 'open':
      writeList(out, message.ids, (_, id) => encoding.writeVarString(out, id))
      return
    case 'files':
      writeList(out, message.files, (_, { sha256, size, label }) => {
        writeHash(out, sha256)
        encoding.writeVarUint(out, size)
        encoding.writeVarString(out, label)
      })
      return
    case 'want':
      writeHash(out, message.sha256)
      encoding.writeVarUint(out, message.offset)
      return
    case 'chunk':
      writeHash(out, message.sha256)
      encoding.writeVarUint(out, message.offset)
      encoding.writeUint8Array(out, message.bytes)
      return
    case 'lack':
      writeHash(out, message.sha256)
      return
    case 'end':
      encoding.writeUint8(out, SYNC_ENDS.indexOf(message.reason))
      return
  }
}

function readBody(input: In, kind: Message['kind']): Message {
  const number = () => decoding.readVarUint(input)
  switch (kind) {
    case 'hello': {
      const [protocol, least] = [number(), number()]
      const vault = readText(input, 1, MAX_VAULT)
      const [schema, count, root] = [number(), number(), readHash(input)]
      return { kind, protocol, least, vault, schema, count, root, settled: flag(input), files: readHash(input) }
    }
    case 'part':
      return { kind, lane: decoding.readUint8(input), last: flag(input), bytes: rest(input) }
    case 'ask':
      return { kind, nodes: readList(input, NODES, () => ({ node: number(), mine: number() })) }
    case 'sums': {
      const node = number()
      const sums = Array.from({ length: FAN }, () => toHexString(decoding.readUint8Array(input, SHORT)))
      return { kind, node, sums }
    }
    case 'items': {
      const [node, from, to] = [number(), number(), number()]
      return { kind, node, from, to, last: flag(input), items: readList(input, Number.MAX_SAFE_INTEGER, readHead) }
    }
    case 'heads':
      return { kind, first: flag(input), items: readList(input, Number.MAX_SAFE_INTEGER, readHead) }
    case 'pull': {
      const [asked, id] = [number(), readText(input, 1, MAX_ID)]
      const vector = flag(input) ? rest(input) : null
      if (vector && vector.length > MAX_VECTOR) throw new Malformed('vector')
      return { kind, number: asked, id, vector }
    }
    case 'give': {
      const asked = number()
      if (!flag(input)) return { kind, number: asked, given: null }
      return { kind, number: asked, given: { hash: readHash(input), update: rest(input) } }
    }
    case 'got':
      return { kind, id: readText(input, 1, MAX_ID), at: readHash(input), now: readHash(input) }
    case 'live':
      return { kind, id: readText(input, 1, MAX_ID), update: rest(input) }
    case 'aware': {
      const [id, update] = [readText(input, 1, MAX_ID), rest(input)]
      if (update.length > MAX_AWARENESS) throw new Malformed('awareness')
      return { kind, id, update }
    }
    case 'root':
      return { kind, root: readHash(input) }
    case 'credit':
      return { kind, lane: decoding.readUint8(input), bytes: number() }
    case 'open':
      return { kind, ids: readList(input, MAX_OPEN, () => readText(input, 1, MAX_ID)) }
    case 'files': {
      const read = () => ({ sha256: readHash(input), size: number(), label: readText(input, 0, MAX_LABEL * 3) })
      return { kind, files: readList(input, Number.MAX_SAFE_INTEGER, read) }
    }
    case 'want':
      return { kind, sha256: readHash(input), offset: number() }
    case 'chunk':
      return { kind, sha256: readHash(input), offset: number(), bytes: rest(input) }
    case 'lack':
      return { kind, sha256: readHash(input) }
    case 'end':
      return { kind, reason: SYNC_ENDS[decoding.readUint8(input)] ?? 'done' }
  }
}

function flag(input: In): boolean {
  const value = decoding.readUint8(input)
  if (value > 1) throw new Malformed('flag')
  return value === 1
}

/** To the end of the message; a copy, for the message's buffer is the connection's. */
const rest = (input: In): Uint8Array => decoding.readUint8Array(input, input.arr.length - input.pos).slice()

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** @param least bytes in UTF-8, `most` too: looked at before anything is read */
function readText(input: In, least: number, most: number): string {
  const size = decoding.readVarUint(input)
  if (size < least || size > most) throw new Malformed('text')
  return decoder.decode(decoding.readUint8Array(input, size))
}
