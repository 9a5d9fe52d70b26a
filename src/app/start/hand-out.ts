/** A file that leaves the app as it came. */
export interface Outgoing {
  readonly name: string
  readonly type: string
  readonly bytes: ArrayBuffer
}

/** By the share sheet where a phone has one that takes it, else as a download. False when it could not be given. */
export async function handOut({ name, type, bytes }: Outgoing): Promise<boolean> {
  const file = new File([bytes], name, { type: type === '' ? 'application/octet-stream' : type })
  const phone = matchMedia('(pointer: coarse)').matches
  if (phone && (navigator as Partial<Navigator>).canShare?.({ files: [file] })) {
    try {
      await navigator.share({ files: [file] })
      return true
    } catch (error) {
      // Closing the sheet is a decision too.
      if (error instanceof DOMException && error.name === 'AbortError') return true
    }
  }
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  // The browser reads it after the click; a minute is ample.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  return true
}
