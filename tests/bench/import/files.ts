import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ofdFile, pdfFile, pictureFile, xmlFile } from '../../e2e/support/files.ts'

/** Of twenty files: what mail and chat bring. */
const sorts = [...Array(10).fill(ofdFile), ...Array(7).fill(xmlFile), ...Array(2).fill(pictureFile), pdfFile] as readonly (typeof ofdFile)[]

/** Writes that many invented files, each of an invoice of its own, and returns their paths. */
export function writeFiles(folder: string, count: number, progress: (made: number) => void): string[] {
  mkdirSync(folder)
  return Array.from({ length: count }, (_, at) => {
    const { name, bytes } = (sorts[at % sorts.length] ?? ofdFile)(at + 1)
    const path = join(folder, name)
    writeFileSync(path, bytes)
    if ((at + 1) % 1000 === 0) progress(at + 1)
    return path
  })
}
