/**
 * The worker that looks at pictures: started by the bridge as a module worker, loads the QR engine with its first job.
 * Decoding a picture happens here too, so that a hostile one can only take this worker with it.
 */
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url'
import { searchPicture } from './cascade.ts'
import { decodePicture, pixelsOfFrame } from './canvas.worker.ts'
import { createFrameReader, type FrameReader } from './frame.ts'
import { isTooLarge, readPictureHeader } from './header.ts'
import { luminanceOf } from './luminance.ts'
import { type PictureRequest, requestOf } from './messages.ts'
import { openReader, type QrReader } from './reader.ts'
import type { Seen } from './seen.ts'

/** A person waits with a picture in hand; most are read in a tenth of this. Milliseconds. */
const pictureBudget = 6000

interface Engine {
  readonly reader: QrReader
  readonly frames: FrameReader
}

let engine: Promise<Engine> | null = null
let job: { readonly id: number; readonly abort: AbortController } | null = null

self.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const request = requestOf(data)
  if (request?.is === 'stop') {
    if (job?.id === request.id) job.abort.abort()
  } else if (request) void work(request)
})

async function work(request: Exclude<PictureRequest, { is: 'stop' }>): Promise<void> {
  const abort = new AbortController()
  job = { id: request.id, abort }
  const seen = await look(request, abort.signal).catch((): Seen => ({ ok: false, fault: 'unreadable' }))
  job = null
  self.postMessage({ id: request.id, seen })
}

async function look(request: Exclude<PictureRequest, { is: 'stop' }>, signal: AbortSignal): Promise<Seen> {
  if (request.is === 'picture') {
    const header = readPictureHeader(new Uint8Array(request.bytes))
    if (!header) return { ok: false, fault: 'unreadable' }
    if (isTooLarge(header)) return { ok: false, fault: 'too-large' }
  }
  const { reader, frames } = await (engine ??= load())
  if (request.is === 'frame') {
    try {
      return { ok: true, codes: frames.read(luminanceOf(pixelsOfFrame(request.frame))) }
    } finally {
      request.frame.close()
    }
  }
  const decoded = await decodePicture(request.bytes, request.type)
  if (decoded === 'no-canvas') {
    const codes = reader.readFile(new Uint8Array(request.bytes)).flatMap(({ text, corners }) => (text === null ? [] : [{ text, corners }]))
    return { ok: true, codes }
  }
  if (decoded === 'too-large') return { ok: false, fault: 'too-large' }
  const limits = { budget: pictureBudget, now: () => performance.now(), signal, pause: nextTask }
  const codes = await searchPicture(reader, luminanceOf(decoded.pixels), limits)
  const full = ({ x, y }: { x: number; y: number }) => ({ x: x / decoded.factor, y: y / decoded.factor })
  return { ok: true, codes: codes.map(({ text, corners }) => ({ text, corners: corners.map(full) })) }
}

async function load(): Promise<Engine> {
  try {
    const reader = await openReader({ url: wasmUrl })
    return { reader, frames: createFrameReader(reader) }
  } catch (error) {
    // The next job must try again: the file may have been missing for want of a network. The bridge sees the worker fail.
    engine = null
    setTimeout(() => {
      throw error
    })
    throw error
  }
}

/** Lets a message in. A MessageChannel is not slowed to 4 ms as nested timers are. */
const channel = new MessageChannel()
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    channel.port1.onmessage = () => resolve()
    channel.port2.postMessage(null)
  })
}
