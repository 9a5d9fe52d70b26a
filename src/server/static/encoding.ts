/** The codings that built files exist in, best first. */
export const encodings = ['br', 'gzip'] as const
export type Encoding = (typeof encodings)[number]

/**
 * The best coding both sides know (RFC 9110, 12.5.3). `null`: send the file as it is.
 * A client that refuses even that gets it all the same, as the standard allows: an answer beats a 406.
 */
export function chooseEncoding(accept: string | undefined, available: readonly Encoding[]): Encoding | null {
  const quality = new Map<string, number>()
  for (const part of (accept ?? '').toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((word) => word.trim())
    const q = parameters.find((parameter) => parameter.startsWith('q='))
    if (name !== '') quality.set(name, q === undefined ? 1 : Number(q.slice(2)) || 0)
  }
  const of = (encoding: Encoding) => quality.get(encoding) ?? quality.get('*') ?? 0
  const wanted = encodings.filter((encoding) => available.includes(encoding) && of(encoding) > 0)
  return wanted.sort((a, b) => of(b) - of(a))[0] ?? null
}
