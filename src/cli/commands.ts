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
    does: 'loads issued invoices (CSV, OFD, PDF, XML, ZIP, pictures, folders) into the registry; doing it again changes nothing; one JSON line per file',
    load: () => import('./commands/registry-import.ts'),
  },
  'registry export': {
    usage: 'registry export',
    does: 'the registry as CSV on stdout, as it is imported',
    load: () => import('./commands/registry-export.ts'),
  },
  'receipt verify': {
    usage: 'receipt verify TEXT [--keys FILE]…',
    does: "checks a gateway's receipt or its address without a network, by saved key lists or cards, or by the keys of the gateway here",
    load: () => import('./commands/receipt-verify.ts'),
  },
  'receipt-keys show': {
    usage: 'receipt-keys show',
    does: 'the list of the keys that this gateway signs receipts with',
    load: () => import('./commands/receipt-keys-show.ts'),
  },
  'receipt-keys rotate': {
    usage: 'receipt-keys rotate [--in-hours 24]',
    does: 'lets another key follow the one in use, and prints the list with it; old receipts can still be checked',
    load: () => import('./commands/receipt-keys-rotate.ts'),
  },
  'receipt-keys sign': {
    usage: 'receipt-keys sign FILE --key PEM',
    does: "signs a key list with the operator's offline key, for PIAOZAI_RECEIPT_KEY_LIST",
    load: () => import('./commands/receipt-keys-sign.ts'),
  },
  'trust-list show': {
    usage: 'trust-list show [FILE]',
    does: 'the bundled trust list, or that of a file: anchors, version, revocations',
    load: () => import('./commands/trust-list-show.ts'),
  },
  'trust-list verify': {
    usage: 'trust-list verify FILE [--key HEX]',
    does: "exit 0 only if the operator's key, pinned in the build or given, signed the list",
    load: () => import('./commands/trust-list-verify.ts'),
  },
  'trust-list sign': {
    usage: 'trust-list sign FILE --key PEM',
    does: "signs a trust list with the operator's offline key, for PIAOZAI_TRUST_LIST",
    load: () => import('./commands/trust-list-sign.ts'),
  },
  backup: {
    usage: 'backup FILE [--with-keys]',
    does: 'everything the gateway keeps into one file, also while it runs; verified after writing; the keys only with --with-keys',
    load: () => import('./commands/backup.ts'),
  },
  restore: {
    usage: 'restore FILE [--replace]',
    does: 'a backup into the data that the settings name, SQLite or PostgreSQL, while no gateway runs on them; --replace removes what is there',
    load: () => import('./commands/restore.ts'),
  },
  cost: {
    usage: 'cost [DAY]',
    does: 'what the sources were asked today, or on a day of the last week, and what that costs; one JSON line per source',
    load: () => import('./commands/cost.ts'),
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
