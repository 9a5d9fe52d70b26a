/**
 * Joins what comes in the same turn of the event loop into one piece of work, so that a hundred concurrent requests cost one transaction.
 * When a group fails its members are tried one by one, unless `isHopeless` says that this is in vain: nobody fails by another's fault.
 */
export function createGroup<In, Out>(work: (all: readonly In[]) => Promise<Out[]>, isHopeless: (error: unknown) => boolean) {
  interface Member {
    readonly items: readonly In[]
    readonly done: (results: Out[]) => void
    readonly fail: (error: unknown) => void
  }
  let waiting: Member[] = []

  async function alone({ items, done, fail }: Member): Promise<void> {
    try {
      done(await work(items))
    } catch (error) {
      fail(error)
    }
  }

  async function flush(): Promise<void> {
    const members = waiting
    waiting = []
    try {
      const results = await work(members.flatMap(({ items }) => items))
      let next = 0
      for (const { items, done } of members) done(results.slice(next, (next += items.length)))
    } catch (error) {
      if (members.length === 1 || isHopeless(error)) for (const { fail } of members) fail(error)
      else await Promise.all(members.map(alone))
    }
  }

  return (items: readonly In[]): Promise<Out[]> =>
    new Promise((done, fail) => {
      if (waiting.length === 0) setImmediate(() => void flush())
      waiting.push({ items, done, fail })
    })
}
