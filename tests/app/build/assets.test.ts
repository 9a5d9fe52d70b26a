import { describe, expect, it } from 'vitest'
import { brokenWorker, unaccounted } from '../../../src/app/build/assets.node.ts'

describe('the build', () => {
  it('fails for a file that is neither precached nor declared lazy', () => {
    const files = ['index.html', 'sw.js', 'assets/a-1.js', 'assets/model-1.onnx']
    expect(unaccounted(files, new Set(['index.html', 'assets/a-1.js', 'assets/model-1.onnx']), [])).toEqual([])
    expect(unaccounted(files, new Set(['index.html', 'assets/a-1.js']), ['assets/*.onnx'])).toEqual([])
    expect(unaccounted(files, new Set(['index.html', 'assets/a-1.js']), [])).toEqual([
      expect.stringContaining('assets/model-1.onnx is neither'),
    ])
  })

  it('fails for a declaration that matches nothing any more', () => {
    expect(unaccounted(['index.html'], new Set(['index.html']), ['assets/*.onnx'])).toEqual([expect.stringContaining('assets/*.onnx')])
  })

  it('fails for a service worker that no browser would run', () => {
    expect(brokenWorker('(() => { self.addEventListener("fetch", () => {}) })()')).toEqual([])
    expect(brokenWorker('const here = import.meta.url')).toHaveLength(1)
    expect(brokenWorker('import x from "./x.js"')).toHaveLength(1)
    expect(brokenWorker('const later = () => import("./x.js")')).toHaveLength(1)
  })
})
