import { computed, type ComputedRef } from 'vue'
import { useDeps } from '../deps.ts'
import { useMedia } from './media.ts'
import { useWatchable } from './live.ts'

/** How this app can get onto the home screen here. */
export type Installing =
  | { readonly is: 'installed' }
  | { readonly is: 'offered'; readonly run: () => void }
  /** Only by hand: iOS has its own way, the others have a menu; without HTTPS there is none. */
  | { readonly is: 'by-hand'; readonly how: 'ios' | 'other' | 'insecure' }

/** Follows the browser's offer and the display mode. */
export function useInstalling(): ComputedRef<Installing> {
  const offer = useWatchable(useDeps().install)
  const standalone = useMedia('(display-mode: standalone)')
  return computed(() => {
    if (standalone.value) return { is: 'installed' }
    if (offer.value !== null) return { is: 'offered', run: offer.value }
    return { is: 'by-hand', how: !isSecureContext ? 'insecure' : isIos(navigator) ? 'ios' : 'other' }
  })
}

/** iPadOS says that it is a Mac; only the fingers give it away. */
export function isIos({ userAgent, maxTouchPoints }: Pick<Navigator, 'userAgent' | 'maxTouchPoints'>): boolean {
  return /iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1)
}
