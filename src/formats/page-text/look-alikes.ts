/**
 * Radicals that fonts name instead of the characters that look like them (Unicode, EquivalentUnifiedIdeograph). Those of the block of
 * Kangxi radicals are left to compatibility normalisation, which does not know these.
 */
const radicals: Readonly<Record<string, string>> = Object.fromEntries(
  ['⺠民⻁虎⻄西⻅见⻆角⻉贝⻋车⻑長⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⺎兀⺒巳⺓幺']
    .flatMap((pairs) => pairs.match(/../g) ?? [])
    .map(([radical = '', character = '']) => [radical, character]),
)

/** Radicals, compatibility ideographs and ligatures: shapes that stand for a character, and are none anybody writes. */
const lookAlike = /[\u2E80-\u2FDF\uF900-\uFB06]|[\u{2F800}-\u{2FA1F}]/gu

/** Text as it is printed: look-alikes become the characters they stand for, all else (full-width brackets, ㎡, ①) stays what it is. */
export function asPrinted(text: string): string {
  return text.replace(lookAlike, (char) => radicals[char] ?? char.normalize('NFKC'))
}
