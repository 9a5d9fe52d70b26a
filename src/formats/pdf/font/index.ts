export { readFont, unreadable, type Font, type Glyph } from './font.ts'
