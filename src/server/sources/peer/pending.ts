/** The ids under which another gateway holds questions. What is forgotten (a restart, too many) is asked anew and joins what waits there. */
export interface Pending {
  get(question: string): string | null
  keep(question: string, id: string): void
  forget(question: string): void
}

const most = 20_000

export function createPending(): Pending {
  const ids = new Map<string, string>()
  return {
    get: (question) => ids.get(question) ?? null,
    keep(question, id) {
      ids.set(question, id)
      const [oldest] = ids.keys()
      if (ids.size > most && oldest !== undefined) ids.delete(oldest)
    },
    forget: (question) => void ids.delete(question),
  }
}
