import type { Budget } from '../file/budget.ts'
import { Refusal } from '../file/refusal.ts'
import { decodeXml } from './decode.ts'
import type { XmlElement } from './element.ts'
import { scanXml, type Room } from './scan.ts'

const maxBytes = 8_000_000

/**
 * Parses an XML file into a small tree. Any document type or entity declaration is refused before anything is parsed, in every encoding.
 * Throws {@link Refusal}.
 * @param room what several files may have together.
 */
export function parseXml(bytes: Uint8Array, budget: Budget, room: Room = { elements: Number.POSITIVE_INFINITY }): XmlElement {
  if (bytes.length > maxBytes) throw new Refusal('xml-limit', 'The XML is far larger than any invoice')
  budget.check()
  const text = decodeXml(bytes)
  // Most files hold no declaration of any kind, and a search for one character costs less than one for a pattern.
  if (text.includes('<!') && /<!\s*(?:DOCTYPE|ENTITY)/i.test(text))
    throw new Refusal('xml-doctype', 'The XML declares a document type, which no invoice does')
  return scanXml(text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text, budget, room)
}
