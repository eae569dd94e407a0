import { type HuffmanCode, huffman } from './huffman.ts'

/**
 * Deflate (RFC 1951) for what a note's file mostly is: a few kB of text. One block, over tables that are made once
 * and used again. A general encoder makes its own for every file, which was a quarter of an import. Any inflater
 * reads it.
 */

/** Matches reach back so far, and no input is longer: then every place is in reach. */
export const MOST_AT_ONCE = 32_768
const SHORTEST = 4
const LONGEST = 258
/** Places looked at for a match; the rest would be for the last few bytes. */
const LOOKS = 8
const HASH_BITS = 13
const END = 256
const SYMBOLS = 286
const DISTANCES = 30

/** For every length: its symbol, the bits behind it, and the first length of that symbol. */
const LENGTH_SYMBOL = new Uint16Array(LONGEST + 1)
const LENGTH_EXTRA = new Uint8Array(LONGEST + 1)
const LENGTH_FIRST = new Uint16Array(LONGEST + 1)
for (let first = 3, symbol = 257; symbol <= 285; symbol++) {
  const extra = symbol < 265 || symbol === 285 ? 0 : (symbol - 261) >> 2
  // The longest has a symbol of its own.
  if (symbol === 285) first = LONGEST
  for (let length = first; length < first + (1 << extra) && length <= LONGEST; length++) {
    LENGTH_SYMBOL[length] = symbol
    LENGTH_EXTRA[length] = extra
    LENGTH_FIRST[length] = first
  }
  first += 1 << extra
}
/** The order in which lengths of codes of lengths are written (3.2.7). */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15] as const

const head = new Int32Array(1 << HASH_BITS)
const before = new Int32Array(MOST_AT_ONCE)
/** A literal; or a distance, never 0, and below it in nine bits a length. */
const tokens = new Int32Array(MOST_AT_ONCE)
const symbolCounts = new Int32Array(SYMBOLS)
const distanceCounts = new Int32Array(DISTANCES)
const runs = new Int32Array(SYMBOLS + DISTANCES)
const runCounts = new Int32Array(19)
const bothLengths = new Uint8Array(SYMBOLS + DISTANCES)
const out = new Uint8Array(2 * MOST_AT_ONCE + 512)

/** Bits first to last into `out`. */
let written = 0
let bits = 0
let count = 0
function put(code: number, length: number): void {
  bits |= code << count
  count += length
  while (count >= 8) {
    out[written++] = bits & 255
    bits >>>= 8
    count -= 8
  }
}

/** @param bytes at most MOST_AT_ONCE of them. Equal bytes give equal output on every device (M9). */
export function deflateText(bytes: Uint8Array): Uint8Array {
  const size = findMatches(bytes)
  const symbols = huffman(symbolCounts, 15)
  const distances = huffman(distanceCounts, 15)
  written = 0
  // The last block, with codes of its own.
  bits = 0b101
  count = 3
  putCodes(symbols, distances)
  for (let i = 0; i < size; i++) {
    const token = tokens[i] as number
    if (token < 256) {
      put(symbols.codes[token] as number, symbols.lengths[token] as number)
      continue
    }
    const length = token & 511
    const symbol = LENGTH_SYMBOL[length] as number
    put(symbols.codes[symbol] as number, symbols.lengths[symbol] as number)
    put(length - (LENGTH_FIRST[length] as number), LENGTH_EXTRA[length] as number)
    const distance = (token >>> 9) - 1
    const code = distanceSymbol(distance)
    put(distances.codes[code] as number, distances.lengths[code] as number)
    if (code > 3) put(distance & ((1 << ((code >> 1) - 1)) - 1), (code >> 1) - 1)
  }
  put(symbols.codes[END] as number, symbols.lengths[END] as number)
  if (count > 0) out[written++] = bits & 255
  return out.slice(0, written)
}

/** Of a distance less one. */
function distanceSymbol(distance: number): number {
  if (distance < 4) return distance
  const top = 31 - Math.clz32(distance)
  return 2 * top + ((distance >> (top - 1)) & 1)
}

/** Fills `tokens` and the counts; answers how many tokens there are. */
function findMatches(bytes: Uint8Array): number {
  const size = bytes.length
  head.fill(-1)
  symbolCounts.fill(0)
  distanceCounts.fill(0)
  symbolCounts[END] = 1
  const hashAt = (at: number): number => {
    const word =
      (bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24)
    return Math.imul(word, 0x9e3779b1) >>> (32 - HASH_BITS)
  }
  const last = size - SHORTEST
  let found = 0
  let at = 0
  while (at < size) {
    let best = 0
    let from = 0
    if (at <= last) {
      const hash = hashAt(at)
      const longest = Math.min(LONGEST, size - at)
      let place = head[hash] as number
      for (let look = 0; place >= 0 && look < LOOKS; look++, place = before[place] as number) {
        if (bytes[place + best] !== bytes[at + best]) continue
        let length = 0
        while (length < longest && bytes[place + length] === bytes[at + length]) length++
        if (length <= best) continue
        best = length
        from = place
        if (length === longest) break
      }
      before[at] = head[hash] as number
      head[hash] = at
    }
    if (best < SHORTEST) {
      const literal = bytes[at++] as number
      tokens[found++] = literal
      ;(symbolCounts[literal] as number)++
      continue
    }
    const distance = at - from - 1
    tokens[found++] = ((distance + 1) << 9) | best
    ;(symbolCounts[LENGTH_SYMBOL[best] as number] as number)++
    ;(distanceCounts[distanceSymbol(distance)] as number)++
    const end = at + best
    for (let next = at + 1; next < end && next <= last; next++) {
      const hash = hashAt(next)
      before[next] = head[hash] as number
      head[hash] = next
    }
    at = end
  }
  return found
}

/** The lengths of both codes, runs of equal ones shortened, in a code of their own (3.2.7). */
function putCodes(symbols: HuffmanCode, distances: HuffmanCode): void {
  const used = (lengths: Uint8Array, least: number): number => {
    let end = lengths.length
    while (end > least && lengths[end - 1] === 0) end--
    return end
  }
  const symbolEnd = used(symbols.lengths, 257)
  const distanceEnd = used(distances.lengths, 1)
  const all = bothLengths.subarray(0, symbolEnd + distanceEnd)
  all.set(symbols.lengths.subarray(0, symbolEnd))
  all.set(distances.lengths.subarray(0, distanceEnd), symbolEnd)
  runCounts.fill(0)
  let size = 0
  const add = (symbol: number, extra: number) => {
    runs[size++] = (extra << 5) | symbol
    ;(runCounts[symbol] as number)++
  }
  for (let at = 0; at < all.length; ) {
    const length = all[at] as number
    let same = 1
    while (all[at + same] === length) same++
    at += same
    if (length !== 0) {
      add(length, 0)
      same--
    }
    while (same >= 3) {
      const most = Math.min(same, length !== 0 ? 6 : same > 10 ? 138 : 10)
      if (length !== 0) add(16, most - 3)
      else if (most > 10) add(18, most - 11)
      else add(17, most - 3)
      same -= most
    }
    for (; same > 0; same--) add(length, 0)
  }
  const code = huffman(runCounts, 7)
  let orderEnd: number = ORDER.length
  while (orderEnd > 4 && code.lengths[ORDER[orderEnd - 1] as number] === 0) orderEnd--
  put(symbolEnd - 257, 5)
  put(distanceEnd - 1, 5)
  put(orderEnd - 4, 4)
  for (let i = 0; i < orderEnd; i++) put(code.lengths[ORDER[i] as number] as number, 3)
  for (let i = 0; i < size; i++) {
    const run = runs[i] as number
    const symbol = run & 31
    put(code.codes[symbol] as number, code.lengths[symbol] as number)
    if (symbol >= 16) put(run >> 5, symbol === 16 ? 2 : symbol === 17 ? 3 : 7)
  }
}
