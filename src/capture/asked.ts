import type { Answer, Elements } from '../domain/index.ts'
import type { Captured, CaptureDeps } from './capture.ts'

/** What a person asked on `/query` is in the wallet with its question, and with its answer if there is one already. */
export async function captureAsked(_deps: CaptureDeps, _elements: Elements, _answer?: Answer): Promise<Captured> {
  throw new Error('follows')
}
