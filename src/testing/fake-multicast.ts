import type { Clock } from '../main/network/clock.ts'
import type { Heard, Multicast } from '../main/network/discovery.ts'

export type FakeLink = {
  /** What one computer has of the link; `host` is where others think its packets come from. */
  at(host: string): Multicast
  /** Everything that was said, in order: by whom, and what. */
  readonly said: { readonly host: string; readonly what: string }[]
  /** Sockets that are open. */
  open(): number
  /** A packet of anybody's. */
  forge(heard: Heard): void
  /** All computers have another list of interfaces. */
  change(): void
}

/** A link on which everybody hears everybody, a millisecond later. */
export function fakeLink(clock: Clock): FakeLink {
  type Ear = { heard(heard: Heard): void; changed(): void }
  const ears = new Set<Ear>()
  const said: FakeLink['said'] = []
  const tell = (heard: Heard) => {
    for (const ear of [...ears]) clock.after(1, () => ears.has(ear) && ear.heard(heard))
  }
  return {
    at: (host) => ({
      open(ear) {
        ears.add(ear)
        return {
          ask: () => {
            said.push({ host, what: '?' })
            tell({ kind: 'question' })
          },
          say: (tags, port) => {
            said.push({ host, what: tags.join(' ') })
            tell({ kind: 'tags', found: tags.map((tag) => ({ tag, address: { host, port } })) })
          },
          close: () => ears.delete(ear),
        }
      },
    }),
    said,
    open: () => ears.size,
    forge: tell,
    change: () => {
      for (const ear of ears) ear.changed()
    },
  }
}
