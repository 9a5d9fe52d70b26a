import type { Draft } from '../domain/index.ts'
import { readQr } from '../formats/index.ts'
import type { Way } from '../wallet/index.ts'
import { captureAll, type Captured, type CaptureDeps } from './capture.ts'
import { readLabelled } from './labelled.ts'

/** More than this, in characters, is no text a person pastes. */
const longest = 200_000

/** Reads drafts from scanned or pasted text: QR payloads, one or many, and labelled text (发票号码 … 开票日期 …). Only what is certain. */
export function readText(text: string): readonly Draft[] {
  if (text.length > longest) return []
  const lines = text.split(/\r?\n/)
  const payloads = lines.map(readQr)
  const read = payloads.filter((draft) => draft !== null)
  if (read.length <= 1) {
    // A payload that was broken into lines is read as one.
    const whole = readQr(text)
    if (whole !== null && (read[0]?.invoice.number ?? whole.invoice.number) === whole.invoice.number) return [whole]
  }
  const rest = lines.filter((_, at) => payloads[at] === null).join('\n')
  return [...read, ...readLabelled(rest)]
}

/** Captures every invoice found in the text; empty when there is none. @throws WalletError */
export async function captureText(deps: CaptureDeps, text: string, way: Way): Promise<readonly Captured[]> {
  return captureAll(deps, readText(text), way)
}

/**
 * Captures the invoices of several texts in one transaction.
 * @returns those of each text, in order.
 * @throws WalletError, and then none was kept.
 */
export async function captureTexts(deps: CaptureDeps, texts: readonly string[], way: Way): Promise<readonly (readonly Captured[])[]> {
  const drafts = texts.map(readText)
  const captured = await captureAll(deps, drafts.flat(), way)
  let at = 0
  return drafts.map(({ length }) => captured.slice(at, (at += length)))
}
