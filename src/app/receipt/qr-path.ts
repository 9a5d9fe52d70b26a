import type { QrSymbol } from '../../authenticity/index.ts'

/** Light modules around a symbol (ISO/IEC 18004). */
export const quietZone = 4

/** The dark modules of a symbol as one path: one rectangle for each run in a row. */
export function qrPath({ modules }: Pick<QrSymbol, 'modules'>): string {
  return modules
    .flatMap((row, y) =>
      [
        ...row
          .map((dark) => (dark ? '1' : '0'))
          .join('')
          .matchAll(/1+/g),
      ].map((run) => rectangle(run.index, y, run[0].length)),
    )
    .join('')
}

function rectangle(x: number, y: number, width: number): string {
  return `M${x} ${y}h${width}v1h-${width}z`
}
