import type { Command } from './command.ts'

/**
 * Every command of `piaozai`. A name may have two words. Adding one is a file in `commands/` that exports `run`, and one line here.
 * They are imported lazily, so that reading a QR does not load a server.
 */
export const commands = {
  inspect: {
    usage: 'inspect FILE… | --qr',
    does: 'reads invoice files, folders and ZIPs, or with --qr QR payloads, one per line on stdin; one JSON line each',
    load: () => import('./commands/inspect.ts'),
  },
  serve: {
    usage: 'serve [--https [--https-port 8443]] [--no-app]',
    does: 'the gateway and the app; with --https for the phones of the local network; with --no-app the gateway alone',
    load: () => import('./commands/serve.ts'),
  },
  'registry import': {
    usage: 'registry import PATH…',
    does: 'loads issued invoices (CSV files or folders of them) into the registry; doing it again changes nothing; one JSON line per file',
    load: () => import('./commands/registry-import.ts'),
  },
  'registry export': {
    usage: 'registry export',
    does: 'the registry as CSV on stdout, as it is imported',
    load: () => import('./commands/registry-export.ts'),
  },
  drill: {
    usage: 'drill [--invoices 40] [--lose-one]',
    does: 'rehearses an outage on throw-away data; exit 1 if a question was lost or doubled (--lose-one: loses one, to see that it notices)',
    load: () => import('./commands/drill.ts'),
  },
  bench: {
    usage: 'bench NAME…',
    does: 'benchmarks beside their baselines: tables on stderr, one JSON line per figure on stdout',
    load: () => import('./commands/bench.ts'),
  },
} as const satisfies Record<string, Command>
