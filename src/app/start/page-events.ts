import type { PageEvents } from '../../channels/index.ts'

/** The page's own changes, for whoever drains or probes. */
export const pageEvents: PageEvents = {
  visible: () => document.visibilityState === 'visible',
  onChange(run) {
    const online = () => run('online')
    const offline = () => run('offline')
    const shown = () => {
      if (document.visibilityState === 'visible') run('visible')
    }
    addEventListener('online', online)
    addEventListener('offline', offline)
    document.addEventListener('visibilitychange', shown)
    return () => {
      removeEventListener('online', online)
      removeEventListener('offline', offline)
      document.removeEventListener('visibilitychange', shown)
    }
  },
}
