import type { Seen } from './seen.ts'

/** A camera frame that can be handed over: an ImageBitmap or a VideoFrame. */
export interface CameraFrame {
  close(): void
}

/** What the page asks of the worker. One job is under way at a time; `stop` ends it early. */
export type PictureRequest =
  | { readonly is: 'frame'; readonly id: number; readonly frame: CameraFrame }
  | { readonly is: 'picture'; readonly id: number; readonly bytes: ArrayBuffer; readonly type: string }
  | { readonly is: 'stop'; readonly id: number }

export interface PictureAnswer {
  readonly id: number
  readonly seen: Seen
}

/** A request if `data` is one, else null: the worker answers nothing else. */
export function requestOf(data: unknown): PictureRequest | null {
  if (!isRecord(data) || !Number.isSafeInteger(data.id)) return null
  const id = data.id as number
  switch (data.is) {
    case 'frame':
      return isFrame(data.frame) ? { is: 'frame', id, frame: data.frame } : null
    case 'picture':
      return data.bytes instanceof ArrayBuffer && typeof data.type === 'string'
        ? { is: 'picture', id, bytes: data.bytes, type: data.type }
        : null
    case 'stop':
      return { is: 'stop', id }
    default:
      return null
  }
}

/** An answer if `data` is one, else null. */
export function answerOf(data: unknown): PictureAnswer | null {
  if (!isRecord(data) || !Number.isSafeInteger(data.id) || !isRecord(data.seen)) return null
  return data as unknown as PictureAnswer
}

function isFrame(value: unknown): value is CameraFrame {
  return typeof value === 'object' && value !== null && 'close' in value && typeof value.close === 'function'
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
