/** The sources of this version, by the id that PIAOZAI_SOURCES names; other gateways are `peer:` and the name PIAOZAI_PEERS gives them. */
export const sourceIds = ['registry', 'demo', 'simulated', 'tencent', 'aliyun', 'baidu'] as const
export type PeerId = `peer:${string}`
export type SourceId = (typeof sourceIds)[number] | PeerId

const peer = /^peer:[a-z0-9-]{1,20}$/

/** True for the id of another gateway. */
export function isPeerId(text: string): text is PeerId {
  return peer.test(text)
}

/** True for the id of a source; for text from outside. */
export function isSourceId(text: string): text is SourceId {
  return (sourceIds as readonly string[]).includes(text) || isPeerId(text)
}
