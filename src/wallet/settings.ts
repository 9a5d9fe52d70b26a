/** What the person set, and what the device made for itself once. */
export interface Settings {
  /** BCP 47 tag, or null to follow the browser. */
  readonly locale: 'zh-CN' | 'en' | null
  readonly theme: 'light' | 'dark' | null
  /** 128 random bits, base64url; sent as `Piaozai-Device`, renewed by erasing. */
  readonly deviceId: string
}
