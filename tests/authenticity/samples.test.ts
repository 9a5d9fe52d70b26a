import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { examine } from '../../src/authenticity/index.ts'

const folder = process.env.PIAOZAI_SAMPLES ?? join(import.meta.dirname, '../../../shared/samples')
const list = join(folder, 'EXPECTED.jsonl')

if (existsSync(list)) {
  const expected = readFileSync(list, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { readonly file: string; readonly authenticity?: string })
    .filter(({ file }) => /\.(?:ofd|xml|pdf)$/.test(file))

  test.each(expected)('$file: $authenticity', async ({ file, authenticity }) => {
    const { seal } = await examine(new Uint8Array(readFileSync(join(folder, file))))
    expect(seal?.verdict).toBe(authenticity)
  })
} else {
  console.info(`No sample files at PIAOZAI_SAMPLES: no verdict on them is tested`)
}
