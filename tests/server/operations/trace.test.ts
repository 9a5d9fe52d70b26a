import fc from 'fast-check'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { problem } from '../../../src/api/index.ts'
import { traceId, traceIn } from '../../../src/server/operations/trace.ts'
import { numberOf, queryOf } from '../kit/fixtures.ts'
import { testGateway } from '../kit/gateway.ts'

const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
const json = { 'Content-Type': 'application/json' }

describe('a request', () => {
  it('has a trace id, its own or a new one, in what is logged about it and in the problem it gets', async () => {
    const lines: { trace?: string }[] = []
    const log = pino(
      { mixin: () => ({ trace: traceId() }) },
      { write: (line: string) => void lines.push(JSON.parse(line) as { trace?: string }) },
    )
    const gateway = await testGateway({ log })
    gateway.gateway.store.admit = () => Promise.reject(new Error('broken'))
    const body = JSON.stringify({ queries: [queryOf(1)] })
    const post = async (headers: Record<string, string>) =>
      problem.parse(await (await gateway.fetch('/api/v1/queries', { method: 'POST', headers: { ...json, ...headers }, body })).json())
    expect(await post({ traceparent: `00-${trace}-00f067aa0ba902b7-01` })).toMatchObject({ code: 'internal', trace })
    const own = (await post({})).trace
    expect(own).toMatch(/^[\da-f]{32}$/)
    expect((await post({})).trace).not.toBe(own)
    expect(lines.map((line) => line.trace).slice(0, 2)).toEqual([trace, own])
  })
})

describe('a trace id from outside', () => {
  it('is taken from a whole traceparent alone, and never one that could be the number of an invoice', () => {
    expect(traceIn(`00-${trace}-00f067aa0ba902b7-01`)).toBe(trace)
    for (const wrong of [undefined, '', trace, `00-${trace}`, `00-${trace.toUpperCase()}-00f067aa0ba902b7-01`])
      expect(traceIn(wrong)).toBeNull()
    fc.assert(
      fc.property(fc.nat({ max: 999_999 }), fc.stringMatching(/^[\da-f]{12}$/), fc.boolean(), (count, rest, isFirst) => {
        const hidden = isFirst ? numberOf(count) + rest : rest + numberOf(count)
        expect(traceIn(`00-${hidden}-00f067aa0ba902b7-01`)).toBeNull()
      }),
    )
  })
})
