/**
 * The operator's Ed25519 public key, hex, whose signature lets a list replace the bundled one. Whoever runs the service makes the pair offline
 * and sets it here before building; until then no list but the bundled one is trusted.
 */
export const pinnedKey: string | null = null
