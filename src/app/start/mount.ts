import { noPictureReader } from '../../capture/index.ts'
import { createChannels, startProbing } from '../../channels/index.ts'
import { startDraining } from '../../outbox/index.ts'
import { keepStatus, openReference } from '../../reference/index.ts'
import { environment, openWallet } from '../../wallet/index.ts'
import { createPiaozaiApp } from '../app.ts'
import { watchInstall } from './install.ts'
import { whenInteractive } from './interactive.ts'
import { pageEvents } from './page-events.ts'
import { useUpdate } from './update.ts'
import { startWorker, worksOffline } from './worker.ts'

/**
 * Opens what the pages need, puts the app in the place of the shell, and lets the rest follow once the person can use it.
 * @param entry address of the script the page was started from.
 * @throws WalletError when the wallet cannot be opened.
 */
export async function start(entry: string): Promise<void> {
  const install = watchInstall(window)
  const platform = environment()
  const wallet = await openWallet(platform)
  const settings = await wallet.settings()
  const channels = createChannels({
    ...platform,
    fetch: (url, init) => fetch(url, init),
    origins: [location.origin],
    deviceId: async () => (await wallet.settings()).deviceId,
    onLine: () => navigator.onLine,
  })
  let drainNow = () => {}
  const app = await createPiaozaiApp({
    ...platform,
    wallet,
    channels,
    languages: navigator.languages,
    preferences: settings,
    update: useUpdate(),
    install,
    version: __VERSION__,
    worksOffline,
    forget: async () => (await openReference(platform)).erase(),
    drainNow: () => drainNow(),
    pictures: noPictureReader,
    copy: (text) =>
      navigator.clipboard.writeText(text).then(
        () => true,
        () => false,
      ),
  })
  app.mount('#app')

  void startWorker(entry)
  await whenInteractive()
  const registration = async () => ('serviceWorker' in navigator ? await navigator.serviceWorker.ready : null)
  drainNow = startDraining({ ...platform, wallet, channels, events: pageEvents, registration }).drainNow
  const reference = await openReference(platform)
  await keepStatus(reference, channels)
  startProbing({ ...platform, channels, events: pageEvents })
}
