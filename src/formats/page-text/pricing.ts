/** A number as quantities and prices are printed. */
export const number = /^-?\d+(?:\.\d+)?$/

/**
 * Quantity and price end in this order; a long price may begin under the quantity, or touch it so that both are read as one number. Two
 * numbers nearest to the same heading are one of each; more are nobody's.
 */
export function pricing(
  numbers: readonly { readonly field: 'quantity' | 'unitPrice'; readonly text: string; readonly right: number }[],
  amount: number | null,
): Record<string, string> {
  const [first, second, third] = numbers.toSorted((a, b) => a.right - b.right)
  if (!first || third) return {}
  if (second) return { quantity: first.text, unitPrice: second.text }
  if (first.text.length < shortest || amount === null) return { [first.field]: first.text }
  const [parts, others] = partsOf(first.text, amount / 100)
  return parts && !others ? parts : {}
}

/** A number of fewer digits is one. A longer one by itself is two, if two of its parts make up the amount; else nobody can tell. */
const shortest = 12

/** The ways to take a number for a quantity and a price that make up the amount. */
function partsOf(text: string, amount: number): { quantity: string; unitPrice: string }[] {
  return [...text].flatMap((_, at) => {
    const [quantity, unitPrice] = [text.slice(0, at), text.slice(at)]
    if (!number.test(quantity) || !price.test(unitPrice)) return []
    const off = Math.abs(Number(quantity) * Number(unitPrice) - amount)
    return off < 0.01 ? [{ quantity, unitPrice }] : []
  })
}
const price = /^(?:0|[1-9]\d*)(?:\.\d+)?$/
