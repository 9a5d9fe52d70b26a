export { checkCrc, checksum, dialects, type Dialect } from './crc.ts'
export { pickInvoiceQrs, readQr } from './read.ts'
export { whyNoInvoice } from './why.ts'
