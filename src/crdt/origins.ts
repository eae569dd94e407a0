/**
 * Where a transaction came from. Undo follows the binding only, an undo of import or rename follows its
 * own origin, and nothing is sent back to the peer whose origin it carries (ARCHITECTURE, "Processes").
 */
export class Origin {
  constructor(readonly kind: 'local' | 'peer' | 'import' | 'store') {}
}

/** Calls of this process that are not typing: rename, move, append. */
export const LOCAL = new Origin('local')
export const IMPORT = new Origin('import')
/** Read from disk: never to be written there again. */
export const STORE = new Origin('store')
