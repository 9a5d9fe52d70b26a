/**
 * The life of a query on the device. There is no failed state: what could not be asked stays queued, what the person must look at says so.
 * `queued` → `sending` → settled (the row is gone), or `parked` (the gateway holds it), or back to `queued`, or `needs-user`.
 */
export const queryStates = ['queued', 'sending', 'parked', 'needs-user'] as const
export type QueryState = (typeof queryStates)[number]

/** Where a query may go from each state. `settled` is the removal of the row together with storing its answer. */
export const queryTransitions = {
  queued: ['sending'],
  sending: ['queued', 'parked', 'needs-user', 'settled'],
  parked: ['sending'],
  'needs-user': ['queued', 'settled'],
} as const satisfies Record<QueryState, readonly (QueryState | 'settled')[]>

/** True when a query may move from one state to the other. */
export function canMove(from: QueryState, to: QueryState | 'settled'): boolean {
  return (queryTransitions[from] as readonly string[]).includes(to)
}
