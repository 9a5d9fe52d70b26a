import type { Luminance } from '../luminance.ts'
import { enlarge } from '../scale.ts'
import { guessesFrom } from './corner-guess.ts'
import { findersIn } from './finders.ts'
import { flattened } from './flatten.ts'
import type { Quad } from './grid.ts'

/** Pixels a module, in the enlarged picture. Larger symbols the engine finds itself. */
const units = [4.2, 5.2, 3.5, 6.4]

const enlargement = 2

/** Guesses where symbols may be that the engine does not see at all, by their finder patterns; one unit after the other, best first. */
export function* guessSymbols(image: Luminance): Generator<Quad> {
  const picture = enlarge(image, enlargement)
  for (const unit of units) {
    const finders = findersIn(flattened(picture, Math.round(unit * 5)), unit, 14)
    for (const { quad } of guessesFrom(finders, 6)) {
      const [a, b, c, d] = quad
      const back = ({ x, y }: { x: number; y: number }) => ({ x: x / enlargement, y: y / enlargement })
      yield [back(a), back(b), back(c), back(d)]
    }
  }
}
