import { readonly, ref } from 'vue'
import { whenInteractive } from './interactive.ts'
import { update } from './update.ts'

const scriptUrl = '/sw.js'
const checkEvery = 60 * 60 * 1000

const installed = ref(false)

/** True when the app opens without a network: everything it needs is stored. */
export const worksOffline = readonly(installed)

/**
 * Installs the service worker once the page can be used, so that its downloads delay nobody, and tells {@link update} when a
 * newer version waits. Does nothing where there are no service workers (plain HTTP over the network).
 * @param entry address of the script this page was started from: it names the page's version to the worker.
 */
export async function startWorker(entry: string): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  const { serviceWorker } = navigator
  answerWhichVersion(serviceWorker, entry)
  await whenInteractive()
  const { Workbox } = await import('workbox-window')
  const worker = new Workbox(scriptUrl)
  worker.addEventListener('waiting', () => update.offer(() => worker.messageSkipWaiting()))
  worker.addEventListener('controlling', ({ isUpdate, isExternal }) => {
    if (isUpdate === true || isExternal === true) update.tookOver()
  })
  const registration = await worker.register({ immediate: true }).catch(() => undefined)
  if (registration === undefined) return
  await serviceWorker.ready
  installed.value = true
  serviceWorker.controller?.postMessage({ type: 'PRUNE' })
  const check = () => void registration.update().catch(() => undefined)
  setInterval(check, checkEvery)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') check()
  })
}

/** The worker asks every open page for its version before it deletes an old one (src/sw/versions.ts). */
function answerWhichVersion(container: ServiceWorkerContainer, entry: string): void {
  container.addEventListener('message', ({ data, ports }: MessageEvent<{ type?: string } | null>) => {
    if (data?.type === 'WHICH_VERSION') ports[0]?.postMessage(entry)
  })
  container.startMessages()
}
