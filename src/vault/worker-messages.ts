/** What the host page sends to the vault worker; the ports come with the message. */
export type ToVaultWorker =
  /** The vault's id, with two ports to the index worker: index-write, then index. Comes first, once. */
  | { readonly start: string }
  /** Somebody who speaks ipc/vault-contract.ts. */
  | { readonly port: 'vault' }
