/** The sources of this version, by the id that PIAOZAI_SOURCES names. */
export const sourceIds = ['registry', 'demo', 'simulated'] as const
export type SourceId = (typeof sourceIds)[number]

/** True for the id of a source; for text from outside. */
export function isSourceId(text: string): text is SourceId {
  return (sourceIds as readonly string[]).includes(text)
}
