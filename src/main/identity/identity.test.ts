import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { vaultId } from '../../core/base/ids.ts'
import { draftAct, draftFounding } from '../../core/members/acts.ts'
import { type DeviceKey, deviceKey } from '../../core/members/device.ts'
import { foldMembers } from '../../core/members/fold.ts'
import { newInviteCode } from '../../core/members/invite-code.ts'
import { MemberLog } from '../../core/members/member-log.ts'
import { readSecretRecord } from '../../core/members/secret-record.ts'
import { temporaryFolders } from '../../testing/temporary-folder.ts'
import { deviceAt } from './device.ts'
import { inviteKeys, recoveryKeys } from './invite-keys.ts'
import { keyPairFrom, openSealed, sealTo, signWith, verify } from './keys.ts'
import { secretProblemWords } from './secret-file.ts'
import { noSecretStore, type SecretStore } from './secret-store.ts'
import { knownTags, ownTags, tagOf } from './tags.ts'
import { nextSecret, openSecrets, sealSecret } from './vault-secrets.ts'

const folder = temporaryFolders()
const seed = (fill: number) => new Uint8Array(32).fill(fill)
const [ana, bo, cy] = [keyPairFrom(seed(1)), keyPairFrom(seed(2)), keyPairFrom(seed(3))]
const bytes = new Uint8Array([1, 2, 3])
const VAULT = vaultId('vault-of-the-tests')

/** Random enough for a test: every call gives other bytes. */
const chance = (start = 40) => {
  let next = start
  return (count: number) => new Uint8Array(count).fill(next++)
}

/** A store that turns bits round, and can be locked. */
function fakeStore(): SecretStore & { isLocked: boolean } {
  const turned = (bytes: Uint8Array) => bytes.map((byte) => byte ^ 0x5a)
  return {
    isLocked: false,
    isAvailable: () => true,
    seal: turned,
    open(sealed) {
      if (this.isLocked) throw new Error('locked')
      return turned(sealed)
    },
  }
}

describe('I1: the key of a device', () => {
  it('is made once, and is the same after every start', async () => {
    const file = path.join(folder(), 'device.json')
    const first = await deviceAt(file, noSecretStore, chance())
    const again = await deviceAt(file, noSecretStore, chance(90))
    if (!first.ok || !again.ok) throw new Error('no device')
    expect(again.value.pair.key).toBe(first.value.pair.key)
    expect(first.value.kept).toBe('file')
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('lies in the system’s store where there is one, also when the store came later', async () => {
    const file = path.join(folder(), 'device.json')
    const plain = await deviceAt(file, noSecretStore, chance())
    const store = fakeStore()
    const sealed = await deviceAt(file, store, chance(90))
    if (!plain.ok || !sealed.ok) throw new Error('no device')
    expect(sealed.value).toMatchObject({ kept: 'secret-store', pair: { key: plain.value.pair.key } })
    expect(readFileSync(file, 'utf8')).not.toContain(Buffer.from(chance()(32)).toString('base64'))
    store.isLocked = true
    const locked = await deviceAt(file, store, chance(90))
    expect(locked).toEqual({ ok: false, error: { code: 'locked' } })
    store.isLocked = false
    expect((await deviceAt(file, store, chance(90))).ok).toBe(true)
  })

  it('I2: a file that cannot be read is said, and never replaced', async () => {
    const file = path.join(folder(), 'device.json')
    await deviceAt(file, noSecretStore, chance())
    const good = readFileSync(file, 'utf8')
    const bad: [string, string][] = [
      ['', 'damaged'],
      [good.slice(0, 30), 'damaged'],
      ['{"version":1,"kept":"file","secret":"AAAA"}', 'damaged'],
      ['{"version":1,"kept":"file","secret":7}', 'damaged'],
      ['{"version":2,"kept":"file","secret":"AAAA"}', 'newer'],
      ['{"version":1,"kept":"secret-store","secret":"AAAA"}', 'locked'],
    ]
    for (const [text, code] of bad) {
      writeFileSync(file, text)
      expect(await deviceAt(file, noSecretStore, chance())).toEqual({ ok: false, error: { code } })
      expect(readFileSync(file, 'utf8')).toBe(text)
    }
    const isFolder = path.join(folder(), 'folder.json')
    writeFileSync(path.join(folder(), 'x'), '')
    const { mkdirSync } = await import('node:fs')
    mkdirSync(isFolder)
    const unreadable = await deviceAt(isFolder, noSecretStore, chance())
    if (unreadable.ok) throw new Error('read a folder')
    expect(unreadable.error).toEqual({ code: 'unreadable', detail: 'EISDIR' })
    expect(secretProblemWords('The key of this computer', unreadable.error)).toBe(
      'The key of this computer cannot be read from the disk (EISDIR). Your notes are here and can be written; nothing was replaced.',
    )
    expect(existsSync(isFolder)).toBe(true)
  })

  it.skipIf(process.platform === 'win32')('a file that others may read is closed to them', async () => {
    const file = path.join(folder(), 'device.json')
    await deviceAt(file, noSecretStore, chance())
    chmodSync(file, 0o644)
    await deviceAt(file, noSecretStore, chance())
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })
})

describe('I3: signing', () => {
  it('verifies what was signed, by the vectors of RFC 8032, and nothing else', () => {
    const pair = keyPairFrom(Buffer.from('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb', 'hex'))
    expect(pair.key).toBe('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c')
    const signature = signWith(pair, new Uint8Array([0x72]))
    expect(signature).toMatch(/^92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da/)
    expect(verify(pair.key, new Uint8Array([0x72]), signature)).toBe(true)
    expect(verify(pair.key, new Uint8Array([0x73]), signature)).toBe(false)
    expect(verify(ana.key, new Uint8Array([0x72]), signature)).toBe(false)
    for (const odd of ['', 'x', '0'.repeat(64), 'f'.repeat(64)]) expect(verify(odd, bytes, signature)).toBe(false)
    for (const odd of ['', '0'.repeat(128), 'f'.repeat(128)]) expect(verify(pair.key, bytes, odd)).toBe(false)
    // A key of small order, for which there are signatures that fit anything.
    expect(verify(`01${'0'.repeat(62)}`, bytes, `01${'0'.repeat(126)}`)).toBe(false)
  })

  it('entries that real keys signed fold to who is in', () => {
    const at = '2026-11-23T10:00:00Z'
    const code = recoveryKeys(newInviteCode(chance(7)))
    const person = { person: 'person-ana', name: 'Ana', color: 'plum' }
    const founding = draftFounding(VAULT, ana.key, { type: 'found', ...person, recovery: code.key }, at)
    const first = founding.signed(signWith(ana, founding.bytes))
    const root = { vault: VAULT, founding: first.id }
    const log = new MemberLog(root, verify)
    log.add([first])
    const invite = inviteKeys(newInviteCode(chance(9)))
    const act = { type: 'admit', device: bo.key, ...person, role: 'keeper', invite: invite.id } as const
    const draft = draftAct(root, foldMembers(log), ana.key, act, at)
    log.add([draft.signed(signWith(cy, draft.bytes))])
    expect([...foldMembers(log).members.keys()]).toEqual([ana.key])
    log.add([draft.signed(signWith(ana, draft.bytes))])
    expect([...foldMembers(log).members.keys()].sort()).toEqual([ana.key, bo.key].sort())
    const use = { type: 'recover', device: cy.key, signedBy: code.key, recovery: ana.key } as const
    const back = draftAct(root, foldMembers(log), cy.key, use, at)
    log.add([back.signed(signWith(code, back.bytes))])
    expect(foldMembers(log).founder).toBe(cy.key)
  })
})

describe('I4: the keys of an invite', () => {
  it('follow from the code alone, and differ from each other and from other codes', () => {
    const [one, again, other] = [5, 5, 6].map((fill) => inviteKeys(newInviteCode(chance(fill))))
    expect(again).toEqual(one)
    const told = [one, other].flatMap((keys) => [keys?.inviter.key, keys?.joiner.key, keys?.id, keys?.tag])
    expect(new Set(told).size).toBe(8)
    expect(recoveryKeys(newInviteCode(chance(5))).key).not.toBe(one?.inviter.key)
  })
})

describe('I5: what is sealed', () => {
  it('opens with the key that it was sealed to, and with no other, and not when it was changed', () => {
    const sealed = sealTo(bo.key, bytes)
    if (!sealed) throw new Error('not sealed')
    expect(openSealed(bo, sealed)).toEqual(bytes)
    expect(openSealed(ana, sealed)).toBe(null)
    expect(openSealed(bo, sealed.with(40, (sealed[40] ?? 0) ^ 1))).toBe(null)
    expect(openSealed(bo, new Uint8Array(3))).toBe(null)
  })

  it('is not sealed to what is no key', () => {
    for (const odd of ['0'.repeat(64), `01${'0'.repeat(62)}`]) expect(sealTo(deviceKey(odd), bytes)).toBe(null)
  })
})

describe('I6: the secrets of a vault', () => {
  const random = chance()
  const isKeeper = (device: DeviceKey) => device === ana.key
  const first = nextSecret([], random)
  const given = sealSecret(VAULT, first, [ana.key, bo.key, cy.key], ana).records

  it('are sealed to each device; a removal makes the next, which the removed one cannot open', () => {
    const second = nextSecret(openSecrets(given, ana, isKeeper), random)
    const all = [...given, ...sealSecret(VAULT, second, [ana.key, bo.key], ana).records]
    expect(openSecrets(all, bo, isKeeper).map(({ epoch }) => epoch)).toEqual([2, 1])
    expect(openSecrets(all, cy, isKeeper)).toEqual([first])
    expect(openSecrets(all, bo, isKeeper)[0]?.bytes).toEqual(second.bytes)
  })

  it('a record is read only with its author’s signature', () => {
    const [record] = given
    if (!record) throw new Error('no record')
    expect(readSecretRecord(record, VAULT, verify)).toEqual(record)
    const bad = [
      { ...record, epoch: 9 },
      { ...record, author: bo.key },
      { ...record, device: bo.key },
      { ...record, vault: 'another-vault' },
      { ...record, sealed: record.sealed.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) },
      null,
      [],
    ]
    for (const value of bad) expect(readSecretRecord(value, VAULT, verify)).toBe(null)
  })

  it('one that somebody made who is no keeper is never the current one', () => {
    const forged = { ...nextSecret([], random), epoch: 1_000_000 }
    const all = [...sealSecret(VAULT, forged, [ana.key, bo.key], cy).records, ...given]
    expect(openSecrets(all, bo, isKeeper).map(({ epoch }) => epoch)).toEqual([1, 1_000_000])
    expect(nextSecret(openSecrets(all, ana, isKeeper), random).epoch).toBe(2)
  })

  it('two that keepers made at once are both kept, in one order for all', () => {
    const [one, other] = [nextSecret([first], random), nextSecret([first], random)]
    const records = [
      ...sealSecret(VAULT, one, [ana.key, cy.key], ana).records,
      ...sealSecret(VAULT, other, [ana.key, cy.key], bo).records,
    ]
    const both = (device: DeviceKey) => device === ana.key || device === bo.key
    const orders = [ana, cy].map((own) => openSecrets(records.toReversed(), own, both).map(({ id }) => id))
    expect(orders[0]).toEqual(orders[1])
    expect(orders[0]).toHaveLength(2)
  })

  it('a device whose key is none gets no record, and the others do', () => {
    const { records, failed } = sealSecret(VAULT, first, [deviceKey('0'.repeat(64)), bo.key], ana)
    expect(failed).toEqual([deviceKey('0'.repeat(64))])
    expect(records.map(({ device }) => device)).toEqual([bo.key])
  })
})

describe('I7: the tag on the local network', () => {
  const now = Date.UTC(2026, 10, 23, 12)
  const [old, recent] = [seed(7), seed(8)]

  it('tells nothing without the secret, and is another one tomorrow', () => {
    const [tag] = ownTags([recent], ana.key, now)
    expect(tag).toMatch(/^[0-9a-f]{32}$/)
    expect(ownTags([recent], bo.key, now)).not.toContain(tag)
    expect(ownTags([recent], ana.key, now + 86_400_000)).not.toContain(tag)
    expect(ownTags([old], ana.key, now)).not.toContain(tag)
  })

  it('is known across clocks that differ by a day, and not by two', () => {
    const known = knownTags([recent], [ana.key, bo.key], now)
    for (const days of [-1, 0, 1]) {
      const [tag = ''] = ownTags([recent], bo.key, now + days * 86_400_000)
      expect(known.get(tag)).toBe(bo.key)
    }
    expect(known.has(ownTags([recent], bo.key, now + 2 * 86_400_000)[0] ?? '')).toBe(false)
  })

  it('finds a member who knows only an old secret, both ways', () => {
    const known = knownTags([old], [ana.key], now)
    expect(ownTags([recent, old], ana.key, now).some((tag) => known.get(tag) === ana.key)).toBe(true)
    const ofOld = tagOf(old, cy.key, Math.floor(now / 86_400_000))
    expect(knownTags([recent, old], [cy.key], now).get(ofOld)).toBe(cy.key)
  })

  it('many former secrets do not fill the network', () => {
    const secrets = Array.from({ length: 50 }, (_, at) => seed(at + 10))
    expect(ownTags(secrets, ana.key, now)).toHaveLength(9)
  })
})
