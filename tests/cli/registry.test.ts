import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { describe, expect, it, onTestFinished } from 'vitest'
import { commands } from '../../src/cli/commands.ts'
import { dispatch } from '../../src/cli/dispatch.ts'

const header = 'kind,code,number,issuedOn,amountExTax,tax,amount,checkCode,sellerName,sellerTaxId,buyerName,buyerTaxId,state'
const row = (count: number) =>
  `digital-ordinary,,2611200${String(count).padStart(13, '0')},2026-09-24,100.00,6.00,106.00,,"甲, ""乙""",,B,,normal`
const csv = (...rows: string[]) => [header, ...rows, ''].join('\r\n')

function rehearsal(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'registry-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  async function run(...argv: string[]) {
    const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()]
    const exit = await dispatch(commands, argv, { stdin, stdout, stderr, env: { PIAOZAI_DATA: join(folder, 'data') } })
    const text = (stream: PassThrough) => ((stream.read() as Buffer | null) ?? '').toString()
    return { exit, out: text(stdout), err: text(stderr) }
  }
  const load = async (name = '') => {
    const { exit, out } = await run('registry', 'import', join(folder, name))
    const lines = out.trim().split('\n')
    return { exit, reports: lines.map((line) => ({ ...(JSON.parse(line) as object), file: undefined })) }
  }
  return { folder, run, load }
}

describe('registry import', () => {
  it('tells what was added, and the second time that nothing changed', async () => {
    const { load } = rehearsal({ 'a.csv': csv(row(1), row(2)) })
    expect(await load('a.csv')).toEqual({ exit: 0, reports: [{ added: 2, unchanged: 0, changed: 0, refused: [] }] })
    expect(await load('a.csv')).toEqual({ exit: 0, reports: [{ added: 0, unchanged: 2, changed: 0, refused: [] }] })
  })

  it('names each refused row and still loads the others', async () => {
    const { load } = rehearsal({ 'a.csv': csv(row(1), row(2).replace('106.00', 'much')) })
    expect(await load('a.csv')).toMatchObject({ exit: 1, reports: [{ added: 1, refused: [{ line: 3, reason: 'amount is not valid' }] }] })
  })

  it('takes the CSV files of a folder; one that is none does not spoil the others', async () => {
    const { load } = rehearsal({ 'a.csv': csv(row(1)), 'b.csv': 'hello', 'c.CSV': csv(row(2)), 'notes.txt': 'no' })
    const { exit, reports } = await load()
    expect(exit).toBe(1)
    expect(reports).toMatchObject([{ added: 1 }, { error: 'the header names a column that is not known: hello' }, { added: 1 }])
  })

  it('says of a file that is not there that it failed', async () => {
    const { load } = rehearsal({})
    expect(await load('none.csv')).toMatchObject({ exit: 1, reports: [{ error: expect.stringContaining('ENOENT') as string }] })
  })

  it('without a file is not how it is used', async () => {
    const { run } = rehearsal({})
    expect((await run('registry', 'import')).exit).toBe(2)
  })
})

describe('registry export', () => {
  it('writes what was imported, in the form that is imported', async () => {
    const { load, run } = rehearsal({ 'a.csv': csv(row(2), row(1)) })
    await load('a.csv')
    const { exit, out } = await run('registry', 'export')
    expect([exit, out]).toEqual([0, `${header},lines\r\n${row(1)},\r\n${row(2)},\r\n`])
  })
})
