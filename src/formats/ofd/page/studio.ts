import type { XmlElement } from '../../xml/index.ts'
import type { Faces } from './faces.ts'
import type { Meter } from './meter.ts'
import type { Colours } from './paint.ts'
import type { Resources } from './resources.ts'

/** What drawing an object needs to know of its document. */
export interface Studio {
  readonly meter: Meter
  readonly resources: Resources
  readonly faces: Faces
  /** Colours by the document's colour spaces, as far as they are known by now. */
  readonly colours: () => Colours
  /** The index of a picture by its resource; null when it is not there. */
  readonly picture: (id: string) => number | null
  /** Called now and then; throws when the time is over. */
  readonly check: () => void
}

/** Where an object stands: what its layer says, and the composites it lies in. */
export interface Place {
  readonly layer: string | undefined
  readonly depth: number
  readonly inside: ReadonlySet<XmlElement>
}
