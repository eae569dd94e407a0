import { entropyToMnemonic, mnemonicToEntropy, validateMnemonic } from '@scure/bip39'
import { wordlist } from '@scure/bip39/wordlists/english.js'
import { err, ok, type Result } from '../base/result.ts'

/** The secret of an invite, 16 bytes. Whoever knows it is let in once; it stands in no entry, log or name. */
export type InviteCode = Uint8Array & { readonly length: 16 }

export const CODE_BYTES = 16
const WORDS = 12
const LINK = 'throughline://join/'

/** A word that is none, or that may be another: its place from 1, as it was given, and what may be meant. */
export type Doubt = { readonly place: number; readonly given: string; readonly near: readonly string[] }

export type CodeProblem =
  | { readonly code: 'empty' }
  /** A link that leads to something else. */
  | { readonly code: 'other-link' }
  | { readonly code: 'count'; readonly given: number }
  | { readonly code: 'unknown-words'; readonly doubts: readonly Doubt[] }
  /** Twelve words of the list that do not belong together; `doubts` are those that would, if changed alone. */
  | { readonly code: 'checksum'; readonly doubts: readonly Doubt[] }

/** @param random gives bytes that nobody can guess; 128 bits are asked of it */
export function newInviteCode(random: (count: number) => Uint8Array): InviteCode {
  const code = random(CODE_BYTES)
  if (code.length !== CODE_BYTES) throw new Error('an invite needs 16 random bytes')
  return code as InviteCode
}

/** Twelve words, the last of which also holds the checksum (N19). */
export const inviteWords = (code: InviteCode): readonly string[] => entropyToMnemonic(code, wordlist).split(' ')

/** The same words as an address. There is nothing else in it: the code leads to the inviter. */
export const inviteLink = (code: InviteCode): string => LINK + inviteWords(code).join('-')

/**
 * What somebody typed, read aloud or pasted: a link, also in the middle of a message, or words with any capitals,
 * numbers and marks between them (N20). Four letters of a word are enough: no two of the list share them.
 */
export function readInviteCode(text: string): Result<InviteCode, CodeProblem> {
  const plain = text.normalize('NFKC').toLowerCase()
  const link = /throughline:\/\/join\/([^\s<>"'?#]*)/.exec(plain)?.[1]
  if (link === undefined && /^[a-z][a-z0-9+.-]*:\/\//.test(plain.trim())) return err({ code: 'other-link' })
  const given = tokensOf(link ?? plain)
  if (given.length === 0) return err({ code: 'empty' })
  const words = given.map(wordFor)
  if (given.length !== WORDS) return err({ code: 'count', given: given.length })
  const doubts = given.flatMap((token, at) =>
    words[at] === null ? { place: at + 1, given: token, near: nearTo(token, 2).slice(0, 3) } : [],
  )
  if (doubts.length > 0) return err({ code: 'unknown-words', doubts })
  const known = words.flatMap((word) => word ?? [])
  if (!belong(known)) return err({ code: 'checksum', doubts: doubtsOf(known) })
  return ok(mnemonicToEntropy(known.join(' '), wordlist) as InviteCode)
}

/** The problem in a sentence or two, for a screen or a terminal. */
export function codeProblemWords(problem: CodeProblem): string {
  if (problem.code === 'empty') return 'An invite is a link or twelve words.'
  if (problem.code === 'other-link') return `This link is not an invite. An invite begins with ${LINK}`
  if (problem.code === 'count') {
    const words = problem.given === 1 ? '1 word' : `${problem.given} words`
    return `An invite has twelve words; here ${problem.given === 1 ? 'is' : 'are'} ${words}.`
  }
  const said = problem.doubts.map(({ place, given, near }) => {
    const meant = near.length > 0 ? ` Did you mean ${near.map((word) => `“${word}”`).join(' or ')}?` : ''
    return problem.code === 'checksum'
      ? `Word ${place} is “${given}”.${meant}`
      : `Word ${place}, “${given}”, is not one of the list.${meant}`
  })
  if (problem.code === 'unknown-words') return said.join(' ')
  const last = said.length > 0 ? said.join(' ') : 'Compare them with the words of who invites you.'
  return `One of these words is another one, or in another place. ${last}`
}

const places = new Map(wordlist.map((word, at) => [word, at]))
const byStart = new Map(wordlist.map((word) => [word.slice(0, 4), word]))

const tokensOf = (text: string): readonly string[] =>
  text
    .split(/[\s,;:.|/+_-]+/u)
    .map((token) => token.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '').slice(0, 40))
    .filter((token) => token !== '')
    .slice(0, 100)

function wordFor(token: string): string | null {
  if (places.has(token)) return token
  const started = token.length >= 4 ? byStart.get(token.slice(0, 4)) : undefined
  return started?.startsWith(token) ? started : null
}

const belong = (words: readonly string[]): boolean => validateMnemonic(words.join(' '), wordlist)

/** Words of the list that are one slip, or two, away; the nearest first. */
function nearTo(token: string, most: number): string[] {
  const found = wordlist.flatMap((word) => {
    const slips = Math.abs(word.length - token.length) > most ? most + 1 : slipsBetween(token, word)
    return slips > 0 && slips <= most ? [{ word, slips }] : []
  })
  const least = Math.min(...found.map(({ slips }) => slips))
  return found.filter(({ slips }) => slips === least).map(({ word }) => word)
}

/** One word that was misheard for a near one, or two that changed places. */
function doubtsOf(words: readonly string[]): readonly Doubt[] {
  const doubts: Doubt[] = words.flatMap((given, at) => {
    const near = nearTo(given, 1).filter((word) => belong(words.with(at, word)))
    return near.length > 0 ? { place: at + 1, given, near: near.slice(0, 3) } : []
  })
  for (let at = 0; at + 1 < words.length && doubts.length === 0; at++) {
    const [one, other] = [words[at] ?? '', words[at + 1] ?? '']
    if (one !== other && belong(words.with(at, other).with(at + 1, one))) {
      doubts.push({ place: at + 1, given: one, near: [other] }, { place: at + 2, given: other, near: [one] })
    }
  }
  return doubts.slice(0, 4)
}

/** Letters wrong, missing, added, or two that changed places (optimal string alignment). */
function slipsBetween(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let slips = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same)
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (isSwap) slips = Math.min(slips, (before[j - 2] ?? 0) + 1)
      row.push(slips)
    }
    before = last
    last = row
  }
  return last[b.length] ?? 0
}
