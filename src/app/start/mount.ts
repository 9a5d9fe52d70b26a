import { watch } from 'vue'
import { createFileReader, createPictureReader } from '../../capture/index.ts'
import { createChannels } from '../../channels/index.ts'
import { environment, openWallet, WalletError } from '../../wallet/index.ts'
import { createFaultApp, createPiaozaiApp } from '../app.ts'
import { handOut } from './hand-out.ts'
import { watchInstall } from './install.ts'
import { interactiveMark, whenInteractive } from './interactive.ts'
import { useUpdate } from './update.ts'
import { startWorker, worksOffline } from './worker.ts'

/**
 * Opens what the pages need, puts the app in the place of the shell, and lets the rest follow once the person can use it.
 * A wallet that cannot be opened is said, with what helps, instead of a shell that never fills.
 * @param entry address of the script the page was started from.
 */
export async function start(entry: string): Promise<void> {
  const install = watchInstall(window)
  const platform = environment()
  const opened = await openWallet(platform).catch((error: unknown) => {
    if (error instanceof WalletError) return error
    throw error
  })
  if (opened instanceof WalletError) {
    const note = await createFaultApp(opened.fault, navigator.languages)
    note.mount('#app')
    takeUpdateAtOnce()
    void startWorker(entry)
    return
  }
  const wallet = opened
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
    forget: async () => (await import('./follow.ts')).forget(platform),
    makeRoom: async () => (await import('./follow.ts')).makeRoom(platform),
    drainNow: () => drainNow(),
    pictures: createPictureReader(startReadingWorker),
    files: createFileReader(startReadingWorker),
    startKeeper: () => new Worker(new URL('../../capture/files/keeper.worker.ts', import.meta.url), { type: 'module' }),
    receiptKeys: {
      known: async () => (await import('./receipt-keys.ts')).knownKeys(platform, location.origin),
      fetch: async () => (await import('./receipt-keys.ts')).fetchKeysNow(platform, channels),
    },
    handOut,
    copy: (text) =>
      navigator.clipboard.writeText(text).then(
        () => true,
        () => false,
      ),
  })
  app.mount('#app')
  // The wallet says by itself when its list is there; every other page can be used as soon as it stands.
  if (location.pathname !== '/') performance.mark(interactiveMark)

  void startWorker(entry)
  await whenInteractive()
  const { follow } = await import('./follow.ts')
  const { followFiles, judgeAnew } = await import('./files.ts')
  drainNow = await follow({ ...platform, wallet, channels }, () => judgeAnew(app))
  followFiles(app)
}

/** With the wallet closed there is nothing on the page to lose, and a newer version may be what opens it. */
function takeUpdateAtOnce(): void {
  const { available, apply } = useUpdate()
  watch(available, (isThere) => isThere && apply(), { immediate: true })
}

/** Vite finds the worker by this very expression; the page's script policy lets it start. */
function startReadingWorker(): Worker {
  return new Worker(new URL('../../capture/files/reader.worker.ts', import.meta.url), { type: 'module' })
}
