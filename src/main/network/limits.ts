/** Every bound of the transport in one place; tests take smaller ones. Milliseconds, bytes, counts. */
export const LIMITS = {
  /** For a TCP connection, then for Noise, then for the greeting. */
  connect: 3_000,
  handshake: 5_000,
  greeting: 5_000,
  /** A side that has said nothing for so long says a beat; so many of them missed in a row: silent. */
  beat: 2_000,
  missed: 3,
  /** `send` says false from here on. */
  outgoing: 1024 * 1024,
  /** Here a writer that does not listen is cut off. */
  outgoingMost: 8 * 1024 * 1024,
  /** The peer is held up when so much waits for a reader. */
  incoming: 256 * 1024,
  /** Wires that have not greeted yet, with one key. */
  greetings: 4,
  /** Pauses between attempts: doubled from the first to the longest, then between half and all of that by chance. */
  firstPause: 250,
  longestPause: 10_000,
  /** An announcement brings a dial at once, but no more often than this. */
  announcedPause: 250,
  /** Addresses kept for one key: those that were announced, and those that were typed or worked. */
  announced: 6,
  known: 6,
  /** Dials under way for one key. */
  dials: 4,
  /** Sockets that have not proved a key yet: in all, and from one address. */
  handshakes: 64,
  handshakesFrom: 8,
  /** Sockets in all, and from one address. */
  sockets: 256,
  socketsFrom: 32,
  /** Sockets accepted from one address: so many at once, refilled by so many a second. */
  burst: 64,
  perSecond: 16,
  /** Addresses whose sockets are counted. */
  counted: 1_024,
}

export type Limits = typeof LIMITS
