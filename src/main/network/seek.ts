import type { Disposer } from '../../core/base/disposable.ts'
import type { Clock } from './clock.ts'
import type { Limits } from './limits.ts'
import type { Address, CloseReason, Path, TroubleCode } from './transport.ts'

type SeekOptions = {
  /** null: a wire came about; whether it is kept is told by `connected` and `lost`. */
  dial(address: Address, path: Path, signal: AbortSignal): Promise<TroubleCode | null>
  trouble(code: TroubleCode, address?: Address): void
  readonly clock: Clock
  readonly random: () => number
  readonly limits: Limits
}

type Place = { readonly address: Address; readonly path: Path }

const nameOf = ({ host, port }: Address) => `${host} ${port}`

/**
 * Ends after which the other side is not dialled again at once. `replaced`, with nothing in its place here: another
 * computer uses this device's key (a copied profile), and the two would take the connection from each other for ever.
 */
const DELIBERATE: ReadonlySet<CloseReason> = new Set([
  'left',
  'refused',
  'replaced',
  'version',
  'malformed',
  'oversized',
  'overflow',
])

/** Attempts without an address after which the device counts as not found: two seconds. */
const LOOKED = 3

/** The attempts to reach one device: which addresses are tried, when, and what is wrong (LN7). */
export class Seek {
  readonly #options: SeekOptions
  // Maps keep their order: the last one set is the freshest.
  readonly #known = new Map<string, Place>()
  readonly #announced = new Map<string, Place>()
  readonly #dials = new Map<string, AbortController>()
  #state: 'stopped' | 'seeking' | 'connected' = 'stopped'
  #timer: Disposer = () => {}
  #failed = 0
  #lastDial = Number.NEGATIVE_INFINITY
  #told: string | null = null

  constructor(options: SeekOptions) {
    this.#options = options
  }

  get dials(): number {
    return this.#dials.size
  }

  /** An address that somebody typed, or that worked before. */
  know(address: Address): void {
    const name = nameOf(address)
    if (this.#known.has(name)) return
    remember(this.#known, name, { address, path: 'manual' }, this.#options.limits.known)
    if (this.#state === 'seeking') this.#soon(0)
  }

  announced(address: Address): void {
    const { clock, limits } = this.#options
    const name = nameOf(address)
    const isNew = !this.#announced.has(name)
    remember(this.#announced, name, { address, path: 'lan' }, limits.announced)
    if (this.#state !== 'seeking') return
    // Somebody who announces in our peer's name, with its tag, costs a dial every so often, and no more.
    if (isNew) this.#failed = Math.min(this.#failed, 1)
    this.#soon(Math.max(0, this.#lastDial + limits.announcedPause - clock.now()))
  }

  start(): void {
    if (this.#state !== 'stopped') return
    this.#state = 'seeking'
    this.#soon(0)
  }

  stop(): void {
    this.#state = 'stopped'
    this.#settle()
  }

  connected(): void {
    this.#state = 'connected'
    this.#failed = 0
    this.#told = null
    this.#settle()
  }

  /** A connection, or a wire that was not chosen, has ended. */
  lost(why: CloseReason): void {
    if (this.#state === 'stopped') return
    this.#state = 'seeking'
    if (DELIBERATE.has(why)) this.#failed = Math.max(this.#failed, 6)
    this.#later()
  }

  #settle(): void {
    this.#timer()
    this.#timer = () => {}
    for (const dial of this.#dials.values()) dial.abort()
    this.#dials.clear()
  }

  #soon(ms: number): void {
    this.#timer()
    this.#timer = this.#options.clock.after(ms, () => this.#attempt())
  }

  #later(): void {
    const { random, limits } = this.#options
    const pause = Math.min(limits.longestPause, limits.firstPause * 2 ** Math.min(this.#failed, 16))
    this.#failed++
    this.#soon(pause / 2 + (random() * pause) / 2)
  }

  #attempt(): void {
    if (this.#state !== 'seeking') return
    const { clock, limits } = this.#options
    // Freshest announcements first, and always one that was typed or worked: announcements can be forged.
    const announced = [...this.#announced].reverse()
    const known = [...this.#known].reverse()
    const places = [...announced.slice(0, 2), ...known.slice(0, 2), ...announced.slice(2), ...known.slice(2)]
    // Announcements take a moment: who has only begun to look has not failed to find.
    if (places.length === 0 && this.#failed >= LOOKED) this.#tell('not-found')
    if (places.length > 0) this.#lastDial = clock.now()
    for (const [name, place] of places) {
      if (this.#dials.size >= limits.dials) break
      if (!this.#dials.has(name)) void this.#dial(name, place)
    }
    this.#later()
  }

  async #dial(name: string, { address, path }: Place): Promise<void> {
    const abort = new AbortController()
    this.#dials.set(name, abort)
    const trouble = await this.#options.dial(address, path, abort.signal)
    if (this.#dials.get(name) === abort) this.#dials.delete(name)
    if (abort.signal.aborted || this.#state !== 'seeking') return
    if (trouble === null) {
      // It worked: worth another try when announcements fail, and the next attempt looks here first.
      remember(this.#known, name, { address, path: this.#known.get(name)?.path ?? path }, this.#options.limits.known)
      return
    }
    // An address that does not answer makes room for those not tried yet.
    const tried = this.#announced.get(name)
    if (tried && this.#announced.size > 1) {
      this.#announced.delete(name)
      const rest = [...this.#announced]
      this.#announced.clear()
      this.#announced.set(name, tried)
      for (const [other, place] of rest) this.#announced.set(other, place)
    }
    this.#tell(trouble, address)
  }

  #tell(code: TroubleCode, address?: Address): void {
    const told = address ? `${code} ${nameOf(address)}` : code
    if (this.#told === told) return
    this.#told = told
    this.#options.trouble(code, address)
  }
}

/** Puts the place last; the one that was put there longest ago goes when there are too many. */
function remember(places: Map<string, Place>, name: string, place: Place, most: number): void {
  places.delete(name)
  places.set(name, place)
  const oldest = places.keys().next().value
  if (places.size > most && oldest !== undefined) places.delete(oldest)
}
