/**
 * The system's secret store (Keychain, DPAPI, libsecret) as main needs it. Behind a port, because only Electron
 * reaches it, and what is under `main/network/` and the tests run without.
 */
export type SecretStore = {
  /** false: there is none, or none that keeps anything from anybody (Linux without a keyring). */
  isAvailable(): boolean
  seal(plain: Uint8Array): Uint8Array
  /** Throws where it was sealed by another user, on another computer, or changed. */
  open(sealed: Uint8Array): Uint8Array
}

/** Where there is no store: what is kept lies in a file that only this user may read, and the app says so. */
export const noSecretStore: SecretStore = {
  isAvailable: () => false,
  seal: () => {
    throw new Error('there is no secret store')
  },
  open: () => {
    throw new Error('there is no secret store')
  },
}
