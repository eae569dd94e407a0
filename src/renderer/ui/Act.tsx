type ActProps = {
  text: string
  /** For whom only hears it, where the words beside it say what it is about. */
  label?: string
  onClick: () => void
  isBusy?: boolean
}

/** Something that a row does, in its own words. */
export function Act({ text, label, onClick, isBusy = false }: ActProps) {
  return (
    <button
      type="button"
      className="text-button act"
      aria-label={label}
      aria-busy={isBusy || undefined}
      onClick={onClick}
    >
      {text}
    </button>
  )
}
