/** How far one may go in: 1 fits the width. */
export const zoomLimits = { least: 1, most: 6 }

export function clampZoom(zoom: number): number {
  return Math.min(zoomLimits.most, Math.max(zoomLimits.least, zoom))
}

/** Where a pane must be scrolled to, so that what lies under a point of it stays there when everything grows by `ratio`. */
export function scrollAt(scroll: number, point: number, ratio: number): number {
  return (scroll + point) * ratio - point
}

/** Two taps so near and so quick are one double tap. Milliseconds and pixels. */
export interface Tap {
  readonly at: number
  readonly x: number
  readonly y: number
}

export function isDoubleTap(first: Tap | null, second: Tap): boolean {
  return first !== null && second.at - first.at < 320 && Math.hypot(second.x - first.x, second.y - first.y) < 32
}
