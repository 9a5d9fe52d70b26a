import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** A system program the tests need and the package that brings it on Debian. */
interface Requirement {
  readonly what: string
  readonly packages: readonly string[]
  readonly present: () => boolean
}

const onPath = (name: string) => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0

const requirements: readonly Requirement[] = [
  {
    what: 'a browser',
    packages: ['chromium'],
    present: () => Boolean(process.env['PIAOZAI_BROWSER']) || ['chromium', 'google-chrome', 'chromium-browser'].some(onPath),
  },
  {
    what: 'a Chinese font',
    packages: ['fonts-noto-cjk'],
    present: () => spawnSync('sh', ['-c', 'fc-list :lang=zh | grep -q .']).status === 0,
  },
  { what: 'certutil, to trust the local CA', packages: ['libnss3-tools'], present: () => onPath('certutil') },
]

/**
 * Makes sure that the system packages are there: installs them as root where `PIAOZAI_TEST_INSTALL=1` allows it.
 * @returns what is missing after that, each with the one command that would bring it.
 */
export function ensureRequirements(): readonly string[] {
  const missing = requirements.filter((one) => !one.present())
  if (missing.length === 0) return []
  const packages = missing.flatMap((one) => one.packages)
  const install = `apt-get install -y --no-install-recommends ${packages.join(' ')}`
  if (process.env['PIAOZAI_TEST_INSTALL'] === '1' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    spawnSync('sh', ['-c', `apt-get update -qq && DEBIAN_FRONTEND=noninteractive ${install} -qq`], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  } else {
    console.error(`Missing for the tests: ${missing.map((one) => one.what).join(', ')}. As root: apt-get update && ${install}`)
  }
  return requirements.filter((one) => !one.present()).map((one) => one.what)
}
