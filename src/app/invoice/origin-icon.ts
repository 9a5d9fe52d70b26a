import type { Origin } from '../../domain/index.ts'
import { messageSquareTextIcon, penLineIcon, qrCodeIcon, stampIcon } from '../icons/pages.ts'
import { fileTextIcon, imagesIcon, userRoundIcon } from '../icons/shell.ts'

/** The small mark of where a value came from; the word is in its accessible name and in the legend. */
export const originIcons = {
  signed: stampIcon,
  attachment: fileTextIcon,
  xml: fileTextIcon,
  tag: fileTextIcon,
  'custom-data': fileTextIcon,
  'info-dict': fileTextIcon,
  text: fileTextIcon,
  answer: messageSquareTextIcon,
  qr: qrCodeIcon,
  ocr: imagesIcon,
  typed: penLineIcon,
  'self-reported': userRoundIcon,
} as const satisfies Record<Origin, string>
