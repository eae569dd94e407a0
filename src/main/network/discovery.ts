import type { Disposer } from '../../core/base/disposable.ts'
import type { DeviceKey } from '../../core/members/device.ts'
import type { Clock } from './clock.ts'
import { tagDay } from './tags.ts'
import type { Address } from './transport.ts'

/** What an announcement says: opaque names, and a port. Where from is the packet's own source. */
export type Heard =
  | { readonly kind: 'question' }
  | { readonly kind: 'tags'; readonly found: readonly { readonly tag: string; readonly address: Address }[] }

/** Packets to and from everybody on the links of this computer. */
export interface Multicast {
  /** Opens sockets on every interface, and on those that come later. */
  open(events: { heard(heard: Heard): void; changed(): void }): {
    ask(): void
    say(tags: readonly string[], port: number): void
    close(): void
  }
}

type Publication = { readonly tags: (day: string) => readonly string[]; readonly port: () => number }
type Look = {
  readonly match: (tag: string) => DeviceKey | null
  readonly found: (key: DeviceKey, address: Address) => void
  /** Whether it is worth asking. */
  readonly wanted: () => boolean
}

export interface Discovery {
  publish(publication: Publication): Disposer
  look(look: Look): Disposer
}

/** Announcements and questions: at once, then so long apart, the last one for ever. */
const PAUSES = [250, 1_000, 3_000, 10_000, 20_000]
/** A question is answered at once, and then not again for so long: nobody makes us loud. */
const ANSWER_PAUSE = 200

/** Finds devices by tags (LN11 to LN14). Nothing is open, sent or heard while nobody publishes or looks. */
export function createDiscovery(multicast: Multicast, clock: Clock): Discovery {
  const publications = new Set<Publication>()
  const looks = new Set<Look>()
  let sockets: ReturnType<Multicast['open']> | null = null
  let day = ''
  let announcing: Disposer = () => {}
  let asking: Disposer = () => {}
  let answered = Number.NEGATIVE_INFINITY
  let answering: Disposer | null = null

  const announce = () => {
    day = tagDay(clock.now())
    answered = clock.now()
    for (const { tags, port } of publications) if (port() > 0) sockets?.say(tags(day), port())
  }

  const answer = () => {
    if (publications.size === 0 || answering) return
    const wait = answered + ANSWER_PAUSE - clock.now()
    if (wait <= 0) announce()
    else {
      answering = clock.after(wait, () => {
        answering = null
        announce()
      })
    }
  }

  /** Now, and again and again; what is due in a day's last seconds is due again when the next begins. */
  const repeat = (run: () => void): Disposer => {
    let timer: Disposer = () => {}
    const turn = (index: number) => {
      run()
      const pause = PAUSES[Math.min(index, PAUSES.length - 1)] ?? 0
      timer = clock.after(pause, () => turn(index + 1))
    }
    turn(0)
    return () => timer()
  }

  const startAnnouncing = () => {
    announcing()
    announcing = publications.size > 0 ? repeat(announce) : () => {}
  }
  const startAsking = () => {
    asking()
    asking = looks.size > 0 ? repeat(ask) : () => {}
  }
  const ask = () => {
    if ([...looks].some(({ wanted }) => wanted())) sockets?.ask()
  }

  const heard = (event: Heard) => {
    if (event.kind === 'question') {
      answer()
      return
    }
    for (const { tag, address } of event.found) {
      for (const { match, found } of looks) {
        const key = match(tag)
        if (key) found(key, address)
      }
    }
  }

  const changed = () => {
    startAnnouncing()
    startAsking()
  }

  const adjust = () => {
    if (publications.size + looks.size > 0) {
      sockets ??= multicast.open({ heard, changed })
      return
    }
    announcing()
    asking()
    answering?.()
    answering = null
    sockets?.close()
    sockets = null
  }

  return {
    publish(publication) {
      publications.add(publication)
      adjust()
      startAnnouncing()
      return () => {
        publications.delete(publication)
        if (publications.size === 0) startAnnouncing()
        adjust()
      }
    },
    look(look) {
      looks.add(look)
      adjust()
      startAsking()
      return () => {
        looks.delete(look)
        if (looks.size === 0) startAsking()
        adjust()
      }
    },
  }
}
