/** Calls `ask` until it is content, at most `seconds` long; returns the last thing it said. */
export async function until<T>(ask: () => T | Promise<T>, content: (value: T) => boolean, seconds = 20): Promise<T> {
  const end = Date.now() + seconds * 1000
  for (;;) {
    const value = await ask()
    if (content(value) || Date.now() > end) return value
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
