/** The folder of a path, with its closing slash; empty at the root. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1)
}

/**
 * A reference in an OFD file: absolute with a leading slash, else relative to the referring file's folder (GB/T 33190 7.1).
 * @returns null when it leaves the package.
 */
export function resolve(folder: string, reference: string): string | null {
  const plain = reference.trim().replaceAll('\\', '/')
  const parts: string[] = []
  for (const part of (plain.startsWith('/') ? plain : folder + plain).split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return null
    } else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.length > 0 ? parts.join('/') : null
}
