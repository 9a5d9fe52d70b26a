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
    usage: 'serve [--https [--https-port 8443]]',
    does: 'the gateway and the app; with --https for the phones of the local network',
    load: () => import('./commands/serve.ts'),
  },
} as const satisfies Record<string, Command>
