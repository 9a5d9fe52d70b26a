import { generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { describe, expect, it, onTestFinished } from 'vitest'
import { bundledList, checkReceipt, openKeys, openList, parseKeys, receiptStatuses, writeKeys } from '../../src/authenticity/index.ts'
import { commands } from '../../src/cli/commands.ts'
import { dispatch } from '../../src/cli/dispatch.ts'
import { contents, listOf, makeKey, receiptOf, signedList } from '../fixtures/receipts.ts'
import { queryOf } from '../server/kit/fixtures.ts'
import { testGateway } from '../server/kit/gateway.ts'
import { cardOf, receiptIn } from '../server/kit/receipts.ts'
import { always, testSource } from '../server/kit/source.ts'

/** A folder to work in, and the command line over a gateway's data in it. */
function desk(env: Readonly<Record<string, string>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'receipt-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const data = join(folder, 'data')
  async function run(...argv: string[]) {
    const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()]
    const exit = await dispatch(commands, argv, { stdin, stdout, stderr, env: { PIAOZAI_DATA: data, ...env } })
    const text = (stream: PassThrough) => ((stream.read() as Buffer | null) ?? '').toString()
    return { exit, out: text(stdout), err: text(stderr) }
  }
  return {
    run,
    data,
    path: (name: string) => join(folder, name),
    file(name: string, text: string) {
      writeFileSync(join(folder, name), text)
      return join(folder, name)
    },
    read: (name: string) => readFileSync(join(folder, name), 'utf8'),
    /** Runs a command and keeps what it wrote. */
    async keep(name: string, ...argv: string[]) {
      const ran = await run(...argv)
      expect(ran).toMatchObject({ exit: 0 })
      writeFileSync(join(folder, name), ran.out)
      return join(folder, name)
    },
  }
}

const pemOf = (key: Awaited<ReturnType<typeof makeKey>>) => key.secret.export({ type: 'pkcs8', format: 'pem' }).toString()

const privateKeyEncoding = { type: 'pkcs8', format: 'pem' } as const
const publicKeyEncoding = { type: 'spki', format: 'pem' } as const

describe('receipt verify', () => {
  it('says what a receipt says, and the address of one, by a saved list, a signed one, or a saved card', async () => {
    const [{ run, file }, key, root] = [desk(), await makeKey(1), await makeKey(7)]
    const list = writeKeys(listOf([key.key]))
    const files = [
      file('list.json', list),
      file('signed.json', `${signedList(listOf([key.key]), root)}\n`),
      file('card.json', JSON.stringify({ product: 'piaozai', receiptKeys: [], receiptKeyList: list })),
    ]
    for (const keys of files) {
      for (const text of [receiptOf(key), `https://piaozai.example/R#${receiptOf(key)}`]) {
        const { exit, out, err } = await run('receipt', 'verify', text, '--keys', keys)
        expect(exit).toBe(0)
        expect(JSON.parse(out)).toMatchObject({
          is: 'valid',
          gateway: '示例网关',
          contents: { status: 'confirmed', class: 'authority', at: '2025-06-06T06:05:00.000Z', number: contents.number, amount: '386.00' },
        })
        expect(err).toMatch(/signed by the gateway "示例网关": "confirmed" from authority.*no tax document/)
      }
    }
  })

  it('reads 无法核对 when the key is not at hand, was revoked, or the receipt is of a later version, and never says that it is wrong', async () => {
    const [{ run, file, data }, key, other] = [desk(), await makeKey(1), await makeKey(2)]
    const strangers = file('others.json', writeKeys(listOf([other.key])))
    const revoked = file('revoked.json', writeKeys(listOf([{ ...key.key, revoked: true }])))
    const uncheckable = [
      await run('receipt', 'verify', receiptOf(key)),
      await run('receipt', 'verify', receiptOf(key), '--keys', strangers),
      await run('receipt', 'verify', receiptOf(key), '--keys', revoked),
      await run('receipt', 'verify', receiptOf(key).replace('FPR1', 'FPR2'), '--keys', strangers),
    ]
    for (const { exit, out, err } of uncheckable) {
      expect([exit, (JSON.parse(out) as { is: string }).is]).toEqual([1, 'uncheckable'])
      expect(err).toMatch(/^无法核对/)
      expect(out + err).not.toMatch(/invalid|forged|fake|wrong/i)
    }
    // Looking leaves nothing behind where no gateway has been.
    expect(existsSync(data)).toBe(false)
  })

  it('says of an altered one that the signature does not fit, and of anything else that it is no receipt', async () => {
    const [{ run, file }, key] = [desk(), await makeKey(1)]
    const keys = file('list.json', writeKeys(listOf([key.key])))
    const altered = receiptOf(key).replace(/.{4}$/, (end) => (end === 'AAAA' ? 'AAAQ' : 'AAAA'))
    expect(await run('receipt', 'verify', altered, '--keys', keys)).toMatchObject({
      exit: 1,
      err: expect.stringContaining('签名不符') as string,
    })
    expect(await run('receipt', 'verify', 'hello', '--keys', keys)).toMatchObject({ exit: 1, out: '{"is":"malformed"}\n' })
  })

  it('is used with one text and files that hold keys', async () => {
    const [{ run, file }, key, root] = [desk(), await makeKey(1), await makeKey(7)]
    expect((await run('receipt', 'verify')).exit).toBe(2)
    expect((await run('receipt', 'verify', 'a', 'b')).exit).toBe(2)
    expect((await run('receipt', 'verify', 'a', '--strict')).exit).toBe(2)
    const forged = file('forged.json', signedList(listOf([key.key]), root).replace('示例网关', '另一网关'))
    for (const keys of [forged, file('none.json', '[]'), '/nowhere/list.json']) {
      expect(await run('receipt', 'verify', receiptOf(key), '--keys', keys)).toMatchObject({ exit: 1, out: '' })
    }
  })

  it('knows every status by its name', async () => {
    const [{ run, file }, key] = [desk(), await makeKey(1)]
    const keys = file('list.json', writeKeys(listOf([key.key])))
    for (const status of receiptStatuses) {
      const { out, err } = await run(
        'receipt',
        'verify',
        receiptOf(key, { status, class: status === 'ticket' ? null : 'demo' }),
        '--keys',
        keys,
      )
      expect(JSON.parse(out)).toMatchObject({ contents: { status } })
      expect(err).toContain(status === 'ticket' ? 'there was no answer yet' : `演示数据, "${status}"`)
    }
  })
})

describe('the keys of the gateway whose data are here', () => {
  it('check its receipts, are shown as it lists them, and one more follows while it runs', async () => {
    const { run, data } = desk()
    const gateway = await testGateway({ data, sources: [testSource(always('ok'))] })
    const receipt = receiptIn(await gateway.postOne(queryOf(1)))
    const listed = (await cardOf(gateway)).receiptKeyList!
    expect(await run('receipt-keys', 'show')).toMatchObject({ exit: 0, out: `${listed}\n` })
    expect(await run('receipt', 'verify', receipt)).toMatchObject({ exit: 0 })

    const rotated = await run('receipt-keys', 'rotate', '--in-hours', '2')
    const after = parseKeys(rotated.out.trim())
    expect([after?.version, after?.keys.length, after?.keys[0]?.publicKey]).toEqual([2, 2, parseKeys(listed)?.keys[0]?.publicKey])
    expect(await run('receipt', 'verify', receipt)).toMatchObject({ exit: 0 })
    expect(await run('receipt-keys', 'rotate')).toMatchObject({
      exit: 1,
      out: '',
      err: expect.stringContaining('let it begin first') as string,
    })
    expect((await run('receipt-keys', 'rotate', '--in-hours', '0')).exit).toBe(2)
  })

  it('are not shown under another secret', async () => {
    const { run, data } = desk({ PIAOZAI_KEYS: 'B'.repeat(43) })
    await testGateway({ data })
    expect(await run('receipt-keys', 'show')).toMatchObject({ exit: 1, out: '' })
  })

  it('signed offline go back into the gateway, which then signs under that root', async () => {
    const { run, data, file, path, read, keep } = desk()
    const root = await makeKey(7)
    const pem = file('root.pem', pemOf(root))
    const first = await testGateway({ data })
    await keep('list.json', 'receipt-keys', 'show')
    await first.gateway.stop()
    const signed = await keep('signed.json', 'receipt-keys', 'sign', path('list.json'), '--key', pem)
    expect(await openKeys(read('signed.json'))).toMatchObject({ is: 'keys', root: root.key.publicKey })
    const gateway = await testGateway({
      data,
      clock: first.clock,
      env: { PIAOZAI_RECEIPT_KEY_LIST: signed },
      sources: [testSource(always('ok'))],
    })
    const receipt = receiptIn(await gateway.postOne(queryOf(1)))
    const opened = await openKeys((await cardOf(gateway)).receiptKeyList!)
    expect(opened.is === 'keys' && (await checkReceipt(receipt, [{ gateway: 'G', list: opened.list }])).is).toBe('valid')
    expect(await run('receipt', 'verify', receipt, '--keys', signed)).toMatchObject({ exit: 0 })
  })
})

describe('trust lists', () => {
  const next = { ...bundledList, version: bundledList.version + 1 }

  it('are shown as they can be edited and signed', async () => {
    const { run, file } = desk()
    const bundled = await run('trust-list', 'show')
    expect(JSON.parse(bundled.out)).toEqual(bundledList)
    expect(bundled.err).toContain('税务电子证书一级根(SM2)')
    const signed = file('signed.json', JSON.stringify({ list: JSON.stringify(next), signature: 'AAAA' }))
    expect(JSON.parse((await run('trust-list', 'show', signed)).out)).toEqual(next)
    expect(await run('trust-list', 'show', file('no.json', '{}'))).toMatchObject({ exit: 1, out: '' })
  })

  it('that are signed are the operator’s for whoever pins the key, and for nobody else', async () => {
    const { run, file, read, keep } = desk()
    const pem = file('root.pem', pemOf(await makeKey(7)))
    const list = file('list.json', `${JSON.stringify(next)}\n`)
    const key = /signed by the key ([0-9a-f]{64})/.exec((await run('trust-list', 'sign', list, '--key', pem)).err)?.[1] ?? ''
    const signed = await keep('signed.json', 'trust-list', 'sign', list, '--key', pem)
    expect(await openList(read('signed.json'), key)).toEqual({ is: 'operator', list: next })
    const verify = async (path: string, by: string) => {
      const { exit, out } = await run('trust-list', 'verify', path, '--key', by)
      return [exit, (JSON.parse(out) as { is: string }).is]
    }
    expect(await verify(signed, key)).toEqual([0, 'operator'])
    expect(await verify(signed, key.toUpperCase())).toEqual([0, 'operator'])
    expect(await verify(signed, (await makeKey(1)).key.publicKey)).toEqual([1, 'forged'])
    expect(await verify(file('changed.json', read('signed.json').replace('2026', '2027')), key)).toEqual([1, 'forged'])
    expect(await verify(list, key)).toEqual([1, 'imported'])
    expect(await verify(file('no.json', '{}'), key)).toEqual([1, 'malformed'])
  })

  it('are signed only when they are lists, with an Ed25519 key, and nothing is written otherwise', async () => {
    const { run, file } = desk()
    const pem = file('root.pem', pemOf(await makeKey(7)))
    const list = file('list.json', JSON.stringify(next))
    const rsa = file('rsa.pem', generateKeyPairSync('rsa', { modulusLength: 1024, privateKeyEncoding, publicKeyEncoding }).privateKey)
    const refused = [
      await run('trust-list', 'sign', file('no.json', '{"version":1}'), '--key', pem),
      await run('trust-list', 'sign', list, '--key', rsa),
      await run('trust-list', 'sign', list, '--key', list),
      await run('receipt-keys', 'sign', list, '--key', pem),
    ]
    expect(refused.map(({ exit, out }) => [exit, out])).toEqual(refused.map(() => [1, '']))
    expect((await run('trust-list', 'sign', list)).exit).toBe(2)
    expect((await run('trust-list', 'verify', list)).exit).toBe(2) // this build pins no key
    expect((await run('trust-list', 'verify', list, '--key', 'abc')).exit).toBe(2)
  })
})
