import { anchorKey } from '../link/anchor.ts'
import type { PassageLines } from '../note/note-text.ts'
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
/** Words that stand in more places than this say nothing about any of them. */
const MOST_PLACES = 200

export type PinToMake = Pick<Pin, 'id' | 'word' | 'target' | 'anchor' | 'version' | 'at'> & {
  /** The target's text (NoteText.text), and that of the passage; null for all of it. */
  readonly text: string
  readonly passage: string | null
  /** The line of `text` that the passage begins at; else the first place that has its words. */
  readonly line?: number | undefined
  /** Of the text that is pinned, lower-case hexadecimal. */
  readonly hash: (text: string) => string
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** A pin on a note as it reads now. A passage that does not stand in the text has nothing around it. */
export function makePin(given: PinToMake): Pin {
  const { id, word, target, anchor, version, at, text, passage, line, hash, from = '', to = '' } = given
  const all = pinnedWords(text)
  const own = passage === null ? all : pinnedWords(passage)
  const places = passage === null ? [] : placesOf(own.keys, all.keys)
  const place = places.find((each) => line !== undefined && each === all.lines[line]) ?? places[0] ?? -1
  const quote = linesOf(own, 0, own.words.length)
  const pin = { id, word, target, anchor, quote, hash: hash(quote), version, from, to, at }
  if (place < 0) return { ...pin, before: '', after: '' }
  const end = place + own.words.length
  // The same words elsewhere: enough is kept to tell the places apart.
  const around = places.length > 1 ? MOST_AROUND : AROUND
  const before = linesOf(all, Math.max(0, place - around), place)
  const after = linesOf(all, end, Math.min(all.words.length, end + around))
  return {
    ...pin,
    before: before !== '' && (all.starts[place] ?? true) ? `${before}\n` : before,
    after: after !== '' && (all.starts[end] ?? true) ? `\n${after}` : after,
  }
}

/**
 * Whether what a pin holds on to still reads as it did (SPEC of trails, W7 to W10), found in the target's text
 * (NoteText.text) by its words alone. `noteOf` says which note a link's name means, former names included; without it
 * a link to another note is taken for a rename. `passages`: what the target's anchors mean (NoteText.passages);
 * without them what was put at an end of a passage is taken for something beside it.
 */
export function pinState(pin: Pin, text: string, noteOf?: NoteOf, passages: readonly PassageLines[] = []): PinState {
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
  const length = quote.keys.length
  const found = placesOf(quote.keys, all.keys)
    .filter((at) => startsAsPinned(begins, all, at) && startsAsPinned(ends, all, at + length))
    .slice(0, MOST_PLACES)
  const grown = grownAround(passages, pin.anchor, all)
  const places = found.filter((at) => !grown(at, at + length))
  const hadTwin = [before, after].some(({ keys }) => keys.length > AROUND || placesOf(quote.keys, keys).length > 0)
  // What stood around it is not looked for within the passage itself, nor in a copy of it.
  const isFree = (at: number) => !found.some((place) => place < at && at < place + length)
  const { frames, froms, tos } = framesOf(before, after, all.keys, hadTwin, isFree)
  // Right behind what stood before it, or right before what stood behind: words may repeat, so frames may miss it.
  const kept = places.some(
    (at) => froms.includes(at) || tos.includes(at + length) || frames.some((frame) => holds(frame, at, length)),
  )
  // The words stand somewhere. That they stand in another place is believed where the old place is well known.
  const [frame] = frames
  const isMoved = frame?.isSure && frame.from === frame.to && !hadTwin
  if (places.length > 0 && (kept || !frame?.isSure || isMoved)) return { is: 'same' }
  const [at] = found.filter((place) => !frame?.isSure || holds(frame, place, length))
  const own = at === undefined ? null : grown(at, at + length)
  if (own) return shown(...own)
  return frame ? shown(...ownLines(frame, quote.keys, all, begins, ends)) : shown(...regionOf(quote.keys, all.keys))
}

/** The passage that has this anchor now, where it is some words and others with them: something was put into it. */
function grownAround(passages: readonly PassageLines[], anchor: string, all: PinnedWords) {
  const key = anchorKey(anchor)
  const wordAt = (line: number) => all.lines[line] ?? all.words.length
  const own = passages.filter((each) => each[0] === key).map(([, from, to]) => [wordAt(from), wordAt(to)] as const)
  return (from: number, to: number): readonly [number, number] | null =>
    own.some((each) => each[0] === from && each[1] === to)
      ? null
      : (own.find((each) => each[0] <= from && to <= each[1]) ?? null)
}

/** Between what stood before a passage and what stood after it. */
type Frame = { readonly from: number; readonly to: number; readonly isSure: boolean }

const startsAsPinned = (wanted: boolean, { starts }: PinnedWords, at: number): boolean =>
  !wanted || (starts[at] ?? true)

const sameWords = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((word, at) => word === b[at])

const holds = ({ from, to }: Frame, at: number, length: number): boolean => from <= at && at + length <= to

/**
 * The places of a passage by what stood around it, the shortest first. '' around is the end of the note. Of a passage
 * whose words stood elsewhere too, the place is looked for by lines further away where those beside it are gone.
 */
function framesOf(
  before: PinnedWords,
  after: PinnedWords,
  all: readonly string[],
  hadTwin: boolean,
  isFree: (at: number) => boolean,
): { readonly frames: readonly Frame[]; readonly froms: readonly number[]; readonly tos: readonly number[] } {
  // Turned round, a line ends where it begins in the text.
  const turned = before.lines.toReversed().map((line) => before.keys.length - line)
  const isFreeBehind = (at: number) => isFree(all.length - at)
  const [ends, known] = edgesAlong(before.keys.toReversed(), hadTwin ? turned : [], all.toReversed(), isFreeBehind)
  const [begins, knownAfter] = edgesAlong(after.keys, hadTwin ? after.lines : [], all, isFree)
  const isSure = known && knownAfter
  const froms = before.keys.length === 0 ? [0] : ends.map((at) => all.length - at)
  const tos = after.keys.length === 0 ? [all.length] : begins
  const frames = froms.flatMap((from) => {
    const to = tos.find((at) => at >= from)
    return to === undefined ? [] : [{ from, to, isSure }]
  })
  return { frames: frames.sort((a, b) => a.to - a.from - (b.to - b.from)), froms, tos }
}

/** edgesOf of a run, or of what is left of it behind the first of some lines where that is sure. */
function edgesAlong(
  run: readonly string[],
  lines: readonly number[],
  all: readonly string[],
  isFree: (at: number) => boolean,
): readonly [readonly number[], boolean] {
  const [places, isSure] = edgesOf(run, all, isFree)
  if (isSure || lines.length === 0) return [places, isSure]
  for (const line of lines) {
    const further = run.slice(line)
    const edges = line > 0 && further.length >= SURE ? edgesOf(further, all, isFree) : null
    if (edges?.[1]) return edges
  }
  // All that stood on this side is gone: the note begins, or ends, with the passage.
  return run.length < MOST_AROUND ? [[all.length], true] : [places, isSure]
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
function edgesOf(
  run: readonly string[],
  all: readonly string[],
  isFree: (at: number) => boolean = () => true,
): readonly [readonly number[], boolean] {
  let length = 0
  let places: number[] = []
  for (const [at, word] of all.entries()) {
    if (word !== run[0] || !isFree(at)) continue
    let same = 1
    while (same < run.length && at + same < all.length && run[same] === all[at + same]) same++
    if (same > length) places = []
    if (same >= length && places.length < MOST_PLACES) places.push(at)
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
