import type { Tables } from './database.ts'
import type { Environment } from './environment.ts'
import { newDeviceId } from './id.ts'
import { isRow, oneOf, text } from './read.ts'

/** What the person set, and what the device made for itself once. */
export interface Settings {
  /** BCP 47 tag, or null to follow the browser. */
  readonly locale: 'zh-CN' | 'en' | null
  readonly theme: 'light' | 'dark' | null
  /** What is typed into the manual entry form and not saved yet, as the form's own text fields; null when there is nothing. */
  readonly entryForm: Readonly<Record<string, string>> | null
  /** 128 random bits, base64url; sent as `Piaozai-Device`, renewed by erasing. */
  readonly deviceId: string
}

/** Reads the settings; what is missing or unreadable has its default. The device id is there since the wallet was opened. */
export async function readSettings(db: Tables): Promise<Settings> {
  const rows = await db.settings.bulkGet(['locale', 'theme', 'entryForm', 'deviceId'])
  const [locale, theme, entryForm, deviceId] = rows.map((row) => row?.value)
  return {
    locale: oneOf(locale, ['zh-CN', 'en']),
    theme: oneOf(theme, ['light', 'dark']),
    entryForm: isRow(entryForm) ? Object.fromEntries(Object.entries(entryForm).filter(isTextField)) : null,
    deviceId: text(deviceId) ?? '',
  }
}

function isTextField(field: [string, unknown]): field is [string, string] {
  return typeof field[1] === 'string'
}

/** Makes what a new wallet needs. Whoever is first makes it: another tab may have been faster. */
export async function prepareSettings(db: Tables, random: Environment['random']): Promise<void> {
  const there = text((await db.settings.get('deviceId'))?.value)
  if (there === null) await db.settings.put({ key: 'deviceId', value: newDeviceId(random) })
}

export async function writeSettings(db: Tables, changed: Partial<Settings>): Promise<void> {
  await db.settings.bulkPut(Object.entries(changed).map(([key, value]) => ({ key, value })))
}
