import { onMounted, ref, shallowRef } from 'vue'

/** What the browser says of the room this app takes. `persisted` null: it does not say whether it may evict. */
export interface StorageFacts {
  /** Bytes, a rough figure; null where the browser does not say. */
  readonly used: number | null
  readonly persisted: boolean | null
}

/** Asks the browser about its storage, and for its promise not to evict. Browsers without either answer null. */
export function useStorage() {
  const facts = shallowRef<StorageFacts>({ used: null, persisted: null })
  const refused = ref(false)

  async function read(): Promise<void> {
    const { storage } = navigator as Partial<Navigator>
    const [used, persisted] = await Promise.all([
      storage?.estimate?.().then(
        ({ usage }) => usage ?? null,
        () => null,
      ) ?? null,
      storage?.persisted?.().catch(() => null) ?? null,
    ])
    facts.value = { used, persisted }
  }

  async function persist(): Promise<void> {
    const { storage } = navigator as Partial<Navigator>
    const promised = await (storage?.persist?.().catch(() => false) ?? false)
    refused.value = !promised
    await read()
  }

  onMounted(read)
  return { facts, refused, read, persist }
}

/** Bytes as people say them: `320 KB`, `1.4 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1000))} KB`
  return bytes < 1_000_000_000 ? `${(bytes / 1_000_000).toFixed(1)} MB` : `${(bytes / 1_000_000_000).toFixed(1)} GB`
}
