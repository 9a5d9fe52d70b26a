/** Waits for SIGTERM or SIGINT, then for `stop`. A second signal does not wait. */
export async function untilStopped(stop: () => Promise<void>): Promise<void> {
  await new Promise<void>((resolve) => {
    const signals = ['SIGTERM', 'SIGINT'] as const
    const onSignal = () => {
      for (const signal of signals) process.off(signal, onSignal).once(signal, () => process.exit(1))
      resolve()
    }
    for (const signal of signals) process.on(signal, onSignal)
  })
  await stop()
}
