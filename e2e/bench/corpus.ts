import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** What `npm run bench` writes and then measures. The same arguments give the same bytes on every machine. */
export type Corpus = {
  readonly folder: string
  readonly notes: number
  readonly bytes: number
  readonly titles: readonly string[]
  readonly links: number
  /** The title that most links lead to, and how many notes link to it. */
  readonly hub: { readonly title: string; readonly sources: number }
  /** 50 queries: common, middling and rare words, pairs of words, and words that one note only has. */
  readonly queries: readonly string[]
  /** Notes with about so many words, all in the first folder. */
  readonly long: readonly LongNote[]
}

/** `end` is the last sentence of the note's text; no other note has it. */
export type LongNote = {
  readonly words: number
  readonly title: string
  readonly markdown: string
  readonly end: string
}

/** Of 2,000 words there are 20 and one more, which only the rows that start the app open; one has 20,000. */
export const LONG_WORDS = 2_000
export const LONGEST_WORDS = 20_000
const LONG_NOTES = 22

/** A text of so many words or a little more, in paragraphs with a heading over every tenth; not of the corpus. */
export function plainText(words: number, end: string): string {
  const next = random(words)
  const from = vocabulary(next)
  const paragraphs: string[] = []
  for (let written = 0; written < words; written += 60) {
    const some = Array.from({ length: 60 }, () => from[Math.floor(next() * from.length)] ?? 'word')
    if (paragraphs.length % 10 === 0) paragraphs.push(`## ${capital(some[0] ?? '')}`)
    paragraphs.push(`${capital(some.join(' '))}.`)
  }
  return `${paragraphs.join('\n\n')}\n\n${end}\n`
}
export const LONG_FOLDER = '0000 Long'

/** Mulberry32: 32-bit arithmetic only, so it is the same everywhere. https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
export function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const SYLLABLES = 'ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu bra cle dri flo gru'.split(' ')
const VOCABULARY = 12_000

/** Distinct pronounceable words; the earlier, the more often used and the shorter. */
function vocabulary(next: () => number): string[] {
  const words = new Set<string>()
  while (words.size < VOCABULARY) {
    const length = words.size < 150 ? 2 : words.size < 3000 ? 3 : 4
    let word = ''
    for (let n = 0; n < length; n++) word += SYLLABLES[Math.floor(next() * SYLLABLES.length)]
    words.add(word)
  }
  return [...words]
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

/** Notes of about 4.5 kB with three to five links each, to hubs more often than to others; 50 notes a folder. */
export async function writeCorpus(folder: string, notes: number, seed = 1): Promise<Corpus> {
  const next = random(seed)
  const int = (n: number) => Math.floor(next() * n)
  const words = vocabulary(next)
  // Zipf's law without a table: a rank of exp(U ln N) has a density of 1/rank.
  const word = () => words[Math.floor(Math.exp(next() * Math.log(words.length)))] ?? 'word'
  const number = (n: number) => String(n).padStart(6, '0')
  const titles = Array.from({ length: notes }, (_, n) => `${capital(word())} ${words[int(2000)]} ${number(n)}`)
  const ends: number[] = []
  const incoming = new Uint32Array(notes)
  const sources = Array.from({ length: notes }, () => new Set<number>())
  const target = (from: number) => {
    const chosen = ends.length > 0 && next() < 0.6 ? ends[int(ends.length)] : undefined
    const found = chosen ?? int(notes)
    ends.push(found)
    incoming[found] = (incoming[found] ?? 0) + 1
    sources[found]?.add(from)
    return titles[found] ?? ''
  }
  const sentence = () => capital(`${Array.from({ length: 8 + int(12) }, word).join(' ')}.`)
  const paragraph = (linkFrom: number | null) => {
    const sentences = Array.from({ length: 3 + int(4) }, sentence)
    if (linkFrom !== null) sentences.splice(1, 0, `See [[${target(linkFrom)}]] on ${word()}.`)
    return sentences.join(' ')
  }
  const note = (n: number, wordCount: number) => {
    const lines = [
      '---',
      'tags:',
      `  - ${words[300 + int(40)]}`,
      `created: ${2015 + int(10)}-0${1 + int(9)}-1${int(10)}`,
    ]
    lines.push('---', '', paragraph(n), '')
    const start = lines.length
    for (let written = 0, section = 0; written < wordCount; section++) {
      lines.push(`## ${capital(word())} ${word()}`, '', paragraph(section < 4 ? n : null), '')
      if (section % 3 === 0) lines.push(...[1, 2, 3, 4].map(() => `- ${sentence()}`), '')
      if (section % 3 === 1) lines.push(`- [ ] ${sentence()}`, `- [x] ${sentence()}`, '')
      lines.push(
        `${paragraph(null)} **${word()}** *${word()}* \`${word()}\` [${word()}](https://example.org/${n}).`,
        '',
      )
      written = lines.slice(start).join(' ').split(/\s+/).length
    }
    return lines.join('\n')
  }

  const folders = Array.from(
    { length: Math.ceil(notes / 50) },
    (_, n) => `${String(n + 1).padStart(4, '0')} ${capital(words[500 + n] ?? '')}`,
  )
  const folderOf = (n: number) => (n < LONG_NOTES ? LONG_FOLDER : (folders[Math.floor(n / 50)] ?? ''))
  await Promise.all([LONG_FOLDER, ...folders].map((name) => mkdir(path.join(folder, name), { recursive: true })))
  let bytes = 0
  const long: LongNote[] = []
  for (let n = 0; n < notes; n++) {
    const title = titles[n] ?? ''
    const isLong = n < LONG_NOTES
    const wordCount = !isLong ? 487 : n === 20 ? LONGEST_WORDS : LONG_WORDS
    let text = note(n, wordCount)
    if (isLong) {
      const end = `The end of ${title}.`
      text += `\n${end}\n`
      long.push({ words: wordCount, title, markdown: text.slice(text.indexOf('---', 3) + 4), end })
    }
    bytes += Buffer.byteLength(text)
    await writeFile(path.join(folder, folderOf(n), `${title}.md`), text)
  }

  const at = (rank: number) => words[rank] ?? ''
  const ten = (make: (n: number) => string) => Array.from({ length: 10 }, (_, n) => make(n))
  const queries = [
    ...ten((n) => at(20 + n * 9)),
    ...ten((n) => at(1000 + n * 97)),
    ...ten((n) => at(words.length - 1 - n * 211)),
    ...ten((n) => `${at(150 + n * 31)} ${at(300 + n * 47)}`),
    ...ten(() => number(int(notes))),
  ]
  const hub = incoming.indexOf(incoming.reduce((most, count) => Math.max(most, count), 0))
  return {
    folder,
    notes,
    bytes,
    titles,
    links: ends.length,
    hub: { title: titles[hub] ?? '', sources: sources[hub]?.size ?? 0 },
    queries,
    long,
  }
}
