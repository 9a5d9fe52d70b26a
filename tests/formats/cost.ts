/** Milliseconds of processor time that the cheapest of some runs takes: what a busy machine does meanwhile does not count. */
export function costOf(run: () => unknown, runs = 4): number {
  const costs = Array.from({ length: runs }, () => {
    const start = process.cpuUsage()
    run()
    const { user, system } = process.cpuUsage(start)
    return (user + system) / 1000
  })
  return Math.min(...costs)
}
