import type { Comparison, Uncheckable } from '../../../authenticity/index.ts'
import type { ReceiptWords } from '../zh-CN/receipt.ts'

const uncheckable: Readonly<Record<Uncheckable, readonly [why: string, help: string]>> = {
  'unknown-key': [
    'This device does not hold the key of the gateway that signed it',
    'Open that gateway once while online; its key stays, and later no network is needed',
  ],
  'later-version': ['It is written in a newer form that this version cannot read', 'Open the app once while online to get the new version'],
  'key-out-of-period': ['The key that signed it was not in use at that time', 'Ask the gateway again for a new receipt'],
  'key-revoked': [
    'The gateway has revoked the key that signed it; it can no longer be relied on',
    'Ask the gateway again for a new receipt',
  ],
}

const compared: Readonly<Record<Comparison, string>> = { same: 'same', differs: 'different', unknown: 'cannot be compared' }

export const receiptEn: ReceiptWords = {
  title: 'Receipt',
  sentence(status, speaker, { gateway, at, asOf, source }) {
    const lead = speaker === 'demo' ? 'Demo data, not a real invoice: gateway' : 'Gateway'
    const told = `${lead} “${gateway}” at ${at} `
    const asked = `${told}asked ${source} about this invoice; the answer: `
    switch (status) {
      case 'ticket':
        return `${told}took the question about this invoice; no source has answered yet`
      case 'confirmed':
        if (speaker === 'authority' || speaker === 'demo') return `${asked}matches (data as of ${asOf})`
        return `${told}compared this invoice with ${source}: matches; not checked with a tax source (data as of ${asOf})`
      case 'mismatch':
        return `${asked}what was entered differs from the record; please compare and ask again (data as of ${asOf})`
      case 'not-found':
        return `${asked}twice not found; this does not mean forged (data as of ${asOf})`
      case 'voided':
        return `${asked}voided (data as of ${asOf})`
      case 'red-flushed-full':
        return `${asked}fully reversed (data as of ${asOf})`
      case 'red-flushed-partial':
        return `${asked}partly reversed (data as of ${asOf})`
      case 'out-of-range':
        return `${told}answered: issued over five years ago and no longer checked online; a tax service hall can help`
      case 'cannot-be-checked':
        return `${told}answered: no source can check this online`
    }
  },
  speakers: {
    registry: "the gateway's own register",
    peer: "another gateway's register",
    demo: 'invented demo data',
    nobody: 'a source it does not name',
  },
  notTax: 'Not a tax document, and no proof that the invoice is valid now',
  notAnswer: 'No answer, and not a tax document',
  ticket: 'Queue ticket, no result yet',
  age: (age, data) => `Answered ${age}${data === null ? '' : `, with data of ${data}`}`,
  ticketAge: (age) => `Taken ${age}`,
  ahead: "The receipt is dated later than this device's clock; please check the clock",
  time: (date, clock) => `${date}, ${clock}`,
  sameDay: (clock) => `${clock} that day`,
  orEarlier: (when) => `${when} or earlier`,
  notStated: 'not stated',
  filledIn: 'The values above were entered by whoever asked; the source only said whether they match',
  ticketFilledIn: 'The values above were entered by whoever asked and are not checked yet',
  id: 'Receipt no.',
  checking: 'Checking on this device',
  fetching: 'Fetching the key from the gateway',
  checkedHere: 'Checked on this device without a network: the receipt is unchanged',
  checkedFetched: 'Checked on this device: the receipt is unchanged; the key just came from the gateway',
  altered: {
    title: 'Signature does not fit',
    text: 'Content and signature do not fit: changed, or copied or scanned incompletely. Ask for the original QR and scan it again',
    note: 'Nothing can be concluded from this receipt',
  },
  uncheckable: {
    title: 'Cannot be checked',
    why: (because) => `${uncheckable[because][0]}. ${uncheckable[because][1]}`,
    note: 'This says nothing about the receipt either way',
  },
  malformed:
    'This is no receipt, or not all of it. A receipt begins with FPR1 and has 160 characters; compare it with the original, or scan its QR',
  failed: { title: 'Could not be checked', text: 'The browser does not allow checking at this address. Open it with https and try again' },
  again: 'Try again',
  another: 'Check another one',
  share: 'Share the receipt',
  shared: (title, id, url) => `Receipt ${id}: ${title}. Check it at ${url}`,
  entry: {
    label: 'The receipt or its address',
    hint: 'Paste the message, text or address you received. It is checked on this device, also offline; nothing is sent anywhere',
    placeholder: 'FPR1…',
    check: 'Check',
    scan: "Scan the receipt's QR",
  },
  match: {
    title: 'Compared with the one in the wallet',
    none: 'This invoice is not in the wallet; please compare the paper with the values above',
    all: 'All that can be compared is the same',
    some: 'One value differs; this receipt may be about another invoice',
    unsure: 'Same number; the rest cannot be compared',
    compared,
    mine: (value) => `in the wallet: ${value}`,
    open: 'See the invoice',
    failed: 'The wallet did not open; please compare the paper with the values above',
  },
  card: {
    signed: (gateway, title) => `Signed by gateway “${gateway}”: ${title}`,
    differs: 'The receipt says something else than this answer; please ask again',
    show: 'Show QR',
    share: 'Share',
    of: (id) => `Receipt ${id}`,
  },
  qr: {
    label: (id) => `QR of receipt ${id}`,
    tooLong: 'This address is too long for a QR; please share the text',
    hint: 'Any camera opens the page that checks it; devices that know this gateway need no network',
  },
}
