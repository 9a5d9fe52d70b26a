import { join } from 'node:path'
import type { Request } from '@playwright/test'
import { openDevice } from './support/device.ts'
import { expect, test } from './support/test.ts'

const kB = 1000
const budget = { html: 14 * kB, firstPaint: 60 * kB, interactive: 120 * kB }

test('a new visitor gets by with 60 kB until something is seen and 120 kB until the wallet can be used', async ({ folder, gateway }) => {
  const phone = await openDevice({ profile: join(folder, 'fresh'), serviceWorkers: 'block' })
  try {
    const requests: Request[] = []
    phone.context.on('requestfinished', (request) => requests.push(request))
    const page = await phone.open(gateway.url)
    const { painted, interactive } = await page.evaluate(async () => {
      const seen = (type: string, name: string) =>
        new Promise<number>((resolve) =>
          new PerformanceObserver((list) => {
            const [entry] = list.getEntriesByName(name)
            if (entry) resolve(performance.timeOrigin + entry.startTime)
          }).observe({ type, buffered: true }),
        )
      return { painted: await seen('paint', 'first-contentful-paint'), interactive: await seen('mark', 'wallet-interactive') }
    })
    const loads = await Promise.all(
      requests.map(async (request) => ({
        path: new URL(request.url()).pathname,
        at: request.timing().startTime,
        bytes: (await request.sizes()).responseBodySize,
      })),
    )
    const until = (time: number) => loads.filter(({ at }) => at < time)
    const sum = (some: typeof loads) => some.reduce((total, { bytes }) => total + bytes, 0)
    const html = loads.find(({ path }) => path === '/')?.bytes ?? 0
    const figures = { html, firstPaint: sum(until(painted)), interactive: sum(until(interactive)) }

    console.log(
      `bytes requested, brotli: html ${figures.html}, until first contentful paint ${figures.firstPaint}, until wallet-interactive ${figures.interactive}`,
    )
    for (const { path, bytes, at } of loads.toSorted((a, b) => a.at - b.at))
      console.log(
        `  ${String(bytes).padStart(7)}  ${at < painted ? 'before paint' : at < interactive ? 'before interactive' : 'later'}  ${path}`,
      )
    expect(html).toBeGreaterThan(0)
    expect(figures.html).toBeLessThanOrEqual(budget.html)
    expect(figures.firstPaint).toBeLessThanOrEqual(budget.firstPaint)
    expect(figures.interactive).toBeLessThanOrEqual(budget.interactive)
  } finally {
    await phone.close()
  }
})
