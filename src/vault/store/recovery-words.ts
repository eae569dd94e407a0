/** What a recovery found, as one sentence for the person; null where it is not worth one. */
export function notice(found: {
  readonly missing: number
  readonly changed: number
  readonly wasEmpty: boolean
  readonly isLoss: boolean
}): string | null {
  const { missing, changed, wasEmpty, isLoss } = found
  if (!isLoss) return null
  if (wasEmpty) return `The vault’s store was empty: ${notes(missing)} put back from the journal on this computer.`
  if (missing === 0) {
    return changed === 1
      ? 'Part of a note was missing in the vault’s store and was put back from the journal on this computer.'
      : `Parts of ${changed.toLocaleString('en')} notes were missing in the vault’s store and were put back from the journal on this computer.`
  }
  return `The vault’s store had lost part of what you wrote: ${notes(missing + changed)} put back from the journal on this computer.`
}

/** The same for a store that could not be opened any more. */
export const noticeOfAside = (missing: number): string =>
  `The vault’s store could not be opened any more: ${notes(missing)} put back from the journal on this computer.`

/** Of the doc that holds folders and names. */
export const NOTICE_OF_VAULT_DOC =
  'The vault’s folders could not be read in its store and were put back from the journal on this computer.'

const notes = (count: number): string => (count === 1 ? '1 note was' : `${count.toLocaleString('en')} notes were`)
