/** What is only read has no name but its place, and keeps it. */
export const placed = <T>(items: readonly T[]): { readonly at: number; readonly item: T }[] =>
  items.map((item, at) => ({ at, item }))
