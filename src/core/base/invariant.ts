/** Thrown when the program is wrong, never for bad input. The message must not hold text of a note. */
export class InvariantError extends Error {
  override name = 'InvariantError'
}

export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantError(message)
}

/** Closes a `switch` over a union: the type checker complains when a case is missing. */
export function unreachable(value: never): never {
  throw new InvariantError(`unexpected case: ${typeof value}`)
}
