import type { Pin } from '../trail/pin.ts'
import { type NoteOf, type PinnedWords, passageWords, pinnedWords } from './pinned-words.ts'

export { type NoteOf, passageWords } from './pinned-words.ts'

/** `was`, `now`: as a person reads them. `gone`: nothing of the passage is left in its place. */
export type PinState =
  | { readonly is: 'same' }
  | { readonly is: 'changed'; readonly was: string; readonly now: string }
  | { readonly is: 'gone'; readonly was: string }

/** So many words on each side say where a passage is, more where the same stands elsewhere in the note. */
const AROUND = 12
const MOST_AROUND = 96
/** Fewer words than these say nothing about a place. */
const LEAST = 3
/** So many are no accident. */
const SURE = 6

export type PinToMake = Pick<Pin, 'id' | 'word' | 'target' | 'anchor' | 'version' | 'at'> & {
  /** The target's text (NoteText.text), and that of the passage; null for all of it. */
  readonly text: string
  readonly passage: string | null
  /** Of the text that is pinned, lower-case hexadecimal. */
  readonly hash: (text: string) => string
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** A pin on a note as it reads now. A passage that does not stand in the text has nothing around it. */
export function makePin(given: PinToMake): Pin {
  const { id, word, target, anchor, version, at, text, passage, hash, from = '', to = '' } = given
  const all = pinnedWords(text)
  const own = passage === null ? all : pinnedWords(passage)
  const [place = -1, ...others] = passage === null ? [] : placesOf(own.keys, all.keys)
  const quote = linesOf(own, 0, own.words.length)
  const pin = { id, word, target, anchor, quote, hash: hash(quote), version, from, to, at }
  if (place < 0) return { ...pin, before: '', after: '' }
  const end = place + own.words.length
  // The same words elsewhere: enough is kept to tell the places apart.
  const around = others.length > 0 ? MOST_AROUND : AROUND
  const before = linesOf(all, Math.max(0, place - around), place)
  const after = linesOf(all, end, Math.min(all.words.length, end + around))
  return {
    ...pin,
    before: before !== '' && (all.starts[place] ?? true) ? `${before}\n` : before,
    after: after !== '' && (all.starts[end] ?? true) ? `\n${after}` : after,
  }
}

/**
 * Whether what a pin holds on to still reads as it did (SPEC of trails, W7 to W10), found in the target's text (NoteText.text) by its
 * words alone. `noteOf` says which note a link's name means, former names included; without it a link to another note
 * is taken for a rename.
 */
export function pinState(pin: Pin, text: string, noteOf?: NoteOf): PinState {
  const all = pinnedWords(text, noteOf)
  const quote = pinnedWords(pin.quote, noteOf)
  const was = passageWords(pin.quote)
  const shown = (from: number, to: number): PinState => {
    const now = passageWords(all.words.slice(from, to).join(' '))
    return now === '' ? { is: 'gone', was } : { is: 'changed', was, now }
  }
  if (pin.anchor === '') return sameWords(quote.keys, all.keys) ? { is: 'same' } : shown(0, all.words.length)
  const before = pinnedWords(pin.before, noteOf)
  const after = pinnedWords(pin.after, noteOf)
  const begins = pin.before === '' || pin.before.endsWith('\n')
  const ends = pin.after === '' || pin.after.startsWith('\n')
  const places = placesOf(quote.keys, all.keys).filter(
    (at) => startsAsPinned(begins, all, at) && startsAsPinned(ends, all, at + quote.keys.length),
  )
  const frames = framesOf(before.keys, after.keys, all.keys)
  const kept = frames.find((frame) => places.some((at) => holds(frame, at, quote.keys.length)))
  // The words stand somewhere. That they stand in another place is believed where the old place is well known.
  const [frame] = frames
  if (places.length > 0 && (kept || !frame?.isSure || frame.from === frame.to)) return { is: 'same' }
  return frame ? shown(...ownLines(frame, quote.keys, all, begins, ends)) : shown(...regionOf(quote.keys, all.keys))
}

/** Between what stood before a passage and what stood after it. */
type Frame = { readonly from: number; readonly to: number; readonly isSure: boolean }

const startsAsPinned = (wanted: boolean, { starts }: PinnedWords, at: number): boolean =>
  !wanted || (starts[at] ?? true)

const sameWords = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((word, at) => word === b[at])

const holds = ({ from, to }: Frame, at: number, length: number): boolean => from <= at && at + length <= to

/** The places of a passage by what stood around it, the shortest first. '' around is the end of the note. */
function framesOf(before: readonly string[], after: readonly string[], all: readonly string[]): readonly Frame[] {
  const [ends, known] = edgesOf(before.toReversed(), all.toReversed())
  const [begins, knownAfter] = edgesOf(after, all)
  const isSure = known && knownAfter
  const froms = before.length === 0 ? [0] : ends.map((at) => all.length - at)
  const tos = after.length === 0 ? [all.length] : begins
  const frames = froms.flatMap((from) => {
    const to = tos.find((at) => at >= from)
    return to === undefined ? [] : [{ from, to, isSure }]
  })
  return frames.sort((a, b) => a.to - a.from - (b.to - b.from))
}

/** A frame without what was put beside the passage since: from the line of its first words to that of its last ones. */
function ownLines(
  { from, to }: Frame,
  quote: readonly string[],
  all: PinnedWords,
  begins: boolean,
  ends: boolean,
): readonly [number, number] {
  const first = quote.slice(0, LEAST)
  const last = quote.slice(-LEAST)
  const stands = (run: readonly string[], at: number) => run.every((word, n) => word === all.keys[at + n])
  const isEdge = (at: number) => all.starts[at] ?? true
  let start = from
  if (begins) while (start < to && !(isEdge(start) && stands(first, start))) start++
  if (start === to) start = from
  let end = to
  if (ends) while (end > start && !(isEdge(end) && end - last.length >= start && stands(last, end - last.length))) end--
  return [start, end === start ? to : end]
}

/** Where as much as there is of a beginning of `run` stands, and whether that is enough to be sure. */
function edgesOf(run: readonly string[], all: readonly string[]): readonly [readonly number[], boolean] {
  let length = 0
  let places: number[] = []
  for (const [at, word] of all.entries()) {
    if (word !== run[0]) continue
    let same = 1
    while (same < run.length && at + same < all.length && run[same] === all[at + same]) same++
    if (same > length) places = []
    if (same >= length) places.push(at)
    length = Math.max(length, same)
  }
  if (length < Math.min(LEAST, run.length)) return [[], run.length === 0]
  return [places, length >= Math.min(SURE, run.length)]
}

/** Where a passage probably is, by its own first and last words; nothing where neither is left. */
function regionOf(quote: readonly string[], all: readonly string[]): readonly [number, number] {
  const [begins] = edgesOf(quote.slice(0, AROUND), all)
  const [ends] = edgesOf(quote.toReversed().slice(0, AROUND), all.toReversed())
  const from = begins[0]
  const last = ends[0]
  if (from === undefined && last === undefined) return [0, 0]
  const to = last === undefined ? (from ?? 0) + quote.length : all.length - last
  const start = from === undefined ? Math.max(0, to - quote.length) : from
  return start < to ? [start, Math.min(to, start + quote.length * 3 + AROUND)] : [start, start + quote.length]
}

const linesOf = ({ words, starts }: PinnedWords, from: number, to: number): string =>
  words
    .slice(from, to)
    .map((word, at) => (at === 0 ? word : (starts[from + at] ? '\n' : ' ') + word))
    .join('')

/** Where a run of words stands (Knuth, Morris and Pratt: linear, whatever repeats in it). */
function placesOf(run: readonly string[], all: readonly string[]): number[] {
  if (run.length === 0) return []
  const back = [0]
  for (let at = 1, same = 0; at < run.length; at++) {
    while (same > 0 && run[at] !== run[same]) same = back[same - 1] ?? 0
    if (run[at] === run[same]) same++
    back.push(same)
  }
  const places: number[] = []
  let same = 0
  for (const [at, word] of all.entries()) {
    while (same > 0 && word !== run[same]) same = back[same - 1] ?? 0
    if (word === run[same]) same++
    if (same < run.length) continue
    places.push(at - same + 1)
    same = back[same - 1] ?? 0
  }
  return places
}
