/** What is used here of sm-crypto, which has no types. Messages are arrays of octets, everything else is hexadecimal. */
declare module 'sm-crypto' {
  export const sm2: {
    doVerifySignature(message: readonly number[], signature: string, publicKey: string, options: { hash: true }): boolean
  }
  export const sm3: (message: readonly number[]) => string
}
