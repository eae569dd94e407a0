/** The part of libsodium that identity/ uses; `sodium-universal` has no types of its own. Every call fills its first argument. */
declare module 'sodium-universal' {
  const sodium: {
    readonly crypto_sign_PUBLICKEYBYTES: number
    readonly crypto_sign_SECRETKEYBYTES: number
    readonly crypto_sign_SEEDBYTES: number
    readonly crypto_sign_BYTES: number
    readonly crypto_box_SEALBYTES: number
    crypto_sign_seed_keypair(publicKey: Uint8Array, secretKey: Uint8Array, seed: Uint8Array): void
    crypto_sign_detached(signature: Uint8Array, message: Uint8Array, secretKey: Uint8Array): void
    crypto_sign_verify_detached(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean
    /** Throws where the key is no point of the curve, or one of small order. */
    crypto_sign_ed25519_pk_to_curve25519(to: Uint8Array, publicKey: Uint8Array): void
    crypto_sign_ed25519_sk_to_curve25519(to: Uint8Array, secretKey: Uint8Array): void
    crypto_box_seal(to: Uint8Array, message: Uint8Array, publicKey: Uint8Array): void
    crypto_box_seal_open(to: Uint8Array, sealed: Uint8Array, publicKey: Uint8Array, secretKey: Uint8Array): boolean
  }
  // biome-ignore lint/style/noDefaultExport: it is what the package has
  export default sodium
}
