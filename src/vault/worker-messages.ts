/** What the host page sends to the vault worker; the ports come with the message. */
export type ToVaultWorker =
  /**
   * The vault's id, with two ports to the index worker, index-write and index, and two to main, keeper and
   * journal, in this order. Comes first, once.
   */
  | { readonly start: string }
  /** Somebody who speaks ipc/vault-contract.ts. */
  | { readonly port: 'vault' }

/** What the vault worker sends to the host page: the store does not answer it, and may answer the page. */
export type FromVaultWorker = { readonly isDeaf: true }
