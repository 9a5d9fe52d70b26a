import type { Addresses } from '../http/handle.ts'

/**
 * Where the system posts what is shared to the app (Web Share Target, W3C). The app's worker takes it before it leaves the device; a device whose
 * worker is not there yet, or was taken down, sends it here. Nothing of it is read or kept: the page says that it must be shared once more.
 */
export const shareRoutes: Addresses = {
  '/share': { POST: () => ({ status: 303, headers: ['Location', '/add?way=file&shared=lost'], body: null }) },
}
