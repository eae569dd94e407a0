import { describe, expect, it } from 'vitest'
import { mayAct } from './acts.ts'
import { foldMembers, mayConnect } from './fold.ts'
import { admit, Copy, decide, entry, FOUNDING, keeper, key, recover, remove, rename } from './members.test-data.ts'

/** ana founded; bo and cy are keepers, mo is a member. */
function vault(): Copy {
  const copy = new Copy()
  for (const act of [admit('bo', 'keeper'), admit('cy', 'keeper'), admit('mo')]) copy.act('ana', act)
  return copy
}

/** What each does on a copy of their own, then everything together. */
function apart(from: Copy, ...sides: readonly ((copy: Copy) => void)[]): Copy {
  const copies = sides.map((side) => {
    const copy = from.copy()
    side(copy)
    return copy
  })
  return new Copy(copies.flatMap((copy) => [...copy.all.values()]))
}

describe('N6: who may do what', () => {
  it('who founds is in; keepers admit members; the founder names keepers', () => {
    const copy = vault()
    copy.act('bo', admit('di'))
    expect(copy.said()).toBe('ana:founder bo:keeper cy:keeper di mo')
    copy.act('ana', keeper('di'))
    copy.act('ana', keeper('bo', false))
    expect(copy.said()).toBe('ana:founder bo cy:keeper di:keeper mo')
    expect(copy.now.members.get(key('di'))?.admittedBy).toBe(key('bo'))
  })

  it('a member admits, removes and names nobody; a keeper names no keeper', () => {
    const copy = vault()
    const before = copy.said()
    for (const act of [admit('x'), remove('bo'), keeper('mo'), keeper('bo', false)]) {
      expect(mayAct(copy.now, key('mo'), act).ok).toBe(false)
      copy.act('mo', act)
    }
    for (const act of [admit('x', 'keeper'), keeper('mo'), keeper('cy', false)]) {
      expect(mayAct(copy.now, key('bo'), act)).toEqual({ ok: false, error: 'not-the-founder' })
      copy.act('bo', act)
    }
    copy.act('stranger', admit('x'))
    expect(copy.said()).toBe(before)
  })

  it('a keeper removes a keeper, and anybody leaves', () => {
    const copy = vault()
    copy.act('bo', remove('cy', 'left the team'))
    copy.act('mo', remove('mo'))
    expect(copy.said()).toBe('ana:founder bo:keeper')
    expect(copy.now.removed.get(key('cy'))).toMatchObject({ by: key('bo'), reason: 'left the team', name: 'cy' })
    expect(mayConnect(copy.now)).toEqual(new Set([key('ana'), key('bo')]))
  })

  it('who comes back comes back as what they were admitted as', () => {
    const copy = vault()
    copy.act('ana', remove('bo'))
    copy.act('cy', admit('bo'))
    expect(copy.said()).toBe('ana:founder bo cy:keeper mo')
    expect(copy.now.removed.has(key('bo'))).toBe(false)
  })

  it('a person has the name that their devices gave last', () => {
    const copy = vault()
    copy.act('mo', rename('Mo of the sea'))
    copy.act('bo', rename('Bo'))
    copy.act('mo', rename('Mo'))
    expect(copy.now.persons.get('person-mo')).toEqual({ id: 'person-mo', name: 'Mo', color: 'moss' })
    expect(copy.now.persons.get('person-bo')?.name).toBe('Bo')
  })
})

describe('N8: a removal beats what the removed one did meanwhile', () => {
  it('admissions and removals that did not see it count for nothing; earlier ones stand', () => {
    const start = vault()
    start.act('bo', admit('early'))
    const all = apart(
      start,
      (copy) => copy.act('ana', remove('bo')),
      (copy) => {
        copy.act('bo', admit('late'))
        copy.act('bo', remove('mo'))
        copy.act('bo', rename('Robert'))
      },
    )
    expect(all.said()).toBe('ana:founder cy:keeper early mo')
    expect(all.now.persons.get('person-bo')?.name).toBe('bo')
  })

  it('what those admitted meanwhile did falls with them', () => {
    const start = vault()
    const all = apart(
      start,
      (copy) => copy.act('cy', remove('ana')),
      (copy) => {
        copy.act('ana', admit('eve', 'keeper'))
        copy.act('eve', admit('fay'))
        copy.act('fay', rename('Fay'))
      },
    )
    expect(all.said()).toBe('bo:keeper cy:keeper mo')
    expect(all.now.persons.has('person-fay')).toBe(false)
  })

  it('a removal beats an admission that did not see it, whoever made it', () => {
    const start = vault()
    start.act('ana', remove('mo'))
    const all = apart(
      start,
      (copy) => copy.act('cy', admit('mo')),
      (copy) => copy.act('bo', remove('mo')),
    )
    expect(all.said()).toBe('ana:founder bo:keeper cy:keeper')
    all.act('bo', admit('mo'))
    expect(all.said()).toBe('ana:founder bo:keeper cy:keeper mo')
  })

  it('taking the role of a keeper beats what they did as one meanwhile', () => {
    const all = apart(
      vault(),
      (copy) => copy.act('ana', keeper('bo', false)),
      (copy) => {
        copy.act('bo', admit('late'))
        copy.act('bo', rename('Bo'))
      },
    )
    expect(all.said()).toBe('ana:founder bo cy:keeper mo')
    expect(all.now.persons.get('person-bo')?.name).toBe('Bo')
  })

  it('a chain: who is removed by somebody who was removed meanwhile stays', () => {
    const all = apart(
      vault(),
      (copy) => copy.act('ana', remove('bo')),
      (copy) => copy.act('bo', remove('cy')),
      (copy) => copy.act('cy', remove('mo')),
    )
    expect(all.said()).toBe('ana:founder cy:keeper')
  })
})

describe('N9: entries dated back', () => {
  it('a member who was removed gains nothing by any entry that names old heads', () => {
    const copy = vault()
    const old = [...copy.all.values()]
    copy.act('bo', remove('mo'))
    const [before, conflicts] = [copy.said(), copy.now.conflicts.length]
    for (const sees of old.slice(-1)) {
      for (const act of [admit('x'), admit('mo', 'keeper'), remove('ana'), remove('bo'), keeper('mo'), rename('M')]) {
        copy.take([entry('mo', act, [sees], { at: '2020-01-01T00:00:00Z' })])
      }
    }
    expect([copy.said(), copy.now.conflicts.length]).toEqual([before, conflicts])
  })

  it('a keeper who was removed gains nothing, but may put who removed them in question', () => {
    const copy = vault()
    const old = [...copy.all.values()].slice(-1)
    copy.act('ana', remove('bo'))
    const back = [admit('x'), admit('bo'), remove('cy'), remove('mo'), keeper('bo'), decide('ana', 'bo', 'bo')]
    copy.take(back.map((act) => entry('bo', act, old)))
    expect(copy.said()).toBe('ana:founder cy:keeper mo')
    copy.take([entry('bo', remove('ana'), old)])
    expect(copy.said()).toBe('ana:founder? bo:keeper? cy:keeper mo')
    copy.act('cy', decide('ana', 'bo'))
    expect(copy.said()).toBe('ana:founder cy:keeper mo')
    // N14: not even by what he now dates back against who decided
    copy.take([entry('bo', remove('cy'), old), entry('bo', remove('ana', 'again'), old)])
    expect(copy.said()).toBe('ana:founder cy:keeper mo')
    expect(copy.now.conflicts).toEqual([])
  })
})

describe('N10 to N14: removals that are mutual', () => {
  const mutual = () =>
    apart(
      vault(),
      (copy) => {
        copy.act('ana', admit('dee'))
        copy.act('ana', remove('bo'))
        copy.act('ana', admit('fay'))
      },
      (copy) => {
        copy.act('bo', remove('ana'))
        copy.act('bo', admit('eve'))
      },
    )

  it('both are suspended, and what they did meanwhile waits', () => {
    const all = mutual()
    expect(all.said()).toBe('ana:founder? bo:keeper? cy:keeper mo')
    expect(all.now.conflicts.map(({ between }) => between)).toEqual([[key('ana'), key('bo')].sort()])
    expect(all.now.founder).toBe(null)
    expect(mayConnect(all.now)).toEqual(new Set([key('cy'), key('mo')]))
    for (const name of ['ana', 'bo'])
      expect(mayAct(all.now, key(name), admit('x'))).toMatchObject({ error: 'suspended' })
    all.act('ana', admit('x'))
    expect(all.said()).toBe('ana:founder? bo:keeper? cy:keeper mo')
  })

  it('a third keeper decides, for either', () => {
    const all = mutual()
    expect(mayAct(all.now, key('mo'), decide('ana', 'bo'))).toMatchObject({ error: 'not-a-keeper' })
    expect(mayAct(all.now, key('cy'), decide('ana', 'bo')).ok).toBe(true)
    const [forAna, forBo] = [all.copy(), all.copy()]
    forAna.act('cy', decide('ana', 'bo'))
    expect(forAna.said()).toBe('ana:founder cy:keeper dee fay mo')
    expect(forAna.now.conflicts).toEqual([])
    forBo.act('cy', decide('bo', 'ana'))
    expect(forBo.said()).toBe('bo:keeper cy:keeper eve mo')
    expect(forBo.now.founder).toBe(null)
  })

  it('a decision of one of the two, of a member, or about nothing, decides nothing', () => {
    const all = mutual()
    const before = all.said()
    for (const who of ['ana', 'bo', 'mo', 'stranger']) all.act(who, decide('ana', 'bo'))
    all.act('cy', decide('mo', 'bo', 'mo'))
    expect(all.said()).toBe(before)
    const calm = vault()
    calm.act('ana', remove('bo'))
    calm.act('cy', decide('bo', 'ana'))
    expect(calm.said()).toBe('ana:founder cy:keeper mo')
  })

  it('N14: who was removed by one of the two before they met decides nothing', () => {
    const start = vault()
    start.act('bo', remove('cy'))
    const all = apart(
      start,
      (copy) => copy.act('ana', remove('bo')),
      (copy) => copy.act('bo', remove('ana')),
    )
    all.act('cy', decide('ana', 'bo'))
    expect(all.said()).toBe('ana:founder? bo:keeper? mo')
  })

  it('two who decide differently decide nothing; one who saw both does', () => {
    const start = mutual()
    const start4 = apart(start, (copy) => copy.act('cy', admit('di')))
    const all = apart(
      start4,
      (copy) => copy.act('cy', decide('ana', 'bo')),
      (copy) => copy.act('cy', decide('bo', 'ana')),
    )
    expect(all.said()).toBe('ana:founder? bo:keeper? cy:keeper di mo')
    all.act('cy', decide('ana', 'bo'))
    expect(all.said()).toBe('ana:founder cy:keeper dee di fay mo')
  })

  it('a circle of three is suspended, and one decision opens it', () => {
    const start = vault()
    start.act('ana', admit('di', 'keeper'))
    const all = apart(
      start,
      (copy) => copy.act('ana', remove('bo')),
      (copy) => copy.act('bo', remove('cy')),
      (copy) => copy.act('cy', remove('ana')),
    )
    expect(all.said()).toBe('ana:founder? bo:keeper? cy:keeper? di:keeper mo')
    all.act('di', decide('ana', 'cy'))
    expect(all.said()).toBe('ana:founder cy:keeper di:keeper mo')
  })

  it('N13: where there is no third, the recovery code makes one', () => {
    const copy = new Copy()
    copy.act('ana', admit('bo', 'keeper'))
    copy.act('ana', admit('mo'))
    const all = apart(
      copy,
      (side) => side.act('ana', remove('bo')),
      (side) => side.act('bo', remove('ana')),
    )
    expect(all.said()).toBe('ana:founder? bo:keeper? mo')
    expect(mayAct(all.now, key('new'), recover('new')).ok).toBe(true)
    all.act('new', recover('new'))
    expect(all.said()).toBe('ana:founder bo:keeper? mo')
    expect([...all.now.members.values()].find(({ role }) => role === 'founder')?.device).toBe(key('new'))
    all.act('new', remove('bo'))
    expect(all.said()).toBe('ana:founder mo')
    expect(all.now.conflicts).toEqual([])
  })
})

describe('N15: the recovery code', () => {
  it('puts a device in the founder’s place, once, and the old one goes', () => {
    const all = apart(
      vault(),
      (copy) => copy.act('new', recover('new')),
      (copy) => copy.act('ana', admit('thief')),
    )
    expect(all.now.founder).toBe(key('new'))
    expect(all.now.members.get(key('new'))).toMatchObject({ person: 'person-ana', name: 'ana', role: 'founder' })
    expect(all.now.removed.has(key('ana'))).toBe(true)
    expect(all.said()).toBe('ana:founder bo:keeper cy:keeper mo')
    expect(all.now.recovery).toBe(key('code-next'))
    all.act('other', recover('other'))
    expect(all.now.founder).toBe(key('new'))
    all.act('other', recover('other', 'code-next', 'third'))
    expect(all.now.founder).toBe(key('other'))
    expect(all.now.removed.has(key('new'))).toBe(true)
  })

  it('a key that no founder named, or a signature of the device’s own, recovers nothing', () => {
    const copy = vault()
    copy.act('new', recover('new', 'another'))
    const heads = [...copy.all.values()].slice(-1)
    const own = entry('new', rename('x'), heads)
    copy.take([{ ...entry('new', recover('new'), heads), signature: own.signature }])
    expect(copy.now.founder).toBe(key('ana'))
  })

  it('a code used twice at once puts nobody in the place until a keeper decides', () => {
    const all = apart(
      vault(),
      (copy) => copy.act('one', recover('one', 'code', 'next-one')),
      (copy) => copy.act('two', recover('two', 'code', 'next-two')),
    )
    expect(all.now.founder).toBe(null)
    expect(all.now.conflicts.map(({ between }) => between)).toContainEqual([key('one'), key('two')].sort())
    all.act('cy', decide('one', 'two'))
    expect(all.now.founder).toBe(key('one'))
    expect(all.now.members.has(key('two'))).toBe(false)
    expect(all.now.recovery).toBe(key('next-one'))
  })

  it('a device that was removed before may be the new one; a removal that the recovery did not see stands', () => {
    const start = vault()
    start.act('bo', remove('mo'))
    const seen = start.copy()
    seen.act('mo', recover('mo'))
    expect(seen.said()).toBe('ana:founder bo:keeper cy:keeper')
    expect(seen.now.founder).toBe(key('mo'))
    const all = apart(
      vault(),
      (copy) => copy.act('mo', recover('mo')),
      (copy) => copy.act('bo', remove('mo')),
    )
    expect(all.said()).toBe('bo:keeper cy:keeper')
  })
})

describe('N2: what is not an entry of this vault', () => {
  it('changes nothing', () => {
    const copy = vault()
    const before = JSON.stringify([...copy.now.members, copy.now.heads])
    const last = [...copy.all.values()].slice(-1)
    const good = entry('ana', remove('bo'), last)
    const bad = [
      null,
      [],
      'text',
      {},
      { ...good, signature: '' },
      { ...good, signature: good.signature.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) },
      { ...good, id: good.id.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) },
      { ...good, act: remove('cy') },
      { ...good, author: key('bo') },
      { ...good, at: '2030-01-01T00:00:00Z' },
      entry('ana', remove('bo'), last, { vault: 'another-vault' as typeof good.vault }),
      entry('ana', remove('bo'), [], {}),
      entry('eve', { ...(FOUNDING.act as Extract<typeof FOUNDING.act, { type: 'found' }>), name: 'eve' }, []),
      entry('ana', remove('bo'), [{ ...good, id: 'f'.repeat(64) }]),
      { ...entry('ana', remove('bo'), last), sees: [good.id] },
    ]
    expect(copy.log.add(bad)).toBe(0)
    expect([...copy.log.refused().counts]).not.toEqual([])
    const now = foldMembers(copy.log)
    expect(JSON.stringify([...now.members, now.heads])).toBe(before)
    expect(copy.take([good]).said()).toBe('ana:founder cy:keeper mo')
  })

  it('an act of a newer version is kept in its place and counts for nothing', () => {
    const copy = vault()
    const before = copy.said()
    const last = [...copy.all.values()].slice(-1)
    const newer = entry('ana', { type: 'bless', device: key('bo') } as never, last)
    copy.take([newer, entry('ana', remove('bo'), [newer])])
    expect(before).toContain('bo')
    expect(copy.said()).toBe('ana:founder cy:keeper mo')
  })
})
