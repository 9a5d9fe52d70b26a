import boundaries from 'eslint-plugin-boundaries'

/** Which room may import which: the table of ARCHITECTURE.md. A room always may import itself; every other only through its door, `index.ts`, and what only a worker may use through `index.worker.ts`. */
export const rooms: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  formats: ['domain'],
  authenticity: ['domain', 'formats'],
  recognition: ['domain', 'formats'],
  api: ['domain'],
  wallet: ['domain'],
  channels: ['domain', 'api'],
  outbox: ['domain', 'wallet', 'channels'],
  reference: ['domain', 'wallet', 'channels'],
  capture: ['domain', 'formats', 'authenticity', 'recognition', 'wallet', 'outbox'],
  export: ['domain', 'formats', 'authenticity'],
  sw: ['wallet', 'channels', 'outbox', 'reference', 'capture'],
  app: ['domain', 'wallet', 'channels', 'outbox', 'reference', 'capture', 'export', 'authenticity'],
  server: ['domain', 'formats', 'authenticity', 'api'],
  cli: ['domain', 'formats', 'authenticity', 'recognition', 'api', 'server'],
}

/** Packages that only one room may know. Everybody else goes through that room's door. */
const owners = {
  dexie: ['wallet', 'reference'],
  'zxing-wasm': ['formats'],
  fflate: ['formats'],
  vue: ['app'],
  pinia: ['app'],
  'vue-router': ['app'],
  'better-sqlite3': ['server'],
  kysely: ['server'],
  pg: ['server'],
  'prom-client': ['server'],
  zod: ['api'],
}

const folders = Object.entries(rooms)

/** The rules as the linter takes them. Only the gateway, the commands and files named `x.node.ts` (the build) may know Node. */
export const boundaryConfig = {
  plugins: { boundaries },
  settings: {
    'import/resolver': { node: { extensions: ['.ts', '.vue', '.js'] } },
    'boundaries/elements': folders.map(([room]) => ({ type: room, pattern: `src/${room}` })),
    'boundaries/dependency-nodes': ['import', 'export', 'dynamic-import'],
  },
  rules: {
    'boundaries/no-unknown-dependencies': 'error',
    'boundaries/dependencies': [
      'error',
      {
        default: 'disallow',
        checkAllOrigins: true,
        message:
          'A room imports only what ARCHITECTURE.md grants it, and only through the door (index.ts): {{from.type}} may not import {{dependency.source}}',
        policies: [
          { allow: { to: { module: { origin: ['external', 'core'] } } } },
          {
            from: { element: { type: '!(server|cli)' }, file: { path: '!**/*.node.ts' } },
            disallow: { to: { module: { origin: 'core' } } },
          },
          ...folders.map(([room, mayImport]) => ({
            from: { element: { type: room } },
            allow: [
              { to: { element: { type: room } } },
              ...mayImport.map((other) => ({ to: { element: { type: other, fileInternalPath: ['index.ts', 'index.worker.ts'] } } })),
            ],
          })),
          ...Object.entries(owners).map(([source, allowed]) => ({
            from: { element: { type: `!(${allowed.join('|')})` } },
            disallow: { to: { module: { origin: 'external', source } } },
          })),
        ],
      },
    ],
  },
}
