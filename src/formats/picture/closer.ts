import { areaAround } from './area.ts'
import { binarised, blurred, sharpened } from './enhance.ts'
import type { Luminance } from './luminance.ts'
import type { Placement } from './placed.ts'
import type { Corner, PassOptions } from './reader.ts'
import { crop, enlarge, shrink } from './scale.ts'

/** One more look at a small part of a picture. */
export interface CloserLook extends Placement {
  readonly picture: Luminance
  readonly options: PassOptions
}

/** The side in pixels a place is brought to: about 6 pixels a module for the versions invoices use. */
const wantedSide = 230

/** Looks at the place where a QR was seen but not read: enlarged, then cleaned in the ways that measurement showed to help, best first. */
export function* closerLooks(image: Luminance, corners: readonly Corner[]): Generator<CloserLook> {
  const area = areaAround(corners, 0.3)
  if (area.width < 20 || area.height < 20) return
  const part = crop(image, area)
  if (part.width < 20 || part.height < 20) return
  const side = Math.max(area.width, area.height) / 1.6
  const shrinkBy = Math.max(1, Math.round(side / wantedSide))
  const factor = shrinkBy > 1 ? 1 / shrinkBy : Math.min(4, wantedSide / side)
  const base = shrinkBy > 1 ? shrink(part, shrinkBy) : enlarge(part, factor)
  const left = Math.max(0, Math.floor(area.left))
  const top = Math.max(0, Math.floor(area.top))
  const look = (picture: Luminance, options: PassOptions = {}): CloserLook => ({ picture, options, factor, left, top })
  yield look(base)
  yield look(sharpened(blurred(base, 1), 4, 2.5))
  yield look(sharpened(blurred(base, 2), 5, 3))
  yield look(sharpened(base, 4, 2))
  yield look(sharpened(blurred(base, 2), 8, 4))
  yield look(base, { threshold: 'global' })
  yield look(binarised(sharpened(blurred(base, 1), 4, 2), 12, 4), { threshold: 'fixed' })
  yield look(binarised(sharpened(blurred(base, 2), 6, 3), 20, 0), { threshold: 'fixed' })
}
