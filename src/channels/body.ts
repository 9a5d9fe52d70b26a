/** The most bytes of a reply that are read. */
export const maxBody = 1_000_000

/** Reads a body as text, stopping at the limit. @returns null when it is larger, or ends before what its length promised. */
export async function readBody(response: Response): Promise<string | null> {
  const length = Number(response.headers.get('content-length') ?? Number.NaN)
  if (length > maxBody || response.body === null) return response.body === null ? '' : null
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    size += value.byteLength
    if (size > maxBody) {
      void reader.cancel().catch(() => undefined)
      return null
    }
    text += decoder.decode(value, { stream: true })
  }
}

/** JSON, or undefined for what is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
