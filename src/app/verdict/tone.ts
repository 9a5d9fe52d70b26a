/** What a colour means; green is reserved for an answer of class `authority`. */
export type Tone = 'green' | 'blue' | 'grey' | 'amber' | 'red' | 'ink'

/**
 * The marks. Solid: somebody answered, or the file itself proves it; outline: nothing is settled.
 * Circle: a source, square: a seal, diamond: look at it, triangle: altered. `tick` and `dot` are the two neutral ones.
 */
export type Mark =
  | 'confirmed'
  | 'mismatch'
  | 'revoked'
  | 'look'
  | 'out'
  | 'seal'
  | 'altered'
  | 'seal-open'
  | 'unsigned'
  | 'asking'
  | 'waiting'
  | 'registry'
  | 'own-note'
  | 'tick'
  | 'dot'
