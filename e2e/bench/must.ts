/** A time for a wrong result says nothing: the row fails instead. */
export function must(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new Error(otherwise)
}
