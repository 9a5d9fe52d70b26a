export { decodeXml } from './decode.ts'
export { all, at, child, textOf, type XmlElement } from './element.ts'
export { parseXml } from './parse.ts'
