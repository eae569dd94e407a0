import './initials.css'

/** A person as two letters; the whole name is for readers and on the pointer. `isAsked`: invited, and has not said. */
export function Initials({ name, isAsked = false }: { name: string; isAsked?: boolean }) {
  return (
    <span className={isAsked ? 'initials is-asked' : 'initials'} title={name} aria-hidden="true">
      {initialsOf(name)}
    </span>
  )
}

/** Of the first and the last word: “Ana Ruiz” is AR, “Jonas” is JO. */
export function initialsOf(name: string): string {
  const parts = name.trim().split(/\s+/)
  const [first = ''] = parts
  const letters = [...first]
  const last = parts.length > 1 ? [...(parts.at(-1) ?? '')][0] : letters[1]
  return `${letters[0] ?? ''}${last ?? ''}`.toLocaleUpperCase()
}
