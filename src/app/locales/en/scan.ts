import type { ScanWords } from '../zh-CN/scan.ts'

export const scanEn: ScanWords = {
  title: 'Scan',
  aim: 'Point at an invoice or its QR code',
  opening: 'Opening the camera',
  close: 'Close, back to the wallet',
  torch: 'Torch',
  ways: 'Other ways to add invoices',
  album: 'Photos',
  file: 'File',
  paste: 'Paste',
  type: 'Type in',
  done: 'Done',
  tally: ['Added', 'this time'],
  stack: (count) => `${count} added this time`,
  noCamera: {
    refused: {
      title: 'No permission for the camera',
      text: 'Allow it in the site settings of the browser and come back. You can add invoices in the ways below.',
    },
    none: { title: 'This device has no camera', text: 'The ways below work just as well.' },
    busy: { title: 'The camera is in use', text: 'Close the other app that uses it and try again, or add invoices in the ways below.' },
    insecure: {
      title: 'No camera at this address',
      text: 'Browsers give the camera to https addresses only. The ways below work just as well.',
    },
    failed: { title: 'The camera did not open', text: 'Try again, or add invoices in the ways below.' },
  },
  retry: 'Try again',
  known: (age) => `Already in the wallet, added ${age}`,
  incomplete: (names) => `${names} missing; it can be checked once filled in`,
  fill: 'Fill in',
  aloud: (title, amount, words) => `Added: ${title}, ${amount}, ${words}`,
  not: {
    url: (host) =>
      `This is a web address (${host}), not an invoice code. If it downloads an invoice, open it in the browser, save the invoice as a picture and add that from your photos`,
    title: 'This is a buyer title code, for the merchant to scan. An invoice has its code at the top left',
    payment: 'This is a payment code, not an invoice. An invoice has its code at the top left',
    receipt: 'This is a receipt of a check, not an invoice. An invoice has its code at the top left',
    unreadable: 'Looks like an invoice code, but part of it is missing. Scan it at another angle, or type it in',
    other: 'This code is no invoice. An invoice has its code at the top left; without one, type it in',
  },
  reading: (at, of) => (of > 1 ? `Reading ${at} of ${of}` : 'Reading the picture'),
  pictures: {
    nothing: (name) => `No invoice code found in “${name}”. Take it closer and straight, or type it in`,
    unreadable: (name) => `“${name}” does not open; it may be no picture, or damaged. Try another one`,
    'too-large': (name) => `“${name}” is too large. Crop it around the code and try again`,
    document: (name) => `“${name}” cannot be read yet: pictures and text with QR contents can. Add a screenshot, and keep the file`,
  },
  readerFailed: 'The reader did not start. Open this page again, or type the invoice in',
  notKept: 'The last one was not saved',
  pick: { picture: 'Choose pictures', file: 'Choose files' },
  pickHint: {
    picture: 'Photos or screenshots, several at once; works without a network',
    file: 'Pictures, and text files with QR contents; works without a network. Take a screenshot of a PDF or OFD first',
  },
}
