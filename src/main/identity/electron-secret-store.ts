import { safeStorage } from 'electron'
import type { SecretStore } from './secret-store.ts'

/**
 * Electron's safeStorage. To be asked after `app.whenReady`. On Linux without a keyring it encrypts with a password
 * that everybody knows (`basic_text`): that is no store, and the file's mode is what protects the key.
 */
export const electronSecretStore = (): SecretStore => ({
  isAvailable: () =>
    safeStorage.isEncryptionAvailable() &&
    (process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text'),
  // It keeps text, not bytes.
  seal: (plain) => safeStorage.encryptString(Buffer.from(plain).toString('base64')),
  open: (sealed) => Buffer.from(safeStorage.decryptString(Buffer.from(sealed)), 'base64'),
})
