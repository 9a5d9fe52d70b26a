/** A part of other people's work that is in the built app, with what its licence wants to be shown. */
export interface Licence {
  readonly name: string
  readonly licence: string
  readonly copyright: string
}

/** What is in the bundle, not what builds it. */
export const licences: readonly Licence[] = [
  { name: 'Vue, Vue Router, Pinia', licence: 'MIT', copyright: '© Yuxi (Evan) You, Eduardo San Martin Morote' },
  { name: 'Dexie.js', licence: 'Apache-2.0', copyright: '© David Fahlander' },
  { name: 'zxing-wasm', licence: 'MIT', copyright: '© Ze-Zheng Wu' },
  { name: 'ZXing-C++', licence: 'Apache-2.0', copyright: '© ZXing and ZXing-C++ authors' },
  { name: 'Zod', licence: 'MIT', copyright: '© Colin McDonnell' },
  { name: 'Workbox', licence: 'MIT', copyright: '© Google LLC' },
  {
    name: 'Lucide',
    licence: 'ISC',
    copyright:
      '© Lucide Icons and Contributors; parts from Feather, MIT, © Cole Bemis. Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted, provided that the above copyright notice and this permission notice appear in all copies.',
  },
]
