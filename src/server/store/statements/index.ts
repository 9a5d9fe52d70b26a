import { DummyDriver, Kysely, type Dialect, type DialectAdapter, type QueryCompiler } from 'kysely'
import type { Tables } from '../schema.ts'
import { ofAnswers } from './answers.ts'
import { ofCalls } from './calls.ts'
import { ofPaces } from './paces.ts'
import { ofQueries } from './queries.ts'
import { ofQuestions } from './questions.ts'
import { ofRegistry } from './registry.ts'
import { ofSettings } from './settings.ts'
import { ofTries } from './tries.ts'
import { ofWords } from './words.ts'

/**
 * Milliseconds by which the clocks of gateways on one database may differ. A lease that ends later than that after a new one would was given
 * before the clock was set back, so it says nothing.
 */
export const skewMs = 60_000

/** A builder that only compiles, for the dialect of `compiler`. */
export function compilerOf(adapter: DialectAdapter, compiler: QueryCompiler): Kysely<Tables> {
  const dialect: Dialect = {
    createAdapter: () => adapter,
    createDriver: () => new DummyDriver(),
    createQueryCompiler: () => compiler,
    createIntrospector: () => {
      throw new Error('a compiler has no database')
    },
  }
  return new Kysely<Tables>({ dialect })
}

/** Every statement of the hot path, compiled once. The values are given by name when one runs. */
export function statementsFor(adapter: DialectAdapter, compiler: QueryCompiler) {
  const db = compilerOf(adapter, compiler)
  return {
    ...ofQueries(db),
    ...ofAnswers(db),
    ...ofQuestions(db),
    ...ofCalls(db),
    ...ofTries(db),
    ...ofWords(db),
    ...ofPaces(db),
    ...ofRegistry(db),
    ...ofSettings(db),
  }
}
