/** A code or number in groups of four, for the eye only; copying takes the plain one. 8 to 20 digits. */
export function groupNumber(digits: string): string {
  return digits.replace(/(.{4})(?=.)/g, '$1 ')
}

/** A check code in groups of five, for the eye only. */
export function groupCheckCode(digits: string): string {
  return digits.length > 6 ? digits.replace(/(.{5})(?=.)/g, '$1 ') : digits
}
