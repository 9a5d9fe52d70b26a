/**
 * Lets at most `width` pieces of work through at a time, the others in the order they came.
 * A queue, not a limit: whoever must not wait for ever brings a time limit of their own.
 */
export function createTurnstile(width: number) {
  let inside = 0
  const waiting: (() => void)[] = []

  return async function pass<T>(work: () => Promise<T>): Promise<T> {
    if (inside >= width) await new Promise<void>((enter) => waiting.push(enter))
    else inside += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else inside -= 1
    }
  }
}
