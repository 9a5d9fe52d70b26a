import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createFileReader, type JudgedReading } from '../../../src/formats/index.ts'
import type { ReaderWorker } from '../../../src/formats/worker/jobs.ts'
import type { ReaderAnswer, ReaderRequest } from '../../../src/formats/worker/messages.ts'

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
  say(what: { step: 'begun' | 'end' } | { judged: JudgedReading }) {
    const answer: ReaderAnswer = { id: this.requests.at(-1)!.id, ...what }
    this.onmessage?.({ data: answer })
  }
}

const judged = (file: string): JudgedReading => ({
  reading: { file, format: 'ofd', state: 'read', drafts: [], problems: [] },
  seal: null,
  sha256: null,
})
let workers: FakeWorker[]
const read = () => {
  const reader = createFileReader(() => {
    const worker = new FakeWorker()
    workers.push(worker)
    return worker
  })
  return (name = 'a.zip', signal?: AbortSignal) => reader.read(new ArrayBuffer(4), name, signal)
}

beforeEach(() => {
  vi.useFakeTimers()
  workers = []
})
afterEach(() => void vi.useRealTimers())

describe('The reading worker, for files', () => {
  test('gives a reading for each file of an archive, then its end', async () => {
    const report = read()()
    workers[0]!.say({ step: 'begun' })
    workers[0]!.say({ judged: judged('a.zip/1.ofd') })
    workers[0]!.say({ judged: judged('a.zip/2.ofd') })
    workers[0]!.say({ step: 'end' })
    expect(await report).toEqual({ readings: [judged('a.zip/1.ofd'), judged('a.zip/2.ofd')], end: 'whole' })
  })

  test('reads one file after the other with one worker', async () => {
    const next = read()
    const first = next('1.ofd')
    const second = next('2.ofd')
    expect(workers[0]!.requests).toHaveLength(1)
    workers[0]!.say({ step: 'end' })
    await first
    expect(workers[0]!.requests).toMatchObject([{ name: '1.ofd' }, { name: '2.ofd' }])
    workers[0]!.say({ step: 'end' })
    await second
    expect(workers).toHaveLength(1)
  })

  test('stops a file over which it says nothing for 20 s, keeps what was read of it, and reads the next with a new worker', async () => {
    const next = read()
    const first = next()
    const second = next('b.ofd')
    workers[0]!.say({ step: 'begun' })
    vi.advanceTimersByTime(19_999)
    workers[0]!.say({ judged: judged('a.zip/1.ofd') })
    vi.advanceTimersByTime(19_999)
    expect(workers[0]!.ended).toBe(false)
    vi.advanceTimersByTime(1)
    expect(await first).toEqual({ readings: [judged('a.zip/1.ofd')], end: 'late' })
    expect(workers[0]!.ended).toBe(true)
    workers[1]!.say({ step: 'end' })
    expect(await second).toMatchObject({ end: 'whole' })
  })

  test('says of a file that took it down that it did', async () => {
    const report = read()()
    workers[0]!.say({ step: 'begun' })
    workers[0]!.onerror?.({ preventDefault() {} })
    expect(await report).toEqual({ readings: [], end: 'died' })
  })

  test('does not blame the file when it could not begin', async () => {
    const report = read()()
    workers[0]!.onerror?.({ preventDefault() {} })
    expect(await report).toEqual({ readings: [], end: 'no-reader' })
    const refusing = createFileReader(() => {
      throw new Error('no workers here')
    })
    expect(await refusing.read(new ArrayBuffer(1), 'a')).toEqual({ readings: [], end: 'no-reader' })
  })

  test('is stopped by its signal', async () => {
    const stop = new AbortController()
    const report = read()('a.zip', stop.signal)
    stop.abort(new Error('enough'))
    await expect(report).rejects.toThrow('enough')
    expect(workers[0]!.requests).toMatchObject([{ is: 'file' }, { is: 'stop' }])
  })
})
