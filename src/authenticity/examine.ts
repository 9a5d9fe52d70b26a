import type { Invoice, Problem, Seal } from '../domain/index.ts'
import {
  all,
  openOfd,
  openXml,
  readFile,
  refusalOf,
  textOf,
  walkFiles,
  type FileReading,
  type JudgedReading,
  type ReadOptions,
} from '../formats/index.ts'
import { emptySeal } from './seal/empty.ts'
import { judgeOfd } from './ofd/judge.ts'
import { withSignedFields } from './signed-fields.ts'
import type { Trust } from './trust-list/list.ts'

/** What a file says and what its signatures prove. `seal` is null for formats that cannot carry a signature. */
export interface Examined {
  readonly reading: FileReading
  readonly seal: Seal | null
}

/** SHA-256 of a file, lower-case hexadecimal. */
export type Fingerprint = (bytes: Uint8Array) => Promise<string>

/** See the door. */
export async function examine(bytes: Uint8Array, trust: Trust, options?: ReadOptions): Promise<Examined> {
  return judge(bytes, await readFile(bytes, options), trust, options)
}

/** See the door. */
export async function* examineFiles(
  bytes: Uint8Array,
  trust: Trust,
  { fingerprint, ...options }: ReadOptions & { readonly fingerprint?: Fingerprint | undefined } = {},
): AsyncGenerator<JudgedReading> {
  for await (const { bytes: own, reading } of walkFiles(bytes, options)) {
    if (own === null) yield { reading, seal: null, sha256: null }
    else {
      const judged = await judge(own, reading, trust, { ...options, file: reading.file ?? undefined })
      yield { ...judged, sha256: judged.seal === null ? null : ((await fingerprint?.(own)) ?? null) }
    }
  }
}

async function judge(bytes: Uint8Array, reading: FileReading, trust: Trust, options?: ReadOptions): Promise<Examined> {
  switch (reading.format) {
    case 'ofd':
      return judgeOfdFile(bytes, reading, trust, options)
    case 'xml':
      return { reading, seal: await judgeXml(bytes, trust, options) }
    case 'pdf': {
      const { judgePdf } = await import('./pdf/judge.ts')
      return { reading, seal: await judgePdf(bytes, trust, options) }
    }
    case null:
      // A package that two readers could see differently is not looked into: whatever it is signed with, nobody can say for what.
      return {
        reading,
        seal: reading.problems.some(({ code }) => code.startsWith('package-')) ? emptySeal('undecidable', trust, reading.problems) : null,
      }
    default:
      return { reading, seal: null }
  }
}

async function judgeOfdFile(bytes: Uint8Array, reading: FileReading, trust: Trust, options?: ReadOptions): Promise<Examined> {
  try {
    const file = await openOfd(bytes, options)
    if (!file) return { reading, seal: emptySeal('undecidable', trust, reading.problems) }
    const judged = judgeOfd(file, trust)
    const told = await withSignedFields(reading, file, judged)
    const odd = told.drafts.flatMap(({ invoice }) => officeAgainstCode(judged.taxOffice, invoice))
    return { reading: told, seal: { ...judged.seal, problems: [...judged.seal.problems, ...odd] } }
  } catch (error) {
    const { code, message } = refusalOf(error)
    return { reading, seal: emptySeal('undecidable', trust, [{ code, message }]) }
  }
}

/** The province of the tax office whose seal it is must be that of the invoice code (digits 2 and 3 of both). Only a warning. */
function officeAgainstCode(office: string | null, { code }: Invoice): Problem[] {
  if (office === null || code?.length !== 12 || !/^\d{11}$/.test(office) || /^.00/.test(office)) return []
  if (office.slice(1, 3) === code.slice(1, 3)) return []
  return [{ code: 'office-mismatch', message: 'The seal is that of a tax office in another province than the invoice code names' }]
}

/** XML invoices carry the tax bureau's signature without its certificate, if they carry one: nobody else can check it. */
async function judgeXml(bytes: Uint8Array, trust: Trust, options?: ReadOptions): Promise<Seal> {
  try {
    const values = all(await openXml(bytes, options), 'signaturevalue')
    if (values.every((one) => textOf(one) === null)) return emptySeal('unsigned', trust)
    const message = 'The XML holds a signature without the certificate that it could be checked by'
    return emptySeal('undecidable', trust, [{ code: 'signature-unverifiable', message }])
  } catch (error) {
    const { code, message } = refusalOf(error)
    return emptySeal('undecidable', trust, [{ code, message }])
  }
}
