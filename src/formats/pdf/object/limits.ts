/** What a PDF of invoices may be at most. Bytes, unless it says otherwise. */
export const pdfLimits = {
  file: 20_000_000,
  /** Indirect objects. */
  objects: 60_000,
  pages: 500,
  /** One stream, decoded: content, fonts, maps, packed objects, attachments. */
  stream: 4_000_000,
  /** One picture, decoded: a scanned page in colours, unpacked. */
  picture: 12_000_000,
  /** All streams together, decoded. */
  decoded: 96_000_000,
  /** Operators on one page, its forms included. */
  operators: 120_000,
  /** Pictures and forms drawn on one page. */
  drawn: 5_000,
  /** Filters on one stream. */
  filters: 4,
} as const
