const MOST_WORDS = 12
const SHORTEST = 4

/** Words that stand in every second sentence and say nothing of what it is about. */
const COMMON = new Set(
  (
    'about above after again against because been before being below between both came cannot come comes could didn does doing done down during each ' +
    'ever every from further goes going gone have having here into itself just keep kept like made make makes many more most much must never next nobody none ' +
    'only other others ours over same shall should since some such take takes than that their them then there these they thing things this those through ' +
    'three today together under until upon very want wants week weeks well were what when where which while whose will with without would year years your yours'
  ).split(' '),
)

/** What a commitment is about: the words of its title, then of its facts and its text, the most frequent first. */
export function wordsOf(title: string, rest: string): string[] {
  const counts = new Map<string, number>()
  const count = (text: string, weight: number) => {
    for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu)) {
      if (word.length >= SHORTEST && !COMMON.has(word)) counts.set(word, (counts.get(word) ?? 0) + weight)
    }
  }
  count(title, 3)
  count(rest, 1)
  return [...counts].sort(([, a], [, b]) => b - a).flatMap(([word], at) => (at < MOST_WORDS ? [word] : []))
}

type Hit = { readonly id: string; readonly kind: string }

/**
 * Examples by how much of those words they hold: a word that few notes have says more than one that many have.
 * `found`: for each word the notes that it stands in, and how many there are in all.
 */
export function ranked<H extends Hit>(
  found: readonly { readonly total: number; readonly hits: readonly H[] }[],
  most: number,
): H[] {
  const scores = new Map<string, { hit: H; score: number; best: number }>()
  for (const { total, hits } of found) {
    const weight = 1 / Math.log2(total + 2)
    for (const hit of hits) {
      if (hit.kind !== 'example') continue
      const former = scores.get(hit.id)
      const isBest = weight > (former?.best ?? 0)
      scores.set(hit.id, {
        hit: isBest || !former ? hit : former.hit,
        score: (former?.score ?? 0) + weight,
        best: Math.max(weight, former?.best ?? 0),
      })
    }
  }
  return [...scores.values()]
    .sort((a, b) => b.score - a.score || (a.hit.id < b.hit.id ? -1 : 1))
    .slice(0, most)
    .map(({ hit }) => hit)
}

/** “rests on It” for “rests_on:: It”, as a sentence reads it. */
export const verbsAsWords = (text: string): string =>
  text.replace(/(\p{L}[\p{L}\p{N}_]*)::(?=\s)/gu, (_all, verb: string) => verb.replaceAll('_', ' '))
