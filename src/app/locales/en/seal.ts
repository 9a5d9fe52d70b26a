import type { PartKind } from '../../verdict/seal.ts'
import type { SealWords } from '../zh-CN/seal.ts'

const parts: Readonly<Record<PartKind, string>> = {
  index: 'the file’s index',
  page: 'the page',
  data: 'the invoice data',
  tags: 'the labels',
  picture: 'a picture',
  template: 'the template',
  signature: 'the list of what is signed',
  value: 'the signature value',
  'signed-bytes': 'what the signature covers',
  'appended-bytes': 'what was appended after signing',
  other: 'another part',
}

const findings: Readonly<Record<string, string>> = {
  'signer-unknown': 'The signer’s certificate leads to nobody on the trust list',
  'maker-unknown': 'The seal maker’s certificate leads to nobody on the trust list',
  'signer-revoked': 'The trust list has revoked the signer’s certificate',
  'maker-revoked': 'The trust list has revoked the seal maker’s certificate',
  'signer-expired': 'The signer’s certificate was not valid at the time the seal states',
  'maker-expired': 'The seal maker’s certificate was not valid at the time the seal states',
  'signer-forged': 'The signer’s certificate uses a name of the trust list that did not issue it',
  'maker-forged': 'The seal maker’s certificate uses a name of the trust list that did not issue it',
  'signer-unfit': 'The signer’s certificate may not be used for signing',
  'maker-unfit': 'The seal maker’s certificate may not be used for making seals',
  'signer-not-in-seal': 'The seal does not name this signer',
  'seal-expired': 'The seal was not valid at the time it states',
  'test-seal': 'The seal was made by an issuer of test seals',
  'trusted-by-imported-list': 'Only the list you imported trusts this signer',
  'timestamp-unchecked': 'A timestamp came along that is not checked here',
  'office-mismatch': 'The signing office is in another province than the invoice code names',
  'bytes-appended': 'Something was appended after signing',
  'several-signers': 'Several people signed, one after the other',
  'weak-algorithm': 'The algorithm no longer counts as strong',
  'signatures-missing': 'The file says that it is signed, and holds no signature',
  'signature-missing': 'A listed signature is not in the file',
  'signature-unlisted': 'The file holds a signature that it does not list',
  'signatures-unreadable': 'The list of signatures cannot be read',
  'signature-nonstandard': 'The signature leaves the standards',
  'signature-unverifiable': 'The signature comes without what third parties would check it by',
  'signature-invalid': 'The signature value does not hold',
  'signature-limit': 'The file holds more signatures than anybody makes',
  'several-documents': 'The file holds several documents, and nobody can say which one is signed',
  'certificate-unknown': 'A certificate came along that leads to nobody on the trust list',
}

export const sealEn: SealWords = {
  sentence(verdict, { signer, parts: which, vouched }) {
    switch (verdict) {
      case 'trusted':
        return `The electronic seal holds (checked offline): the file is as it was sealed, by ${signer ?? 'nobody named'}; this does not say that the invoice is valid now`
      case 'untrusted-signer':
        return `The seal is intact, but who the signer is cannot be confirmed${vouched ? '; the list you imported trusts this signer' : ''}`
      case 'partial':
        return `The seal covers only a part of the file; not covered: ${which}`
      case 'tampered':
        return `The file was changed after it was sealed: ${which}`
      case 'unsigned':
        return 'This file holds no digital signature, the red stamp is only a picture; it has to be checked online'
      case 'seller-signed':
        return `The file is signed by the seller and unchanged since; the signer calls itself “${signer ?? 'nothing'}”, which nobody has verified`
      case 'test-seal':
        return 'The seal is one for tests and proves nothing'
      case 'undecidable':
        return 'The seal leaves the standards or cannot be checked by third parties; it says nothing either way'
    }
  },
  provesNot(verdict) {
    switch (verdict) {
      case 'trusted':
        return [
          'That the invoice is valid now (not voided, not reversed)',
          'That nobody else claimed it',
          'That the sale took place',
          'That the signer’s key was not stolen',
        ]
      case 'untrusted-signer':
      case 'test-seal':
        return ['Who the signer is: anybody can write a name', 'Whether the invoice is genuine']
      case 'partial':
        return ['That what is not covered was not changed', 'That the invoice is valid now (not voided, not reversed)']
      case 'tampered':
        return ['Who changed it or why: saving or editing changes a file, too', 'Anything about the original at the seller']
      case 'seller-signed':
        return [
          'That the signer is the seller: nobody has verified the name',
          'That the tax authority has the same record',
          'That the invoice is valid now (not voided, not reversed)',
        ]
      case 'unsigned':
      case 'undecidable':
        return ['Whether the invoice is genuine, either way']
    }
  },
  provesNotTitle: 'What it does not prove',
  part: (kind, name) => (kind === 'other' ? name : parts[kind]),
  someParts: (names, more) => `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
  finding: (code) => findings[code] ?? `The file is written in an unusual way (${code})`,
  here: (when, age) => `${when} (${age}), computed on this device`,
  signer: 'Signer',
  signerOwnWord: 'The name the certificate gives itself, not verified',
  signerTrusted: 'The certificate leads to the trust list',
  noSigner: 'Not named',
  signedAt: 'Time in the seal',
  signedAtNote: 'Written by the signer, no timestamp confirms it',
  chain: 'Certificates',
  list: (version) => `Trust list ${version}`,
  coverage: 'Coverage',
  covered: (count) => `${count} parts in the file, all under the seal`,
  uncovered: (count, of) => `${of} parts in the file, ${count} not under the seal`,
  altered: (count, of) => `${of} parts under the seal, ${count} changed`,
  why: 'Because',
  technical: 'Technical details',
  algorithm: 'Algorithm',
  sealName: 'Name of the seal',
  fileHash: 'SHA-256 of the file',
  digests: 'Part by part',
  holds: 'as it was sealed',
  broken: 'changed since',
  notCovered: 'not under the seal',
  otherFiles: 'Other files of this invoice',
  known: {
    title: 'How we know',
    all: 'All of it',
    noSeal: 'No file came with this invoice whose seal could be checked',
    answers: 'Answers',
    noAnswer: 'No source has answered yet',
    former: 'Asked with former values; does not count',
    receipts: 'Receipts',
    noReceipt: 'No receipt yet',
    checks: 'Checks',
    checksNote: 'Number and amounts; only says that it was entered correctly',
    fine: 'holds',
    wrong: 'does not add up',
    unknown: 'cannot be told',
    noChecks: 'Nothing there to be checked',
    conflicts: 'Readings that differ',
    conflict: (kept, keptFrom, other, otherFrom) => `${kept} (${keptFrom}), also read as ${other} (${otherFrom})`,
    provenance: 'Where each value comes from',
  },
  lists: {
    title: 'Trust list',
    inForce: 'In force',
    version: (version, date) => `Version ${version}, ${date}`,
    about: 'Signers are judged by it. An older list never replaces it, and what was revoked stays so',
    own: 'Your own list',
    none: 'none',
    ownAbout: 'Signers that only your list trusts stay unconfirmed, and it is said that your list trusts them',
    take: 'Import a list',
    drop: 'Remove',
    judging: 'Checking again by the new list',
    taken: {
      adopted: 'A new trust list is in force',
      imported: 'The list was imported',
      'not-newer': 'Not taken: the list in force is as new or newer',
      malformed: 'This is no trust list; nothing was imported',
      forged: 'The signature of the list does not hold; nothing was imported',
      unreadable: 'The file cannot be opened; nothing was imported',
      failed: 'Not saved; the lists are as they were',
    },
    dropped: 'Your own list was removed',
  },
}
