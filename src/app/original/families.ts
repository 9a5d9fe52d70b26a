import type { Face } from '../../capture/index.ts'

/** The fonts of systems that look like the fonts invoices name: Windows, macOS and iOS, HarmonyOS and Android, Linux. */
const systems: Readonly<Record<Face['like'], string>> = {
  song: "SimSun, NSimSun, STSong, 'Songti SC', 'Noto Serif CJK SC', 'Source Han Serif SC', serif",
  kai: "KaiTi, STKaiti, 'Kaiti SC', 'AR PL UKai CN', 'Noto Serif CJK SC', serif",
  hei: "SimHei, STHeiti, 'PingFang SC', 'HarmonyOS Sans SC', 'Noto Sans CJK SC', sans-serif",
  fang: "FangSong, STFangsong, 'Noto Serif CJK SC', serif",
  serif: "'Times New Roman', Times, 'Liberation Serif', 'Noto Serif CJK SC', serif",
  sans: "Arial, Helvetica, 'Liberation Sans', 'Noto Sans CJK SC', sans-serif",
  mono: "'Courier New', Courier, 'Liberation Mono', 'Noto Sans Mono CJK SC', monospace",
}

/** Where the page's own fonts are kept, and how one is made; null where a browser has neither. */
export interface FontShelf {
  readonly make: (family: string, file: ArrayBuffer) => FontFace
  readonly shelf: Pick<FontFaceSet, 'add' | 'delete'>
}

/**
 * The font families of each face. A font that came with the file is used where the browser takes it (it looks it over first), and the
 * system's stand behind it.
 * @param name begins the families' names, so that two originals do not share any.
 * @returns the families, and what takes the fonts away again.
 */
export async function familiesOf(faces: readonly Face[], fonts: FontShelf | null, name: string) {
  const taken: FontFace[] = []
  const families = await Promise.all(
    faces.map(async ({ like, file }, index) => {
      if (!file || !fonts) return systems[like]
      const family = `${name}-${index}`
      try {
        const face = await fonts.make(family, file.slice().buffer).load()
        fonts.shelf.add(face)
        taken.push(face)
        return `${family}, ${systems[like]}`
      } catch {
        return systems[like]
      }
    }),
  )
  return { families, release: () => taken.forEach((face) => fonts?.shelf.delete(face)) }
}
