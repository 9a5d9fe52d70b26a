import { watchable, type Watchable } from '../../domain/index.ts'

/** Chromium's offer to install the app (WICG manifest-incubations); other browsers have none. */
interface InstallEvent extends Event {
  prompt(): Promise<unknown>
}

/** The browser's offer to install the app, while it stands; calling it shows the browser's own question. */
export function watchInstall(scope: EventTarget): Watchable<(() => void) | null> {
  const offer = watchable<(() => void) | null>(null)
  scope.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    offer.set(() => {
      offer.set(null)
      void (event as InstallEvent).prompt().catch(() => undefined)
    })
  })
  scope.addEventListener('appinstalled', () => offer.set(null))
  return offer
}
