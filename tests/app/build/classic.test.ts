import { expect, test } from 'vitest'
import { faultOfClassicScript } from '../../../src/app/build/classic.node.ts'

test.each(['const here = import.meta.url', "import './more.js'", 'export const a = 1', 'const ='])(
  'a service worker of %j never starts',
  (code) => {
    expect(faultOfClassicScript(code, 'sw.js')).toMatch(/^sw\.js cannot start as a worker: /)
  },
)

test('a plain script starts; it is not run by being looked at', () => {
  expect(faultOfClassicScript("throw new Error('ran')", 'sw.js')).toBeNull()
})
