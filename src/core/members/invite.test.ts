import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cancelInvite, INVITE_LASTS, inviteAt, makeInvite, offerFacts, readOffer, useInvite } from './invite.ts'
import {
  codeProblemWords,
  type InviteCode,
  inviteLink,
  inviteWords,
  newInviteCode,
  readInviteCode,
} from './invite-code.ts'
import { key } from './members.test-data.ts'

const code = (fill: number) => newInviteCode((count) => new Uint8Array(count).map((_, at) => fill + at * 7))
const codes = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => bytes as InviteCode)
const problem = (text: string) => {
  const read = readInviteCode(text)
  return read.ok ? null : read.error
}

describe('N19, N20: the code of an invite', () => {
  it('is twelve words or a link of them, however they are typed', () => {
    fc.assert(
      fc.property(codes, fc.constantFrom(' ', '  \n', ', ', '-', '. '), fc.boolean(), (given, gap, isNumbered) => {
        const words = inviteWords(given)
        expect(words).toHaveLength(12)
        const texts = [
          words.map((word, at) => (isNumbered ? `${at + 1} ${word}` : word)).join(gap),
          words.map((word, at) => `${at + 1}. ${word.toUpperCase()}`).join('\n'),
          words.map((word) => word.slice(0, 4)).join(gap),
          inviteLink(given),
          `Come: <${inviteLink(given).replace('throughline', 'Throughline')}> until Tuesday`,
        ]
        for (const text of texts) expect(readInviteCode(text)).toEqual({ ok: true, value: given })
      }),
      { seed: Number(process.env.FUZZ_SEED ?? 3), numRuns: 200 },
    )
  })

  it('is made of 128 bits that were given, and a link has nothing else in it', () => {
    expect(() => newInviteCode(() => new Uint8Array(8))).toThrow('16 random bytes')
    expect(inviteLink(code(1))).toBe(`throughline://join/${inviteWords(code(1)).join('-')}`)
  })

  it('a word that is none is named, with those that are near', () => {
    const words = [...inviteWords(code(3))]
    const at = words.findIndex((word) => word.length > 4)
    const word = words[at] ?? ''
    for (const slip of [`${word.slice(0, 2)}${word.slice(3)}`, `${word[1]}${word[0]}${word.slice(2)}`, `q${word}`]) {
      const found = problem(words.with(at, slip).join(' '))
      if (found?.code !== 'unknown-words') throw new Error(`read ${slip} as ${found?.code}`)
      expect(found.doubts).toMatchObject([{ place: at + 1, given: slip }])
      expect(found.doubts[0]?.near).toContain(word)
      expect(codeProblemWords(found)).toContain(`Word ${at + 1}, “${slip}”, is not one of the list. Did you mean`)
    }
    expect(problem(words.with(at, 'zzzzzzzzzz').join(' '))).toMatchObject({ doubts: [{ near: [] }] })
  })

  it('words that are all of the list but do not belong together: the one that was misheard, or two that changed places', () => {
    fc.assert(
      fc.property(codes, fc.nat(10), (given, at) => {
        const words = inviteWords(given)
        const [one, other] = [words[at] ?? '', words[at + 1] ?? '']
        const found = problem(
          words
            .with(at, other)
            .with(at + 1, one)
            .join(' '),
        )
        fc.pre(one !== other && found !== null)
        expect(found?.code).toBe('checksum')
      }),
      { seed: 5, numRuns: 100 },
    )
    const right = 'zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong'
    expect(problem(right)).toBe(null)
    const misheard = problem('zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wing')
    expect(misheard?.code).toBe('checksum')
    const swapped = problem('zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong zoo')
    if (swapped?.code !== 'checksum') throw new Error('read as right')
    expect(swapped.doubts.map(({ place }) => place)).toEqual([11, 12])
    expect(codeProblemWords(swapped)).toContain('Word 12 is “zoo”. Did you mean “wrong”?')
  })

  it('says what else is wrong, and never throws', () => {
    expect(problem('')).toEqual({ code: 'empty' })
    expect(problem(' 1 2 3 ')).toEqual({ code: 'empty' })
    expect(problem('https://example.org/join')).toEqual({ code: 'other-link' })
    expect(problem('throughline://open/note')).toEqual({ code: 'other-link' })
    expect(problem(inviteWords(code(1)).slice(1).join(' '))).toEqual({ code: 'count', given: 11 })
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const found = problem(text)
        if (found) expect(codeProblemWords(found)).not.toBe('')
      }),
      { seed: 8, numRuns: 300 },
    )
  })
})

describe('N21: an invite is used once, for seven days, by the inviter’s clock', () => {
  const made = makeInvite({ id: 'an-invite', role: 'member', person: null }, 1_000)

  it('waits, is used by one device, and by that one again', () => {
    const used = useInvite(made, key('bo'), 2_000)
    if (!used.ok) throw new Error(used.error)
    expect(used.value).toMatchObject({ state: 'used', usedBy: key('bo') })
    expect(useInvite(used.value, key('bo'), 3_000).ok).toBe(true)
    expect(useInvite(used.value, key('cy'), 3_000)).toEqual({ ok: false, error: 'used' })
    expect(cancelInvite(used.value, 3_000)).toEqual({ ok: false, error: 'used' })
    expect(inviteAt(used.value, 1_000 + 2 * INVITE_LASTS).state).toBe('used')
  })

  it('is cancelled, and then nobody’s', () => {
    const cancelled = cancelInvite(made, 2_000)
    if (!cancelled.ok) throw new Error(cancelled.error)
    expect(useInvite(cancelled.value, key('bo'), 2_500)).toEqual({ ok: false, error: 'cancelled' })
  })

  it('expires after seven days, and stays so when the clock is set back', () => {
    expect(inviteAt(made, 999 + INVITE_LASTS).state).toBe('waiting')
    const late = inviteAt(made, 1_000 + INVITE_LASTS)
    expect(late.state).toBe('expired')
    expect(useInvite(inviteAt(late, 0), key('bo'), 0)).toEqual({ ok: false, error: 'expired' })
    expect(useInvite(made, key('bo'), 1_000 + INVITE_LASTS)).toEqual({ ok: false, error: 'expired' })
    expect(inviteAt(inviteAt(made, INVITE_LASTS), 5).latest).toBe(INVITE_LASTS)
  })
})

describe('N22: what a joiner is told before they accept', () => {
  const offer = {
    vault: 'Platform notes',
    inviter: 'Ana',
    notes: 414,
    people: [
      { name: 'Ana', role: 'founder' },
      { name: 'Jonas', role: 'keeper' },
      { name: 'Priya', role: 'member' },
    ],
    role: 'member',
  }

  it('is six facts', () => {
    const read = readOffer(offer)
    if (!read) throw new Error('no offer')
    const facts = offerFacts(read)
    expect(facts).toHaveLength(6)
    expect(facts[0]?.text).toContain('414 notes')
    expect(facts[1]?.text).toBe('Ana (made it), Jonas (keeper), Priya')
  })

  it('an offer of another form is none', () => {
    const bad = [
      null,
      'x',
      { ...offer, notes: -1 },
      { ...offer, notes: 1e99 },
      { ...offer, vault: '' },
      { ...offer, inviter: 'Ana\u202e' },
      { ...offer, people: [{ name: 'Ana', role: 'king' }] },
      { ...offer, people: 'all' },
      { ...offer, role: 'founder' },
    ]
    for (const value of bad) expect(readOffer(value)).toBe(null)
  })
})
