import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { keysFrom, secretOf } from '../../src/server/keys.ts'
import { testDirectory } from './kit/gateway.ts'

const keys = keysFrom(Buffer.alloc(32, 1))

describe('sealing', () => {
  it('opens again in its context only', () => {
    const sealed = keys.seal('row 1', '发票')
    expect(keys.open('row 1', sealed)).toBe('发票')
    expect(() => keys.open('row 2', sealed)).toThrow()
  })

  it('notices every changed byte', () => {
    const sealed = keys.seal('row', 'text')
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(() => keys.open('row', changed)).toThrow()
    }
  })

  it('gives other bytes every time, and nothing to another secret', () => {
    expect(keys.seal('row', 'text')).not.toEqual(keys.seal('row', 'text'))
    expect(() => keysFrom(Buffer.alloc(32, 2)).open('row', keys.seal('row', 'text'))).toThrow()
  })
})

describe('hashing', () => {
  it('is the same for the same text, another per purpose and secret', () => {
    expect(keys.hash('question', 'x')).toBe(keysFrom(Buffer.alloc(32, 1)).hash('question', 'x'))
    const others = [keys.hash('invoice', 'x'), keys.hash('device', 'x'), keysFrom(Buffer.alloc(32, 2)).hash('question', 'x')]
    expect(new Set([keys.hash('question', 'x'), ...others]).size).toBe(4)
  })
})

describe('the secret of a data directory', () => {
  it('is made once, readable by its owner only', () => {
    const folder = join(testDirectory(), 'data')
    const secret = secretOf(folder)
    expect(secretOf(folder)).toEqual(secret)
    expect(statSync(join(folder, 'keys')).mode & 0o777).toBe(0o600)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
  })

  it('is one, also when several processes start at the same time', async () => {
    const folder = join(testDirectory(), 'data')
    const script = `import { secretOf } from '${new URL('../../src/server/keys.ts', import.meta.url).href}'; console.log(secretOf('${folder}').toString('hex'))`
    const outputs = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const child = spawn(process.execPath, ['--input-type=module', '-e', script])
        let text = ''
        child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
        await once(child, 'close')
        return text
      }),
    )
    expect(new Set(outputs).size).toBe(1)
    expect(outputs[0]).toMatch(/^[0-9a-f]{64}\n$/)
  })

  it('is never made anew over a file that is damaged', () => {
    const folder = testDirectory()
    writeFileSync(join(folder, 'keys'), 'not a key')
    expect(() => secretOf(folder)).toThrow('does not hold a key')
  })
})
