import { createHash } from 'node:crypto'
import { crc32, deflateRawSync } from 'node:zlib'
import { type EntryFacts, MANIFEST, type Manifest } from './manifest.ts'

/** A zip that no honest program writes: any names, any sizes, any packing. For tests of what is refused. */
export type RawEntry = {
  readonly name: string | Buffer
  readonly bytes: Uint8Array
  readonly deflate?: boolean
  /** What the list of entries claims, where it lies. */
  readonly claim?: Partial<{
    size: number
    crc: number
    method: number
    flags: number
    localName: string
    offset: number
  }>
}

export function rawZip(entries: readonly RawEntry[]): Buffer {
  const parts: Buffer[] = []
  const list: Buffer[] = []
  let at = 0
  for (const { name, bytes, deflate = false, claim = {} } of entries) {
    const nameBytes = Buffer.isBuffer(name) ? name : Buffer.from(name)
    const localName = claim.localName === undefined ? nameBytes : Buffer.from(claim.localName)
    const packed = deflate ? deflateRawSync(bytes) : Buffer.from(bytes)
    const method = claim.method ?? (deflate ? 8 : 0)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE((claim.flags ?? 0) | 0x800, 2)
    common.writeUInt16LE(method, 4)
    common.writeUInt32LE(claim.crc ?? crc32(bytes), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(claim.size ?? bytes.length, 18)
    const local = Buffer.from(common)
    local.writeUInt16LE(localName.length, 22)
    parts.push(Buffer.from('PK\u0003\u0004', 'latin1'), local, localName, packed)
    const central = Buffer.from(common)
    central.writeUInt16LE(nameBytes.length, 22)
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(claim.offset ?? at, 10)
    list.push(Buffer.from('PK\u0001\u0002\u003f\u0003', 'latin1'), central, rest, nameBytes)
    at += 30 + localName.length + packed.length
  }
  const directory = Buffer.concat(list)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, directory, end])
}

export const factsOf = (bytes: Uint8Array): EntryFacts => ({
  size: bytes.length,
  sha256: createHash('sha256').update(bytes).digest('hex'),
})

export function manifestFor(entries: readonly RawEntry[], change: Record<string, unknown> = {}): Manifest {
  const listed = entries.map(({ name, bytes, claim }) => {
    const facts = factsOf(bytes)
    return [name.toString(), { ...facts, size: claim?.size ?? facts.size }]
  })
  return {
    format: 1,
    app: '0.0.0',
    vault: { id: 'vaultvault', name: 'Notes' },
    at: 1_700_000_000_000,
    journal: { last: 7 },
    counts: { notes: 0, trashed: 0, versions: 0, attachments: 0 },
    notes: [],
    attachments: [],
    entries: Object.fromEntries(listed),
    ...change,
  }
}

/** An archive of these entries with a manifest that lists them as they are. */
export function rawArchive(entries: readonly RawEntry[], change: Record<string, unknown> = {}): Buffer {
  const manifest = Buffer.from(JSON.stringify(manifestFor(entries, change)))
  return rawZip([...entries, { name: MANIFEST, bytes: manifest, deflate: true }])
}
