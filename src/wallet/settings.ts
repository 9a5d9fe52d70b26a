import type { WalletDatabase } from './database.ts'
import type { Environment } from './environment.ts'
import { newDeviceId } from './id.ts'
import { oneOf, text } from './read.ts'

/** What the person set, and what the device made for itself once. */
export interface Settings {
  /** BCP 47 tag, or null to follow the browser. */
  readonly locale: 'zh-CN' | 'en' | null
  readonly theme: 'light' | 'dark' | null
  /** 128 random bits, base64url; sent as `Piaozai-Device`, renewed by erasing. */
  readonly deviceId: string
}

/** Reads the settings; what is missing or unreadable has its default. A new device id is made where there is none. */
export async function readSettings(db: WalletDatabase, random: Environment['random']): Promise<Settings> {
  const [locale, theme, deviceId] = (await db.settings.bulkGet(['locale', 'theme', 'deviceId'])).map((row) => row?.value)
  return {
    locale: oneOf(locale, ['zh-CN', 'en']),
    theme: oneOf(theme, ['light', 'dark']),
    deviceId: text(deviceId) ?? (await makeDeviceId(db, newDeviceId(random))),
  }
}

/** Whoever is first makes it: another tab may have been faster. */
async function makeDeviceId(db: WalletDatabase, made: string): Promise<string> {
  return db.transaction('rw', db.settings, async () => {
    const there = text((await db.settings.get('deviceId'))?.value)
    if (there === null) await db.settings.put({ key: 'deviceId', value: made })
    return there ?? made
  })
}

export async function writeSettings(db: WalletDatabase, changed: Partial<Settings>): Promise<void> {
  await db.settings.bulkPut(Object.entries(changed).map(([key, value]) => ({ key, value })))
}
