import { runBenches } from '../bench/benches.ts'
import { home } from '../bench/checkout.ts'
import type { Run } from '../command.ts'

/** Benchmarks beside their baselines: tables on stderr, one JSON line per figure on stdout. */
export const run: Run = (args, io) => runBenches(home, args, io)
