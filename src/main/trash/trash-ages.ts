/** How long notes have been in the trash, as far as this computer saw it (README.md, T1 to T5). Times are ms. */
export type Seen = {
  /** When it was thrown away; a note that came back and went again is another. */
  readonly trashedAt: number | null
  /** Observed so far. */
  readonly age: number
  /** Of the last sighting. */
  readonly at: number
  /** Since when it was found old enough at every sighting; null: it is not. */
  readonly dueSince: number | null
}
export type TrashAges = Readonly<Record<string, Seen>>

export type Trashed = { readonly id: string; readonly trashedAt: number | null }

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Between two sightings of one run, and of two runs: what a clock that jumps can add at most. */
const IN_RUN = DAY
const BETWEEN_RUNS = 7 * DAY

type Sighting = {
  readonly notes: readonly Trashed[]
  readonly now: number
  /** After which a note leaves. */
  readonly limit: number
  /** The first sighting since the program started. */
  readonly isFirstOfRun: boolean
}

/** The ages after a sighting, and the notes that are to leave now. */
export function sight(
  ages: TrashAges,
  { notes, now, limit, isFirstOfRun }: Sighting,
): { ages: TrashAges; due: string[] } {
  const most = Math.min(isFirstOfRun ? BETWEEN_RUNS : IN_RUN, limit / 2)
  const next: Record<string, Seen> = {}
  const due: string[] = []
  for (const { id, trashedAt } of notes) {
    const known = ages[id]?.trashedAt === trashedAt ? ages[id] : undefined
    const last = known?.at ?? trashedAt ?? now
    const cap = known ? most : Math.min(BETWEEN_RUNS, limit / 2)
    const age = (known?.age ?? 0) + Math.min(Math.max(now - last, 0), cap)
    const isOld = age >= limit && (trashedAt === null || now - trashedAt >= limit)
    const wasDue = known?.dueSince ?? null
    // Not later than now: a clock that was set back begins the hour again.
    const dueSince = isOld ? (wasDue === null || wasDue > now ? now : wasDue) : null
    next[id] = { trashedAt, age, at: now, dueSince }
    if (dueSince !== null && now - dueSince >= HOUR) due.push(id)
  }
  return { ages: next, due }
}
