/** What a PDF of invoices may be at most. Bytes, unless it says otherwise. */
export const pdfLimits = {
  file: 20_000_000,
  /** Indirect objects. */
  objects: 200_000,
  pages: 500,
  /** One stream, decoded. */
  stream: 12_000_000,
  /** All streams together, decoded. */
  decoded: 96_000_000,
  /** Operators of all content streams together. */
  operators: 4_000_000,
  /** Filters on one stream. */
  filters: 4,
} as const
