import { afterFirstPaint } from './start/first-paint.ts'
import { installScriptPolicy } from './start/trusted-types.ts'

installScriptPolicy(globalThis, import.meta.env.DEV)
void afterFirstPaint().then(async () => {
  const { start } = await import('./start/mount.ts')
  await start(import.meta.url)
})
