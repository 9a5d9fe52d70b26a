/** The middle of some values; of an even number of them the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  return (quantile(values, 0.5, Math.floor) + quantile(values, 0.5, Math.ceil)) / 2
}

/** The 5th and the 95th percentile. */
export function bandOf(values: readonly number[]): [number, number] {
  return [quantile(values, 0.05, Math.round), quantile(values, 0.95, Math.round)]
}

function quantile(values: readonly number[], share: number, to: (place: number) => number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[to((sorted.length - 1) * share)] ?? Number.NaN
}
