/** Background Sync as far as the browser has it; null where it has none. */
export interface SyncRegistration {
  readonly sync?: { register(tag: string): Promise<void> }
  readonly periodicSync?: { register(tag: string, options: { minInterval: number }): Promise<void> }
}

/** The tag of Background Sync and of Periodic Background Sync. */
export const syncTag = 'piaozai-drain'

const halfDay = 43_200_000

/** Asks the browser to wake the worker when it is online. An accelerator: refusals and browsers without it change nothing. */
export async function registerSync(registration: (() => Promise<SyncRegistration | null>) | undefined): Promise<void> {
  try {
    const { sync, periodicSync } = (await registration?.()) ?? {}
    await Promise.allSettled([sync?.register(syncTag), periodicSync?.register(syncTag, { minInterval: halfDay })])
  } catch {
    // Without it the page and the next start drain.
  }
}
