import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createPictureReader, type Seen } from '../../../src/formats/picture/index.ts'
import type { ReaderWorker } from '../../../src/formats/worker/jobs.ts'
import type { ReaderRequest } from '../../../src/formats/worker/messages.ts'

/** A worker whose answers the test gives. */
class FakeWorker implements ReaderWorker {
  onmessage: ReaderWorker['onmessage'] = null
  onerror: ReaderWorker['onerror'] = null
  onmessageerror: ReaderWorker['onmessageerror'] = null
  readonly requests: ReaderRequest[] = []
  ended = false
  postMessage(message: ReaderRequest) {
    this.requests.push(message)
  }
  terminate() {
    this.ended = true
  }
  answer(seen: Seen, id = this.requests.at(-1)!.id) {
    this.onmessage?.({ data: { id, seen } })
  }
}

const nothing: Seen = { ok: true, codes: [] }
const noReader: Seen = { ok: false, fault: 'no-reader' }
const frame = { close() {} }
const photo = new Blob(['photo'], { type: 'image/jpeg' })
let workers: FakeWorker[]
const startWorker = () => {
  const worker = new FakeWorker()
  workers.push(worker)
  return worker
}

beforeEach(() => {
  vi.useFakeTimers()
  workers = []
})
afterEach(() => void vi.useRealTimers())

describe('The picture worker', () => {
  test('starts with the first picture, not before', async () => {
    const reader = createPictureReader(startWorker)
    expect(workers).toHaveLength(0)
    const seen = reader.frame(frame)
    workers[0]!.answer({ ok: true, codes: [{ text: 'T', corners: [] }] })
    expect(await seen).toEqual({ ok: true, codes: [{ text: 'T', corners: [] }] })
  })

  test('gets one job at a time, in order', async () => {
    const reader = createPictureReader(startWorker)
    const first = reader.frame(frame)
    const second = reader.frame(frame)
    expect(workers[0]!.requests).toHaveLength(1)
    workers[0]!.answer(nothing)
    await first
    expect(workers[0]!.requests).toHaveLength(2)
    workers[0]!.answer(nothing)
    await second
    expect(workers).toHaveLength(1)
  })

  test('ends when it had nothing to do for 30 s, and starts again with the next picture', async () => {
    const reader = createPictureReader(startWorker)
    const seen = reader.frame(frame)
    workers[0]!.answer(nothing)
    await seen
    vi.advanceTimersByTime(29_999)
    expect(workers[0]!.ended).toBe(false)
    vi.advanceTimersByTime(1)
    expect(workers[0]!.ended).toBe(true)
    void reader.frame(frame)
    expect(workers).toHaveLength(2)
  })

  test('is replaced after a crash; the job that was under way has no reader, the one waiting gets the new worker', async () => {
    const reader = createPictureReader(startWorker)
    const first = reader.frame(frame)
    const second = reader.frame(frame)
    workers[0]!.onerror?.({ preventDefault() {} })
    expect(await first).toEqual(noReader)
    expect(workers).toHaveLength(2)
    workers[1]!.answer(nothing)
    expect(await second).toEqual(nothing)
  })

  test('is replaced when a picture takes too long: such a picture is unreadable', async () => {
    const reader = createPictureReader(startWorker)
    const seen = reader.picture(photo)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(await seen).toEqual({ ok: false, fault: 'unreadable' })
    expect(workers[0]!.ended).toBe(true)
  })

  test('that cannot be started at all is no reader', async () => {
    const reader = createPictureReader(() => {
      throw new TypeError('blocked by policy')
    })
    expect(await reader.frame(frame)).toEqual(noReader)
  })

  test('late answers of an ended worker and answers to other ids change nothing', async () => {
    const reader = createPictureReader(startWorker)
    const first = reader.frame(frame)
    const [old] = workers
    old!.onerror?.({ preventDefault() {} })
    await first
    let settled = false
    const second = reader.frame(frame).finally(() => (settled = true))
    old!.answer(nothing, workers[1]!.requests[0]!.id)
    workers[1]!.answer(nothing, 12345)
    await vi.advanceTimersByTimeAsync(1)
    expect(settled).toBe(false)
    workers[1]!.answer(nothing)
    expect(await second).toEqual(nothing)
  })
})

describe('A picture whose reading is given up', () => {
  test('ends at once for the page, tells the worker, and lets the next one follow', async () => {
    const reader = createPictureReader(startWorker)
    const stop = new AbortController()
    const first = reader.frame(frame, stop.signal)
    const second = reader.frame(frame)
    stop.abort(new Error('left the page'))
    await expect(first).rejects.toThrow('left the page')
    expect(workers[0]!.requests.at(-1)).toMatchObject({ is: 'stop', id: workers[0]!.requests[0]!.id })
    workers[0]!.answer(nothing, workers[0]!.requests[0]!.id)
    workers[0]!.answer(nothing)
    expect(await second).toEqual(nothing)
  })

  test('never reaches the worker when it was still waiting', async () => {
    const reader = createPictureReader(startWorker)
    const stop = new AbortController()
    const first = reader.frame(frame)
    const second = reader.frame(frame, stop.signal)
    stop.abort(new Error('left the page'))
    await expect(second).rejects.toThrow('left the page')
    workers[0]!.answer(nothing)
    await first
    expect(workers[0]!.requests).toHaveLength(1)
  })

  test('close ends what is under way and what waits', async () => {
    const reader = createPictureReader(startWorker)
    const both = Promise.all([reader.frame(frame), reader.frame(frame)])
    reader.close()
    expect(await both).toEqual([noReader, noReader])
    expect(workers[0]!.ended).toBe(true)
  })
})
