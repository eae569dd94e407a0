/** For every symbol the bits of its code, first to last, and how many they are; 0 for one that does not occur. */
export type HuffmanCode = { readonly codes: Uint16Array; readonly lengths: Uint8Array }

/**
 * The canonical Huffman code of symbols by how often they occur, as Deflate wants it (RFC 1951, 3.2.2). Lone symbols
 * get one bit. Where a code would be longer than `most` bits, counts are flattened until none is: only a text of very
 * uneven signs comes there, and loses a few bytes.
 */
export function huffman(counts: Int32Array, most: number): HuffmanCode {
  const lengths = new Uint8Array(counts.length)
  for (let flatten = 0; ; flatten++) {
    let size = 0
    for (let symbol = 0; symbol < counts.length; symbol++) {
      const found = counts[symbol] as number
      // By symbol where they are equal, so that one count has one code everywhere.
      if (found > 0) keys[size++] = Math.max(found >> flatten, 1) * MOST_SYMBOLS + symbol
    }
    keys.subarray(0, size).sort()
    if (size < 3) {
      for (let i = 0; i < size; i++) lengths[(keys[i] as number) % MOST_SYMBOLS] = 1
      return { codes: codesOf(lengths), lengths }
    }
    if (setLengths(lengths, size) <= most) return { codes: codesOf(lengths), lengths }
  }
}

const MOST_SYMBOLS = 512
/** Weight and symbol of each leaf, lightest first. */
const keys = new Float64Array(MOST_SYMBOLS)
/** Of leaves, then of what joins two of those before it: both are in order of weight as they come. */
const sums = new Float64Array(2 * MOST_SYMBOLS)
const parents = new Uint16Array(2 * MOST_SYMBOLS)
const depths = new Uint16Array(2 * MOST_SYMBOLS)

/** Sets how deep each symbol of `keys` lies in the tree; answers the depth of the tree. */
function setLengths(lengths: Uint8Array, size: number): number {
  for (let i = 0; i < size; i++) sums[i] = Math.floor((keys[i] as number) / MOST_SYMBOLS)
  let leaf = 0
  let inner = size
  const nodes = 2 * size - 1
  for (let made = size; made < nodes; made++) {
    let sum = 0
    for (let child = 0; child < 2; child++) {
      const isLeaf = leaf < size && (inner >= made || (sums[leaf] as number) <= (sums[inner] as number))
      const node = isLeaf ? leaf++ : inner++
      parents[node] = made
      sum += sums[node] as number
    }
    sums[made] = sum
  }
  depths[nodes - 1] = 0
  let deepest = 0
  for (let node = nodes - 2; node >= 0; node--) {
    const depth = (depths[parents[node] as number] as number) + 1
    depths[node] = depth
    if (node < size) {
      lengths[(keys[node] as number) % MOST_SYMBOLS] = depth
      deepest = Math.max(deepest, depth)
    }
  }
  return deepest
}

function codesOf(lengths: Uint8Array): Uint16Array {
  const codes = new Uint16Array(lengths.length)
  const many = new Uint16Array(16)
  for (const length of lengths) if (length > 0) (many[length] as number)++
  const next = new Uint16Array(16)
  for (let length = 1, code = 0; length < 16; length++) {
    code = (code + (many[length - 1] as number)) << 1
    next[length] = code
  }
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol] as number
    if (length > 0) codes[symbol] = reversed((next[length] as number)++, length)
  }
  return codes
}

function reversed(code: number, bits: number): number {
  let left = code
  let result = 0
  for (let bit = 0; bit < bits; bit++) {
    result = (result << 1) | (left & 1)
    left >>= 1
  }
  return result
}
