import { err, ok, type Result } from '../../core/base/result.ts'
import { type KeyPair, keyPairFrom, SEED_BYTES } from './keys.ts'
import { type Kept, readSecretFile, type SecretProblem, writeSecretFile } from './secret-file.ts'
import type { SecretStore } from './secret-store.ts'

export type Device = {
  readonly pair: KeyPair
  /** Where the private half is; for a sentence in the settings. */
  readonly kept: Kept
}

/**
 * The key of this computer: made when it is first needed, the same from then on. A file that is there and cannot be
 * read is a problem, never a reason to make another key: this computer would be a stranger to its own vaults.
 * @param random gives bytes that nobody can guess
 */
export async function deviceAt(
  file: string,
  store: SecretStore,
  random: (count: number) => Uint8Array,
): Promise<Result<Device, SecretProblem>> {
  const read = await readSecretFile(file, store)
  if (!read.ok) return read
  if (read.value) {
    const { secret, kept } = read.value
    if (secret.length !== SEED_BYTES) return err({ code: 'damaged' })
    // A store that came later, such as a keyring that was installed, takes over what a file had to hold.
    const now = kept === 'file' && store.isAvailable() ? await writeSecretFile(file, secret, store) : kept
    return ok({ pair: keyPairFrom(secret), kept: now })
  }
  const seed = random(SEED_BYTES)
  const kept = await writeSecretFile(file, seed, store)
  return ok({ pair: keyPairFrom(seed), kept })
}
