/** A sentence with the words of a link in it, underlined. */
export function Marked({ context, start, end }: { context: string; start: number; end: number }) {
  return (
    <>
      {context.slice(0, start)}
      <mark className="linking">{context.slice(start, end)}</mark>
      {context.slice(end)}
    </>
  )
}

/** A found passage; pieces with `hit` are the words that were looked for. */
export function Snippet({ pieces }: { pieces: readonly { readonly text: string; readonly hit: boolean }[] }) {
  return pieces.map(({ text, hit }, at) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one passage never change their order
    hit ? <mark key={at}>{text}</mark> : <span key={at}>{text}</span>,
  )
}
