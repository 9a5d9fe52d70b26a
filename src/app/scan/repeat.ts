import type { Instant } from '../../domain/index.ts'

/**
 * Knows which codes the camera has just shown. A code counts as new once it has been out of sight for `pause` milliseconds,
 * so a paper that lies still under the camera is taken once, and the same one shown again later is looked at again.
 */
export function createRepeatGuard(now: () => Instant, pause = 4000): { isNew(text: string): boolean } {
  const lastSeen = new Map<string, Instant>()
  return {
    isNew(text) {
      const at = now()
      for (const [known, seen] of lastSeen) {
        // A clock that was set back must not make a code known for ever.
        if (Math.abs(at - seen) > pause) lastSeen.delete(known)
      }
      const fresh = !lastSeen.has(text)
      lastSeen.set(text, at)
      return fresh
    },
  }
}
