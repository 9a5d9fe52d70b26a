import type { Problem } from '../../../domain/index.ts'
import type { Budget } from '../../file/budget.ts'
import { Refusal } from '../../file/refusal.ts'
import { openLock, type Lock } from '../crypt/index.ts'
import { unfilter, type Unfiltered } from './filters.ts'
import { Lexer } from './lexer.ts'
import { pdfLimits } from './limits.ts'
import { indexOf, objectStreamIndex, parseObject } from './parse.ts'
import { asArray, asDict, asNumber, asString, Ref, Stream, type Dict, type Value } from './value.ts'
import { readXref, rebuildXref, type Xref } from './xref.ts'

/** The objects of a PDF file, read when they are asked for. */
export interface PdfFile {
  readonly trailer: Dict
  readonly problems: readonly Problem[]
  /** The object behind a reference; what is none passes through. A reference to nothing, or in a circle, is null. */
  resolve(value: Value | undefined): Value
  /** A stream's bytes with all filters undone but a picture's own. */
  data(stream: Stream, limit?: number): Unfiltered
  get(dict: Dict | null, ...keys: readonly string[]): Value
}

/** References that lead to references: none of a real file is this long. */
const maxHops = 16

/**
 * Opens a PDF (ISO 32000). A broken cross-reference is put together again, which is told in `problems`. What is encrypted for the empty
 * password is read like any other.
 * Throws {@link Refusal}: too large, protected by a password, no PDF at all.
 */
export function openPdf(file: Uint8Array, budget: Budget): PdfFile {
  if (file.length > pdfLimits.file) throw new Refusal('file-too-large', 'The PDF is larger than any invoice')
  const head = indexOf(file.subarray(0, 1_029), '%PDF-', 0)
  const bytes = file.subarray(Math.max(0, head))
  const problems: Problem[] = []
  let decoded = 0
  let xref = readXref(bytes, budget)
  let rebuilt = false
  let lock: Lock | null = null
  const known = new Map<number, Value>()
  const loading = new Set<number>()
  const packed = new Map<number, { readonly data: Uint8Array; readonly index: ReturnType<typeof objectStreamIndex> } | null>()

  function rebuild(): Xref {
    rebuilt = true
    known.clear()
    packed.clear()
    problems.push({ code: 'file-repaired', message: 'The PDF is damaged; what is left of it was put together' })
    return rebuildXref(bytes, budget, unlocked)
  }
  function unlocked(num: number, gen: number, value: Value): Value {
    return lock ? lock.open(num, gen, value) : value
  }
  xref ??= rebuild()

  function resolve(value: Value | undefined): Value {
    let found = value ?? null
    for (let hop = 0; found instanceof Ref; hop++) {
      if (hop > maxHops) return null
      found = object(found.num)
    }
    return found
  }
  function object(num: number): Value {
    const cached = known.get(num)
    if (cached !== undefined) return cached
    // An object that needs itself to be read (its stream's length, its object stream) is in a circle.
    if (loading.has(num)) return null
    loading.add(num)
    try {
      budget.check()
      const value = load(num)
      known.set(num, value)
      return value
    } finally {
      loading.delete(num)
    }
  }
  function load(num: number): Value {
    const place = xref?.places.get(num) ?? null
    if (place === null) return null
    if ('inside' in place) return loadPacked(num, place.inside)
    const parsed = parseObject(bytes, place.at, (length) => asNumber(resolve(length)))
    if (parsed?.num === num) return unlocked(num, parsed.gen, parsed.value)
    if (rebuilt) return null
    xref = rebuild()
    return load(num)
  }
  function loadPacked(num: number, inside: number): Value {
    if (!packed.has(inside)) {
      const stream = object(inside)
      const data = stream instanceof Stream ? one.data(stream).data : null
      packed.set(inside, stream instanceof Stream && data ? { data, index: objectStreamIndex(stream.dict, data) } : null)
    }
    const holder = packed.get(inside)
    const entry = holder?.index.find((candidate) => candidate.num === num)
    if (!holder || !entry) {
      if (rebuilt) return null
      xref = rebuild()
      return load(num)
    }
    const value = new Lexer(holder.data, entry.at).next()
    return value === undefined || value instanceof Stream ? null : value
  }

  const one: PdfFile = {
    get trailer() {
      return xref?.trailer ?? new Map<string, Value>()
    },
    problems,
    resolve,
    data(stream, limit) {
      const result = unfilter(stream.raw, stream.dict, resolve, budget, limit)
      decoded += result.data.length
      if (decoded > pdfLimits.decoded) throw new Refusal('file-too-large', 'The PDF unpacks to more than any invoice holds')
      if (!result.whole && !problems.some(({ code }) => code === 'part-damaged'))
        problems.push({ code: 'part-damaged', message: 'A part of the PDF is damaged and was read as far as it goes' })
      return result
    },
    get(dict, ...keys) {
      for (const key of keys) {
        const value = resolve(dict?.get(key))
        if (value !== null) return value
      }
      return null
    },
  }
  const encrypt = asDict(resolve(one.trailer.get('Encrypt')))
  if (encrypt) {
    const [id] = asArray(resolve(one.trailer.get('ID'))) ?? []
    lock = openLock(encrypt, asString(resolve(id)) ?? new Uint8Array(), one.get)
    // What was read until now was read as it stands.
    known.clear()
    packed.clear()
    if (rebuilt) xref = rebuildXref(bytes, budget, unlocked)
  }
  if (!asDict(resolve(one.trailer.get('Root'))) && !rebuilt) xref = rebuild()
  return one
}
