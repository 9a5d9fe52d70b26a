import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** The browser of the tests: the one that is named, an installed one, or (undefined) Playwright's own. */
export function browserPath(env: Readonly<Record<string, string | undefined>> = process.env): string | undefined {
  if (env['PIAOZAI_BROWSER']) return env['PIAOZAI_BROWSER']
  const folders = (env['PATH'] ?? '').split(delimiter)
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path))
}

/** Keeps the browser from talking to the outside on its own, and lets it run as root. */
export const quietFlags = [
  '--no-sandbox',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Makes the browser see the video `path` (Y4M) instead of a camera, without asking. */
export function cameraFlags(path: string): string[] {
  return ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', `--use-file-for-fake-video-capture=${path}`]
}
