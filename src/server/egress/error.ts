/** Why something did not leave, or what came back was not taken. */
export type EgressFault =
  /** The address is not on the list of whoever asks. */
  | 'not-allowed'
  /** The name leads to an address that is not on the public internet. */
  | 'not-public'
  | 'no-address'
  | 'redirect'
  | 'too-large'
  | 'not-json'
  | 'encoded'
  | 'too-slow'

/** A request that egress refused or gave up. The message names the fault, never the address or what was sent. */
export class EgressError extends Error {
  override readonly name = 'EgressError'
  readonly code: EgressFault

  constructor(code: EgressFault) {
    super(`egress: ${code}`)
    this.code = code
  }
}
