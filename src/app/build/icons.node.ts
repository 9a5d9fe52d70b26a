import type { Plugin } from 'vite'
import { png } from './png.node.ts'

type Rgb = readonly [number, number, number]
/** Is the point inside? Coordinates run from 0 to 1 over the icon. */
type Shape = (x: number, y: number) => boolean

const paper: Rgb = [0xfb, 0xfa, 0xf7]
const ink: Rgb = [0x17, 0x18, 0x1c]

const box =
  (left: number, top: number, right: number, bottom: number, radius = 0): Shape =>
  (x, y) => {
    const dx = Math.max(left + radius - x, 0, x - (right - radius))
    const dy = Math.max(top + radius - y, 0, y - (bottom - radius))
    return x >= left && x <= right && y >= top && y <= bottom && dx * dx + dy * dy <= radius * radius + 1e-12
  }
const disc =
  (cx: number, cy: number, r: number): Shape =>
  (x, y) =>
    (x - cx) ** 2 + (y - cy) ** 2 <= r * r
const stroke =
  (points: readonly (readonly [number, number])[], width: number): Shape =>
  (x, y) =>
    points.slice(1).some(([bx, by], i) => {
      const [ax, ay] = points[i] ?? [bx, by]
      const t = Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)))
      return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay)) <= width / 2
    })

/** The ticket stub of the wallet's cards: notched at the perforation, with a tick where the verdict stands. */
const ticket: readonly (readonly [Shape, Rgb])[] = [
  [box(0.22, 0.27, 0.78, 0.73, 0.05), paper],
  [disc(0.22, 0.545, 0.04), ink],
  [disc(0.78, 0.545, 0.04), ink],
  ...Array.from({ length: 11 }, (_, i) => [disc(0.3 + i * 0.04, 0.545, 0.0085), ink] as const),
  [box(0.29, 0.345, 0.52, 0.39, 0.0225), ink],
  [box(0.29, 0.43, 0.43, 0.46, 0.015), ink],
  [stroke([[0.3, 0.635], [0.335, 0.668], [0.4, 0.605]], 0.03), ink], // prettier-ignore
]

const corner = (x: number, y: number, dx: number, dy: number): Shape => stroke([[x + dx, y], [x, y], [x, y + dy]], 0.045) // prettier-ignore
const scan: readonly (readonly [Shape, Rgb])[] = [
  [corner(0.3, 0.3, 0.11, 0.11), paper],
  [corner(0.7, 0.3, -0.11, 0.11), paper],
  [corner(0.3, 0.7, 0.11, -0.11), paper],
  [corner(0.7, 0.7, -0.11, -0.11), paper],
  [stroke([[0.38, 0.5], [0.62, 0.5]], 0.045), paper], // prettier-ignore
]

/** Draws the shapes over ink, later ones above. A pixel on an edge is the mean of 16 samples. */
function draw(size: number, shapes: readonly (readonly [Shape, Rgb])[], zoom = 1): Uint8Array {
  const at = (place: number) => (place / size - 0.5) / zoom + 0.5
  const colourAt = (x: number, y: number): Rgb => shapes.findLast(([inside]) => inside(at(x), at(y)))?.[1] ?? ink
  const rgb = new Uint8Array(size * size * 3)
  let above: Rgb[] = Array.from({ length: size + 1 }, (_, x) => colourAt(x, 0))
  for (let y = 0; y < size; y++) {
    const below = Array.from({ length: size + 1 }, (_, x) => colourAt(x, y + 1))
    for (let x = 0; x < size; x++) {
      const corners = [above[x], above[x + 1], below[x], below[x + 1]]
      const [first] = corners
      const plain = first !== undefined && corners.every((corner) => corner === first)
      rgb.set(plain ? first : mean(samples.map(([dx, dy]) => colourAt(x + dx, y + dy))), (y * size + x) * 3)
    }
    above = below
  }
  return png({ width: size, height: size, rgb })
}

const samples = Array.from({ length: 16 }, (_, i) => [((i % 4) + 0.5) / 4, (Math.floor(i / 4) + 0.5) / 4] as const)

function mean(colours: readonly Rgb[]): Rgb {
  const channel = (i: 0 | 1 | 2) => Math.round(colours.reduce((sum, colour) => sum + colour[i], 0) / colours.length)
  return [channel(0), channel(1), channel(2)]
}

/** The icons of the manifest. A maskable one keeps its picture inside the middle circle of 80%. */
export const pictures: Readonly<Record<string, () => Uint8Array>> = {
  'icons/192.png': () => draw(192, ticket, 1.2),
  'icons/512.png': () => draw(512, ticket, 1.2),
  'icons/maskable-512.png': () => draw(512, ticket),
  'icons/apple-180.png': () => draw(180, ticket, 1.1),
  'icons/scan-192.png': () => draw(192, scan),
}

/** Draws the app's icons into the build, so that no picture lies in the repository that nobody can edit. */
export function icons(): Plugin {
  return {
    name: 'piaozai:icons',
    apply: 'build',
    generateBundle() {
      for (const [fileName, picture] of Object.entries(pictures)) this.emitFile({ type: 'asset', fileName, source: picture() })
    },
  }
}
