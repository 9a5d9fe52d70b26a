import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url'
import { searchPicture, type ReadCode } from '../picture/cascade.ts'
import { decodePicture, pixelsOfFrame } from '../picture/canvas.worker.ts'
import { createFrameReader, type FrameReader } from '../picture/frame.ts'
import { isTooLarge, readPictureHeader } from '../picture/header.ts'
import { luminanceOf, type Luminance } from '../picture/luminance.ts'
import { openReader, type QrReader } from '../picture/reader.ts'
import type { Seen } from '../picture/seen.ts'
import type { Picture } from '../file/qrs.ts'
import type { JudgedReading, ReadOptions } from '../file/reading.ts'
import { type ReaderAnswer, type ReaderRequest, requestOf } from './messages.ts'

/** A person waits with a picture in hand; most are read in a tenth of this. Milliseconds. */
const pictureBudget = 6000
/** A picture inside a file is upright and clean; there are many of them. */
const insideBudget = 2000
/** Over with the first pass, which is always made. */
const glanceBudget = 1
/** What one file may take, also each one of an archive, and an archive as a whole. Real ones take a hundredth. */
const perFile = 15_000
const perArchive = 600_000

interface Engine {
  readonly reader: QrReader
  readonly frames: FrameReader
}
type Work<Is extends ReaderRequest['is']> = Extract<ReaderRequest, { is: Is }>

/** Reads a file, one of an archive after the other. `lists` is what the page handed over with it, as it came. */
export type ReadJudged = (bytes: Uint8Array, options: ReadOptions, lists: unknown) => AsyncIterable<JudgedReading>

let engine: Promise<Engine> | null = null
let job: { readonly id: number; readonly abort: AbortController } | null = null

/**
 * Makes this realm the worker that looks at pictures and reads files: started by a bridge as a module worker, loads the QR engine with its
 * first picture and the readers with its first file. Everything hostile is opened here, so that it can only take this worker with it.
 * @param readFiles reads files, judged by whoever knows how; it may load what it needs with the first.
 */
export function serveReader(readFiles: ReadJudged): void {
  self.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const request = requestOf(data)
    if (request?.is === 'stop') {
      if (job?.id === request.id) job.abort.abort()
    } else if (request) work(request, readFiles).catch(crash)
  })
}

async function work(request: Work<'frame' | 'picture' | 'file'>, readFiles: ReadJudged): Promise<void> {
  const abort = new AbortController()
  const { id } = request
  job = { id, abort }
  if (request.is === 'file') await readFile(request, abort.signal, readFiles)
  else answer({ id, seen: await look(request, abort.signal).catch((): Seen => ({ ok: false, fault: 'unreadable' })) })
  if (job.id === id) job = null
}

/** A rejection alone would not reach the page. */
function crash(error: unknown): void {
  setTimeout(() => {
    throw error
  })
}

function answer(message: ReaderAnswer): void {
  self.postMessage(message)
}

/** What it throws is the worker's own fault, not the file's, and reaches the bridge as a crash. */
async function readFile({ id, bytes, name, lists }: Work<'file'>, signal: AbortSignal, readFiles: ReadJudged): Promise<void> {
  answer({ id, step: 'begun' })
  const now = () => performance.now()
  const whole = new Uint8Array(bytes)
  const options = {
    file: name,
    signal,
    now,
    perFile,
    deadline: now() + perArchive,
    readPictures: async (picture: Picture, isGlance = false) => {
      const budget = isGlance
        ? glanceBudget
        : picture instanceof Uint8Array && picture.length === whole.length
          ? pictureBudget
          : insideBudget
      const seen = await (picture instanceof Uint8Array
        ? lookAt(picture.slice().buffer, '', budget, signal)
        : lookInto(picture, budget, signal))
      if (!seen.ok) throw new Error(seen.fault)
      return seen.codes.map(({ text }) => text)
    },
  }
  for await (const judged of readFiles(whole, options, lists)) answer({ id, judged })
  answer({ id, step: 'end' })
}

async function look(request: Work<'frame' | 'picture'>, signal: AbortSignal): Promise<Seen> {
  if (request.is === 'picture') return lookAt(request.bytes, request.type, pictureBudget, signal)
  const { frames } = await (engine ??= load())
  try {
    return { ok: true, codes: frames.read(luminanceOf(pixelsOfFrame(request.frame))) }
  } finally {
    request.frame.close()
  }
}

async function lookAt(bytes: ArrayBuffer, type: string, budget: number, signal: AbortSignal): Promise<Seen> {
  const header = readPictureHeader(new Uint8Array(bytes))
  if (!header) return { ok: false, fault: 'unreadable' }
  if (isTooLarge(header)) return { ok: false, fault: 'too-large' }
  const { reader } = await (engine ??= load())
  const decoded = await decodePicture(bytes, type)
  if (decoded === 'no-canvas') {
    const codes = reader.readOnce(new Uint8Array(bytes)).flatMap(({ text, corners }) => (text === null ? [] : [{ text, corners }]))
    return { ok: true, codes }
  }
  if (decoded === 'too-large') return { ok: false, fault: 'too-large' }
  const codes = await search(reader, luminanceOf(decoded.pixels), budget, signal)
  const full = ({ x, y }: { x: number; y: number }) => ({ x: x / decoded.factor, y: y / decoded.factor })
  return { ok: true, codes: codes.map(({ text, corners }) => ({ text, corners: corners.map(full) })) }
}

/** A picture that needs no browser to be decoded. */
async function lookInto(picture: Luminance, budget: number, signal: AbortSignal): Promise<Seen> {
  if (isTooLarge(picture)) return { ok: false, fault: 'too-large' }
  const { reader } = await (engine ??= load())
  return { ok: true, codes: await search(reader, picture, budget, signal) }
}

function search(reader: QrReader, picture: Luminance, budget: number, signal: AbortSignal): Promise<ReadCode[]> {
  return searchPicture(reader, picture, { budget, now: () => performance.now(), signal, pause: nextTask })
}

async function load(): Promise<Engine> {
  try {
    const reader = await openReader({ url: wasmUrl })
    return { reader, frames: createFrameReader(reader) }
  } catch (error) {
    // The next job must try again: the file may have been missing for want of a network. The bridge sees the worker fail.
    engine = null
    crash(error)
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
