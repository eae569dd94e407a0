/** Names of what IndexedDB rejects with. */
const OF_INDEXED_DB =
  /^(?:Error: )*(?:AbortError|ConstraintError|DataError|InvalidStateError|NotFoundError|QuotaExceededError|TransactionInactiveError|UnknownError|VersionError|TimeoutError|ReadOnlyError|NotReadableError|DataCloneError)\b/

/**
 * Whether a rejection that nobody took is one of those that y-indexeddb leaves: a request of IndexedDB, as it
 * is or wrapped in an Error by lib0, whose failure the store sees elsewhere (SPEC.md, S5).
 */
export const isLeftOver = (reason: unknown): boolean =>
  reason instanceof DOMException
    ? OF_INDEXED_DB.test(reason.name)
    : reason instanceof Error && OF_INDEXED_DB.test(reason.message)

/** Name of an error and where it was thrown, without its message. */
export function placesOf(reason: unknown): string {
  if (!(reason instanceof Error)) return typeof reason
  const places = (reason.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return [reason.name, ...places.slice(0, 3).map((line) => line.trim())].join(' ')
}
