import type { JudgedReading } from '../file/reading.ts'
import type { Seen } from '../picture/seen.ts'

/** A camera frame that can be handed over: an ImageBitmap or a VideoFrame. */
export interface CameraFrame {
  close(): void
}

/** What the page asks of the worker. One job is under way at a time; `stop` ends it early. */
export type ReaderRequest =
  | { readonly is: 'frame'; readonly id: number; readonly frame: CameraFrame }
  | { readonly is: 'picture'; readonly id: number; readonly bytes: ArrayBuffer; readonly type: string }
  | { readonly is: 'file'; readonly id: number; readonly bytes: ArrayBuffer; readonly name: string; readonly lists?: unknown }
  | { readonly is: 'stop'; readonly id: number }

/** A picture is answered once. A file is `begun` when its reader is there, then comes a reading for each file in it, then `end`. */
export type ReaderAnswer =
  | { readonly id: number; readonly seen: Seen }
  | { readonly id: number; readonly judged: JudgedReading }
  | { readonly id: number; readonly step: 'begun' | 'end' }

/** A request if `data` is one, else null: the worker answers nothing else. */
export function requestOf(data: unknown): ReaderRequest | null {
  if (!isRecord(data) || !Number.isSafeInteger(data.id)) return null
  const id = data.id as number
  switch (data.is) {
    case 'frame':
      return isFrame(data.frame) ? { is: 'frame', id, frame: data.frame } : null
    case 'picture':
      return data.bytes instanceof ArrayBuffer && typeof data.type === 'string'
        ? { is: 'picture', id, bytes: data.bytes, type: data.type }
        : null
    case 'file':
      return data.bytes instanceof ArrayBuffer && typeof data.name === 'string'
        ? { is: 'file', id, bytes: data.bytes, name: data.name, lists: data.lists }
        : null
    case 'stop':
      return { is: 'stop', id }
    default:
      return null
  }
}

/** An answer if `data` is one, else null. */
export function answerOf(data: unknown): ReaderAnswer | null {
  if (!isRecord(data) || !Number.isSafeInteger(data.id)) return null
  const known = isRecord(data.seen) || isRecord(data.judged) || data.step === 'begun' || data.step === 'end'
  return known ? (data as unknown as ReaderAnswer) : null
}

function isFrame(value: unknown): value is CameraFrame {
  return typeof value === 'object' && value !== null && 'close' in value && typeof value.close === 'function'
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
