import type { Instant } from '../../domain/index.ts'

/** What a gateway says of a source, by its own calls alone. */
export interface Word {
  readonly source: string
  /** Which gateway, by the number it drew at its start. */
  readonly gateway: string
  /** `unknown`: it only says that it tries. */
  readonly state: 'unknown' | 'up' | 'down' | 'stopped'
  /** Counts what it has told of the source. While that is down it is told, too, whenever it tries. */
  readonly revision: number
  /** The revision at which its state was last another one. */
  readonly changed: number
  /** Milliseconds, when it was told, since the call had begun that it rests on: clocks of gateways differ, so no instant is compared with theirs. */
  readonly age: number
  /** For who tidies up, and nobody else. */
  readonly toldAt: Instant
}

/** So many calls, so far apart. */
export interface Places {
  readonly source: string
  readonly count: number
  readonly apartMs: number
  readonly longestMs: number
  /** What a store that no other machine shares takes for now. */
  readonly now: Instant
}

/** The places that may be taken beyond the longest wait: what is further away was taken before a clock was set back. */
export const farthestMs = ({ longestMs, apartMs }: Places): number => longestMs + apartMs + 1000
