import { monitorEventLoopDelay } from 'node:perf_hooks'
import { constrainedMemory, memoryUsage } from 'node:process'
import { totalmem } from 'node:os'
import { getHeapStatistics } from 'node:v8'
import type { Readings } from '../admission/load.ts'

/** Watches this process for as long as it lives. Each look tells what has been since the last one. */
export function watchProcess(): () => Readings {
  const delay = monitorEventLoopDelay({ resolution: 10 })
  delay.enable()
  const heapLimit = getHeapStatistics().heap_size_limit
  const given = constrainedMemory()
  const memoryLimit = given > 0 ? Math.min(given, totalmem()) : totalmem()
  return () => {
    const delayMs = delay.max / 1e6
    delay.reset()
    const { heapUsed, rss } = memoryUsage()
    return { delayMs, memory: Math.max(heapUsed / heapLimit, rss / memoryLimit) }
  }
}
