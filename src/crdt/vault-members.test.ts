import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { nameOfValue } from '../core/members/canonical.ts'
import { foldMembers } from '../core/members/fold.ts'
import { MemberLog } from '../core/members/member-log.ts'
import { admit, Copy, FOUNDING, key, ROOT, remove, said, VAULT, verify } from '../core/members/members.test-data.ts'
import {
  addMemberEntries,
  addSecretRecords,
  guardMembers,
  readMemberValues,
  readSecretValues,
} from './vault-members.ts'

const record = {
  vault: VAULT,
  epoch: 1,
  secret: 'a'.repeat(32),
  author: key('ana'),
  device: key('bo'),
  sealed: 'b'.repeat(160),
  signature: 'c'.repeat(128),
}

function vault() {
  const copy = new Copy()
  copy.act('ana', admit('bo', 'keeper'))
  copy.act('bo', admit('cy'))
  copy.act('ana', remove('cy'))
  const doc = new Y.Doc()
  addMemberEntries(doc, [...copy.all.values()], 'test')
  return { copy, doc }
}

const inDoc = (doc: Y.Doc) => {
  const log = new MemberLog(ROOT, verify)
  log.add(readMemberValues(doc, VAULT))
  return said(foldMembers(log))
}

const meet = (a: Y.Doc, b: Y.Doc) => {
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a))
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b))
}

describe('V7, V8: who is in a vault, in its doc', () => {
  it('comes back as it was written, and what is there is not written again', () => {
    const { copy, doc } = vault()
    expect(inDoc(doc)).toBe(copy.said())
    let updates = 0
    doc.on('update', () => updates++)
    expect(addMemberEntries(doc, [...copy.all.values()], 'test')).toBe(0)
    expect(addSecretRecords(doc, [record], 'test')).toBe(1)
    expect(addSecretRecords(doc, [record], 'test')).toBe(0)
    expect(readSecretValues(doc, VAULT)).toEqual([record])
    expect(updates).toBe(1)
  })

  it('two devices that add at once keep both', () => {
    const { copy, doc } = vault()
    const other = new Y.Doc()
    meet(doc, other)
    const [here, there] = [copy.copy(), copy.copy()]
    addMemberEntries(doc, [here.act('ana', admit('di'))], 'test')
    addMemberEntries(other, [there.act('bo', admit('eve'))], 'test')
    meet(doc, other)
    expect(inDoc(doc)).toBe('ana:founder bo:keeper di eve')
    expect(inDoc(other)).toBe(inDoc(doc))
  })

  it('what a peer writes of another shape is left out, and throws nothing', () => {
    const { copy, doc } = vault()
    const before = inDoc(doc)
    const good = copy.act('ana', remove('bo'))
    const other = new Y.Map()
    other.set('id', 'x')
    const values: [string, unknown][] = [
      ['name', 1],
      ['other', other],
      ['text', new Y.Text('words')],
      ['__proto__', { id: 1 }],
      [good.id, good],
      ['x'.repeat(64), good],
      [nameOfValue({ a: 1 }) ?? '', { a: 1 }],
      [nameOfValue({ ...FOUNDING, vault: 'another' }) ?? '', { ...FOUNDING, vault: 'another' }],
    ]
    for (const [name, value] of values) doc.getMap('members').set(name, value)
    doc.getMap('secrets').set('x', { ...record, sealed: 'Z' })
    expect(inDoc(doc)).toBe(before)
    expect(readSecretValues(doc, VAULT)).toEqual([])
  })
})

describe('V9: what a peer takes out is put back', () => {
  it('entries and secrets that were removed or replaced, also while a peer goes on', () => {
    const { copy, doc } = vault()
    addSecretRecords(doc, [record], 'test')
    const leave = guardMembers(doc, VAULT)
    const hostile = new Y.Doc()
    meet(doc, hostile)
    const names = [...hostile.getMap('members').keys()]
    hostile.transact(() => {
      hostile.getMap('members').clear()
      hostile.getMap('secrets').clear()
    })
    meet(doc, hostile)
    expect(inDoc(doc)).toBe(copy.said())
    expect(readSecretValues(doc, VAULT)).toEqual([record])
    for (const name of names) hostile.getMap('members').set(name, { ...FOUNDING, signature: '0'.repeat(128) })
    meet(doc, hostile)
    expect(inDoc(doc)).toBe(copy.said())
    leave()
    doc.getMap('members').clear()
    expect(readMemberValues(doc, VAULT)).toEqual([])
  })

  it('what came after the guard is guarded too, and two guards agree', () => {
    const { copy, doc } = vault()
    guardMembers(doc, VAULT)
    addMemberEntries(doc, [copy.act('ana', admit('di'))], 'test')
    const other = new Y.Doc()
    meet(doc, other)
    guardMembers(other, VAULT)
    const hostile = new Y.Doc()
    meet(doc, hostile)
    hostile.getMap('members').clear()
    meet(hostile, doc)
    meet(hostile, other)
    for (let round = 0; round < 3; round++) meet(doc, other)
    expect(inDoc(doc)).toBe(copy.said())
    expect(inDoc(other)).toBe(copy.said())
    expect(Y.encodeStateVector(doc)).toEqual(Y.encodeStateVector(other))
  })
})
