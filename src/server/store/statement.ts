import type { Compilable } from 'kysely'

/** A place in a statement that is filled when it runs. */
class Slot {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/** A named place for a value of type `T`, to be used where a query builder wants a value. */
export function slot<T>(name: string): T {
  return new Slot(name) as T
}

/** A query compiled once for a dialect; `Row` is what it returns. */
export interface Statement<Row> {
  readonly sql: string
  readonly parameters: readonly unknown[]
  /** Only a type. */
  readonly row?: Row
}

/** Compiles a query whose values are {@link slot}s or constants. */
export function statement<Row>(query: Compilable<Row>): Statement<Row> {
  const { sql, parameters } = query.compile()
  return { sql, parameters }
}

/**
 * The values of a statement's places, in order.
 * @throws {RangeError} for a place without a value.
 */
export function bind(of: Statement<unknown>, values: Readonly<Record<string, unknown>>): unknown[] {
  return of.parameters.map((parameter) => {
    if (!(parameter instanceof Slot)) return parameter
    if (!Object.hasOwn(values, parameter.name)) throw new RangeError(`no value for ${parameter.name}`)
    return values[parameter.name]
  })
}
