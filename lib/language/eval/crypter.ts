/** Opens the ciphertexts of one environment. May answer at once: then evaluation needs no extra turn. */
export interface Decrypter {
  /**
   * @param ciphertext the bytes inside the envelope of spec §18
   * @returns the plaintext; throw or reject with an Error whose message may be shown
   */
  decrypt(ciphertext: Uint8Array, request: { readonly signal: AbortSignal }): Promise<string> | string
}

/** Seals plaintexts of one environment. */
export interface Encrypter {
  /** @returns the bytes that go into the envelope */
  encrypt(plaintext: string): Promise<Uint8Array> | Uint8Array
}
