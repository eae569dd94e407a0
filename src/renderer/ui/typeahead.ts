const PAUSE_MS = 700

/**
 * Finds the row that a person types the beginning of. One letter again and again goes through all rows
 * that begin with it; several in a row narrow down. Returns its position, or -1.
 */
export function typeahead(now: () => number = Date.now) {
  let typed = ''
  let at = 0
  return (letter: string, texts: readonly string[], from: number): number => {
    typed = now() - at < PAUSE_MS ? typed + letter : letter
    at = now()
    const isOneLetter = [...typed].every((each) => each === typed[0])
    const wanted = (isOneLetter ? letter : typed).toLocaleLowerCase()
    const start = isOneLetter ? from + 1 : from
    for (let step = 0; step < texts.length; step++) {
      const index = (start + step) % texts.length
      if (texts[index]?.toLocaleLowerCase().startsWith(wanted)) return index
    }
    return -1
  }
}
