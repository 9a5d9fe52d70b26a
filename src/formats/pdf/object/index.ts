export { openPdf, type PdfFile } from './file.ts'
export { Lexer } from './lexer.ts'
export { pdfLimits } from './limits.ts'
export { asArray, asDict, asName, asNumber, asString, latin, Name, Ref, Stream, textOf, Word, type Dict, type Value } from './value.ts'
