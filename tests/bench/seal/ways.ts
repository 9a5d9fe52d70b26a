/** What is timed: ours, from the bytes of the file to the verdict, its verifications alone, and of these the signatures alone; and sm-crypto's. */
export const ways = ['judgement', 'verifications', 'signatures', 'sm-crypto', 'sm-crypto, signatures'] as const
export type Way = (typeof ways)[number]

/** Each of ours, how it is called, and beside what it stands. */
export const figures = [
  { way: 'judgement', metric: 'judging a sealed OFD', baseline: 'sm-crypto' },
  { way: 'verifications', metric: 'its digests and signatures alone', baseline: 'sm-crypto' },
  { way: 'signatures', metric: 'its signatures alone', baseline: 'sm-crypto, signatures' },
] as const satisfies readonly { readonly way: Way; readonly metric: string; readonly baseline: Way }[]
