export { readFont, type Font, type Glyph } from './font.ts'
