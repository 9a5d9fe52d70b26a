const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/** A tax id as written: upper case, no spaces. */
export function normaliseTaxId(text: string): string {
  return text.normalize('NFKC').replace(/\s/g, '').toUpperCase()
}

/**
 * The mod-31 check of a 统一社会信用代码 (GB 32100), or of a citizen number (persons issue and receive invoices too).
 * Only ever a warning.
 * @returns null (unknown) for anything but 18 characters: 15-digit ids exist.
 */
export function checkTaxId(taxId: string): boolean | null {
  if (!/^[0-9A-Z]{18}$/.test(taxId)) return null
  return isCreditCode(taxId) || isCitizenNumber(taxId)
}

function isCreditCode(text: string): boolean {
  const values = [...text].map((char) => alphabet.indexOf(char))
  if (values.includes(-1)) return false
  const sum = weights.reduce((total, weight, index) => total + weight * (values[index] ?? 0), 0)
  return (31 - (sum % 31)) % 31 === values[17]
}

/** GB 11643, mod 11-2. */
function isCitizenNumber(text: string): boolean {
  if (!/^\d{17}[0-9X]$/.test(text)) return false
  const sum = [...text.slice(0, 17)].reduce((total, digit, index) => total + Number(digit) * (2 ** (17 - index) % 11), 0)
  return '10X98765432'[sum % 11] === text[17]
}
