import { registerRoute } from 'workbox-routing/registerRoute.js'
import { keepFile } from '../capture/index.ts'
import { environment, openWallet } from '../wallet/index.ts'

/** Where the system posts what is shared to the app; the manifest names it (Web Share Target, W3C). */
const shareUrl = '/share'

/** Keeps what is shared before any page is there to look at it, then opens the page that reads it and shows how far that is. */
export function takeShares(): void {
  registerRoute(
    ({ url, sameOrigin }) => sameOrigin && url.pathname === shareUrl,
    async ({ request }) => {
      const kept = await keepShared(request).catch(() => false)
      return Response.redirect(kept ? '/add?way=file' : '/add?way=file&shared=lost', 303)
    },
    'POST',
  )
}

/** False when a part of it could not be kept: the page says so. */
async function keepShared(request: Request): Promise<boolean> {
  const form = await request.formData()
  const files = form.getAll('files').filter((part) => part instanceof File && part.size > 0) as File[]
  const words = ['title', 'text', 'url'].flatMap((name) => form.getAll(name)).filter((part) => typeof part === 'string' && part !== '')
  // A message with an invoice in it is kept as it came, too. Beside files it only says what they are.
  if (files.length === 0 && words.length > 0) files.push(new File([words.join('\n')], 'shared.txt', { type: 'text/plain' }))
  const platform = environment()
  const wallet = await openWallet(platform)
  try {
    let whole = true
    for (const file of files) {
      const { name, type } = file
      const kept = file.arrayBuffer().then((bytes) => keepFile({ ...platform, wallet }, { name, type, bytes }))
      whole = await kept.then(
        () => whole,
        () => false,
      )
    }
    return whole
  } finally {
    wallet.close()
  }
}
