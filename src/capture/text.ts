import type { Draft } from '../domain/index.ts'
import type { Way } from '../wallet/index.ts'
import type { Captured, CaptureDeps } from './capture.ts'

/** Reads drafts from scanned or pasted text: QR payloads, one or many, and labelled text (发票号码 … 开票日期 …). Only what is certain. */
export function readText(_text: string): readonly Draft[] {
  throw new Error('follows')
}

/** Captures every invoice found in the text; empty when there is none. */
export async function captureText(_deps: CaptureDeps, _text: string, _way: Way): Promise<readonly Captured[]> {
  throw new Error('follows')
}
