/** A size in bytes as people know it: `812 B`, `12 kB`, `1.4 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}

/** What kind of file it is by its name, else by its media type: `OFD`, `PDF`, `JPG`. Null when neither says. */
export function formatLabel({ name, type }: { readonly name: string; readonly type: string }): string | null {
  const extension = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1] ?? /^[a-z]+\/([a-z0-9]{1,5})$/i.exec(type)?.[1]
  return extension?.toUpperCase() ?? null
}
